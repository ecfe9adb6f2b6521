"""The camera's browser code in Chromium: its pure modules as values, and the page in each of its states."""
