"""Clips: a stretch of a recording as a plain MP4 file, cut without touching a single picture."""
