"""The calendar: its rules, its verbs, and what the database holds."""
