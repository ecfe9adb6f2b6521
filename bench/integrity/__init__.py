"""Integrity: groups found and honest people left alone on real data, and how fast blocks are peeled."""
