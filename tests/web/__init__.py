"""The members' surface, page by page."""
