"""Pages and forms, one file a noun."""
