"""Attacks: what a detector must find. A family a file; importing a file puts it into the register."""

from svoi.town.attacks import (
    camouflage,
    drip,
    lockstep,
    throwaways,
)

__all__ = ["camouflage", "drip", "lockstep", "throwaways"]
