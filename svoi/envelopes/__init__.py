"""Envelopes: points given to a room or a community in shares, fair by proof."""
