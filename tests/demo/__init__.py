"""The checks of the demo shop."""
