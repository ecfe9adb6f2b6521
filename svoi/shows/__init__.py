"""Shows: what goes on air, who keeps it in order, and what is pinned."""
