"""Members: people, how they sign in, and what they chose."""
