"""Doors for other processes and partners, no tables."""
