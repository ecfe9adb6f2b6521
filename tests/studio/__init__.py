"""The crew's surface."""
