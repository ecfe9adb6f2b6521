"""Tags and filters of the members' pages."""
