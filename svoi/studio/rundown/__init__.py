"""The rundown in the studio: its words, its forms, and what its board shows."""
