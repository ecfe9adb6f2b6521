"""Catalogue: what the brand sells, and how much of it there is."""
