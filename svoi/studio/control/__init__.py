"""The control room as the console shows it."""
