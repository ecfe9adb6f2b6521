"""Svoi: community commerce where trust is the currency, so nothing in the house can print it."""
