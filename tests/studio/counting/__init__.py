"""Honest counting in the studio: who sees what, what is drawn, and what the crew may say."""
