"""Pickup: the points where a parcel meets its person."""
