"""A raffle: to take part one follows the host and reacts to the same things; newcomers come for it."""

from __future__ import annotations

import numpy as np

from svoi.town.crew import Crew
from svoi.town.names import CODES
from svoi.town.schemes import look_alike
from svoi.town.stage import Stage


@look_alike(
    "to win, one follows the host and reacts to the same few things within a day; newcomers among them",
    low={"people": 30, "newcomers": 8, "targets": 3, "hours": 48.0},
    middle={"people": 100, "newcomers": 40, "targets": 4, "hours": 24.0},
    high={"people": 300, "newcomers": 150, "targets": 5, "hours": 8.0},
)
def raffle(stage: Stage, *, people: int, newcomers: int, targets: int, hours: float) -> None:
    """The terms are the same for all, so everybody does the same, each on her own telephone."""
    begins_s, span_s = stage.begin(hours * 3_600)
    community = stage.circle()
    old = stage.pick(people, community=community)
    new = stage.recruit(newcomers, begins_s=begins_s + stage.dice.random(newcomers) * span_s, age_days=(0.001, 0.03))
    goods, host = stage.goods(targets, community=community), int(stage.town.circles.members_of(community)[0])
    targeted = (*(int(product) for product in goods), host)
    reach = int(stage.town.circles.members[community]) + newcomers
    named = [stage.expose("raffle", target, begins_s, reach) for target in targeted]
    joined_s = stage.registry.joined_s
    for crew, share in ((old, 0.9), (new, 1.0)):
        # Half come in the first sixth of the time; nobody before she signed up.
        at_s = begins_s + np.minimum(stage.dice.exponential(span_s / 8, len(crew)), span_s)
        at_s = np.maximum(at_s, joined_s[crew.accounts] + 60)
        _enter(stage, crew, targeted, named, at_s, share)
    stage.close(old.among(new), targeted, begins_s, begins_s + span_s)


def _enter(
    stage: Stage, crew: Crew, targets: tuple[int, ...], named: list[int], at_s: np.ndarray, share: float
) -> None:
    for place, (target, exposure) in enumerate(zip(targets, named, strict=True)):
        who = np.flatnonzero(stage.dice.random(len(crew)) < share)
        verb = CODES["follow"] if place == len(targets) - 1 else CODES["react"]
        moment = at_s[who] + place * stage.dice.uniform(8, 40, len(who))
        stage.tell(crew, who, verb, target, moment, exposure=exposure)
