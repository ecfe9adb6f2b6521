"""Orders: one person's purchase, at the price she saw, with its origin kept."""
