"""The verbs of a show, one file for each part of its day."""
