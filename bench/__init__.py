"""Measurements against peers, in one run, as ratios; never part of the tests."""
