"""The map of points in a real browser, under the real content policy: with streets and without, by hand and by keys."""
