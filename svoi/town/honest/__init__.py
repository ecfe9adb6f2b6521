"""What people do of their own accord, a day at a time."""
