"""Verbs of the calendar, each in one transaction."""
