"""Tests of rundowns."""
