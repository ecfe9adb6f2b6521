"""Agreeing and taking back, exporting and erasing."""
