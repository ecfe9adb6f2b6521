"""The members' surface: pages and forms in two languages, no tables."""
