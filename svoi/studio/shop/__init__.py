"""The shop as its keeper sees it: what her pages read, and the words they say it in."""
