"""Real threads on a real database: one thing, many hands."""
