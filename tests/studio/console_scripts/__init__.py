"""The console's browser code in a real browser, under the real content policy: frames and answers are handed to it."""
