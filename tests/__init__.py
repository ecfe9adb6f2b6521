"""The checks of the house."""
