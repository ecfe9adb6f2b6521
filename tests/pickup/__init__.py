"""The checks of pickup points."""
