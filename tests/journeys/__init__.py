"""Whole journeys in a real browser with real processes."""
