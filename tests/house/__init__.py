"""The rules of the house, each with a planted violation that must be caught."""
