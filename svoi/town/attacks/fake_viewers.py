"""Fake viewers: a farm of telephones sits through shows and plays back recorded heartbeats."""

from __future__ import annotations

import numpy as np

from svoi.town.names import first_of
from svoi.town.schemes import attack
from svoi.town.stage import Stage, typical_minor

REPLAY_ERROR_S = 0.02


@attack(
    "a farm of telephones fills shows: beats played back to the second, no hearts, no words, no orders",
    low={"viewers": 15, "shows": 2, "per_device": 1.0, "per_network": 8.0},
    middle={"viewers": 60, "shows": 3, "per_device": 3.0, "per_network": 30.0},
    high={"viewers": 250, "shows": 4, "per_device": 10.0, "per_network": 125.0},
)
def fake_viewers(stage: Stage, *, viewers: int, shows: int, per_device: float, per_network: float) -> None:
    """They come within a minute, stay to the end, and one recording of beats serves them all."""
    calendar, dice = stage.town.circles.shows, stage.dice
    if not len(calendar.community):
        raise ValueError("no show in these days: fake viewers need one")
    community = dice.choice(calendar.community)
    chosen = np.flatnonzero(calendar.community == community)[:shows]
    begins_s = calendar.begins_s[chosen]
    crew = stage.recruit(
        viewers, begins_s=begins_s[0], age_days=(1, 30), per_device=per_device, per_network=per_network
    )
    everybody, every_s = np.arange(viewers), stage.town.plan.beat_s
    for show in chosen:
        target, ends_s = first_of("show") + int(show), calendar.ends_s[show]
        from_s = calendar.begins_s[show] + 90 + dice.random(viewers) * 60
        recording = np.cumsum(np.full(int((ends_s - from_s.min()) // every_s), every_s))
        stage.tell(crew, everybody, "view", target, from_s)
        who, beat = np.repeat(everybody, len(recording)), np.tile(recording, viewers)
        at_s = from_s[who] + beat + dice.random(len(who)) * REPLAY_ERROR_S
        seen = at_s < ends_s
        stage.tell(crew, who[seen], "heartbeat", target, at_s[seen])
        columns = {"actor": crew.accounts, "from_s": from_s, "until_s": ends_s, "scheme": stage.code}
        stage.town.books.add("watches", viewers, show=show, **columns)
    # A show with twice the viewers is worth twice the place in the list: one order a hundred viewers.
    stake = typical_minor() * max(1, viewers * len(chosen) // 100)
    stage.close(crew, first_of("show") + chosen, begins_s[0], calendar.ends_s[chosen[-1]], stake_minor=stake)
