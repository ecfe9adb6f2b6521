"""Decisions of the calendar, over plain values."""
