"""The room's browser code in a real browser, under the real content policy: frames are handed to it."""
