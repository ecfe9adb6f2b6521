"""Rules of the control room, each in a file of its own."""
