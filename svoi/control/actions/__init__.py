"""What the crew does in the control room, each kind of act in a file of its own."""
