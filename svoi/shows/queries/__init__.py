"""Reading shows: the room, its tray, its figures, the calendar."""
