"""Reading consents, exports and erasures."""
