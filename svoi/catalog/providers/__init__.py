"""The outside world of the catalogue: feeds in the formats shops already have."""
