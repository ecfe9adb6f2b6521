"""A fandom: the same people at the same shows and stories, day after day."""

from __future__ import annotations

import numpy as np

from svoi.town.crew import Crew
from svoi.town.names import first_of
from svoi.town.rows import Floats, Ints
from svoi.town.schemes import look_alike
from svoi.town.stage import Stage


@look_alike(
    "the same people follow the same shows and stories day after day, minutes after each push",
    low={"people": 20, "keen": 0.5, "stories": 10},
    middle={"people": 60, "keen": 0.65, "stories": 20},
    high={"people": 200, "keen": 0.8, "stories": 40},
)
def fandom(stage: Stage, *, people: int, keen: float, stories: int) -> None:
    """A dense block that lasts, explained by pushes: they come for each show of their community and each new story."""
    town, community = stage.town, stage.circle()
    crew, reach = stage.pick(people, community=community), int(town.circles.members[community])
    town.elsewhere = np.append(town.elsewhere, crew.accounts)
    shows = np.flatnonzero(town.circles.shows.community == community)
    seen = []
    for show in shows:
        target = first_of("show") + int(show)
        begins_s, ends_s = town.circles.shows.begins_s[show], town.circles.shows.ends_s[show]
        push = stage.expose("push", target, begins_s - 120, reach)
        who = np.flatnonzero(stage.dice.random(len(crew)) < keen)
        from_s = begins_s + stage.dice.exponential(240, len(who))
        until_s = np.minimum(from_s + stage.dice.lognormal(7.6, 0.6, len(who)), ends_s)
        _watch(stage, crew, who, target, push, from_s, until_s)
        town.books.add(
            "watches",
            len(who),
            show=show,
            actor=crew.accounts[who],
            from_s=from_s,
            until_s=until_s,
            scheme=stage.code,
        )
        seen.append(target)
    told = np.flatnonzero(np.isin(town.circles.story_author, town.circles.members_of(community)))
    for story in stage.dice.permutation(told[town.circles.story_s[told] > town.plan.start_s])[:stories]:
        target, at_s = first_of("story") + int(story), float(town.circles.story_s[story])
        push = stage.expose("push", target, at_s + 60, reach)
        who = np.flatnonzero(stage.dice.random(len(crew)) < keen)
        moment = at_s + 60 + stage.dice.exponential(1_800, len(who))
        stage.tell(crew, who, "view", target, moment, exposure=push)
        stage.tell(crew, who, "react", target, moment + stage.dice.exponential(40, len(who)), exposure=push)
        seen.append(target)
    stage.close(crew, seen, town.plan.start_s, town.plan.end_s)


def _watch(stage: Stage, crew: Crew, who: Ints, target: int, push: int, from_s: Floats, until_s: Floats) -> None:
    stage.tell(crew, who, "view", target, from_s, exposure=push)
    every = stage.town.plan.beat_s
    counts = ((until_s - from_s) // every).astype(np.int64)
    which = np.repeat(np.arange(len(who)), counts)
    place = np.arange(len(which)) - np.repeat(np.cumsum(counts) - counts, counts) + 1
    jitter = np.abs(stage.dice.normal(0, 1.5, len(which)))
    stage.tell(crew, who[which], "heartbeat", target, from_s[which] + place * every + jitter)
    hearts = np.flatnonzero(stage.dice.random(len(which)) < 0.15)
    stage.tell(crew, who[which[hearts]], "react", target, from_s[which[hearts]] + place[hearts] * every + 20)
