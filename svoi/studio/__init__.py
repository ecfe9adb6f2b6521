"""The crew's surface: the console of a show, no tables."""
