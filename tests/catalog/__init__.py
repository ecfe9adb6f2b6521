"""The checks of the catalogue."""
