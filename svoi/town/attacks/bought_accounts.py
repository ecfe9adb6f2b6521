"""Aged and bought accounts: real people's sleeping accounts change hands and then act in step."""

from __future__ import annotations

import numpy as np

from svoi.town.attacks.lockstep import HOUR_S, in_step
from svoi.town.crew import Crew
from svoi.town.plan import DAY_S
from svoi.town.schemes import attack
from svoi.town.stage import Stage

_BLOCK = {"targets": 15, "density": 0.5, "window_h": 24.0}


@attack(
    "sleeping accounts of real people change hands, telephones and networks, then act in step",
    low=_BLOCK | {"accounts": 15, "per_device": 1.0, "rests_days": 6.0},
    middle=_BLOCK | {"accounts": 40, "per_device": 4.0, "rests_days": 3.0},
    high=_BLOCK | {"accounts": 100, "per_device": 10.0, "rests_days": 1.0},
)
def bought_accounts(
    stage: Stage,
    *,
    accounts: int,
    targets: int,
    density: float,
    window_h: float,
    per_device: float,
    rests_days: float,
) -> None:
    """Old accounts with an honest past; from the sale on their former owners are silent, and after a rest they act."""
    from_s, span_s = stage.begin(window_h * HOUR_S)
    sold = stage.pick(accounts, lively=False)
    stage.registry.silent_s[sold.accounts] = from_s - rests_days * DAY_S
    size = len(sold)
    telephones = stage.registry.numbers("device", int(np.ceil(size / per_device)))
    networks = stage.registry.numbers("network", int(np.ceil(size / 8)))
    crew = Crew(
        sold.accounts,
        telephones[np.arange(size) % len(telephones)],
        networks[np.arange(size) % len(networks)],
        sold.payment,
    )
    in_step(stage, crew, targets, density, from_s, span_s, 0.5)
