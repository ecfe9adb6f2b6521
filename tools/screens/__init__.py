"""Pictures of every screen and state of a demo shop; their scenes lead the walk through every page as well."""
