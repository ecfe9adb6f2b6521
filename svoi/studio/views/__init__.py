"""Pages of the crew, one file a noun."""
