"""CDEK through a fake of our own."""
