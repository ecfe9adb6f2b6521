"""Views of the control room, one file for each kind of act."""
