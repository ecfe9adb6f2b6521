"""Lockstep under a cloak of ordinary behaviour."""

from __future__ import annotations

from svoi.town.attacks.lockstep import HOUR_S, in_step
from svoi.town.schemes import attack
from svoi.town.stage import Stage

_BLOCK = {"accounts": 50, "targets": 20, "density": 0.5, "window_h": 24.0}


@attack(
    "lockstep, and several times as many honest-looking actions on popular targets",
    low=_BLOCK | {"times": 6.0},
    middle=_BLOCK | {"times": 3.0},
    high=_BLOCK | {"times": 1.5},
)
def camouflage(stage: Stage, *, accounts: int, targets: int, density: float, window_h: float, times: float) -> None:
    """The higher the intensity, the thinner the cloak."""
    from_s, span_s = stage.begin(window_h * HOUR_S)
    crew = stage.recruit(accounts, begins_s=from_s, age_days=(10, 200))
    in_step(stage, crew, targets, density, from_s, span_s, times)
