"""Keeps the programs of one instance alive, and ends with them: in order, within a time, leaving nobody behind."""
