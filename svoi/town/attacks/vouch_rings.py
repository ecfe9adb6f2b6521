"""Vouch rings: new accounts vouch for each other, with few edges to anybody outside."""

from __future__ import annotations

import numpy as np

from svoi.town.plan import DAY_S
from svoi.town.schemes import attack
from svoi.town.stage import Stage, typical_minor


@attack(
    "new accounts vouch for each other; few people outside vouch for one of them",
    low={"members": 8, "density": 0.4, "edges": 3, "days": 14.0},
    middle={"members": 20, "density": 0.5, "edges": 3, "days": 7.0},
    high={"members": 60, "density": 0.6, "edges": 2, "days": 3.0},
)
def vouch_rings(stage: Stage, *, members: int, density: float, edges: int, days: float) -> None:
    """`edges` are the vouches of honest people, all the trust that may flow in; those people are no part of it."""
    from_s, span_s = stage.begin(days * DAY_S)
    crew, dice = stage.recruit(members, begins_s=from_s, age_days=(0.1, 20), per_device=2), stage.dice
    table = dice.random((members, members)) < density
    table[np.arange(members), (np.arange(members) + 1) % members] = True
    np.fill_diagonal(table, val=False)
    who, whom = np.nonzero(table)
    at_s = from_s + dice.random(len(who)) * span_s
    stage.tell(crew, who, "vouch", crew.accounts[whom], at_s)
    books = stage.town.books
    books.add(
        "vouches",
        len(who),
        voucher=crew.accounts[who],
        newcomer=crew.accounts[whom],
        at_s=at_s,
        scheme=stage.code,
    )
    kind = stage.pick(edges)
    let_in, moment = crew.accounts[: len(kind)], from_s + dice.random(len(kind)) * span_s
    stage.tell(kind, np.arange(len(kind)), "vouch", let_in, moment, scheme=0, fake=False)
    books.add("vouches", len(kind), voucher=kind.accounts, newcomer=let_in, at_s=moment)
    stage.close(crew, crew.accounts, from_s, from_s + span_s, stake_minor=members * typical_minor() // 2)
