"""Communities: who is among their own, by which door, in which role."""
