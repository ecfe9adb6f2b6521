"""The counter of a pickup point: who finds it, what it shows, and every state of a hand-over."""
