"""The clock's surface: management commands, the worker and its tasks, no tables."""
