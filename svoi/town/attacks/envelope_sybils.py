"""Envelope sybils: many accounts on few telephones take shares within a second."""

from __future__ import annotations

import numpy as np

from svoi.town.schemes import attack
from svoi.town.stage import Stage

MINOR_PER_POINT = 100


@attack(
    "many accounts on few telephones come for each envelope, take a share within a second, and leave",
    low={"accounts": 15, "envelopes": 3, "per_device": 3.0, "honest": 40},
    middle={"accounts": 40, "envelopes": 6, "per_device": 8.0, "honest": 60},
    high={"accounts": 150, "envelopes": 12, "per_device": 25.0, "honest": 80},
)
def envelope_sybils(stage: Stage, *, accounts: int, envelopes: int, per_device: float, honest: int) -> None:
    """Honest people take shares of the same envelopes, at the pace of a hand; the stake is the points taken."""
    plan, dice = stage.town.plan, stage.dice
    moments = np.sort([stage.evening() for _ in range(envelopes)])
    crew = stage.recruit(
        accounts, begins_s=moments[0], age_days=(0.5, 20), per_device=per_device, per_network=3 * per_device
    )
    taken, sealed = 0, []
    for at_s in moments:
        envelope = stage.thing("envelope")
        sealed.append(envelope)
        guests = stage.pick(honest)
        sent = stage.expose("envelope", envelope, float(at_s), len(guests) + accounts)
        slow_s = at_s + 1.5 + dice.exponential(12, len(guests))
        more = {"exposure": sent, "value": dice.integers(5, 60, len(guests)), "scheme": 0, "fake": False}
        stage.tell(guests, np.arange(len(guests)), "envelope_claim", envelope, slow_s, **more)
        who = np.flatnonzero(dice.random(accounts) < 0.9)
        points = dice.integers(5, 60, len(who))
        quick_s = at_s + 0.2 + dice.random(len(who)) * 0.8
        stage.tell(crew, who, "envelope_claim", envelope, quick_s, exposure=sent, value=points)
        taken += int(points.sum())
    stage.close(crew, sealed, float(moments[0]), plan.end_s, stake_minor=taken * MINOR_PER_POINT)
