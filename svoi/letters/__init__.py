"""What the house writes to people, each letter once."""
