"""Accounts by how suspicious what they did is, from their own facts alone and without labels: whom to look at first."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from svoi.engines.integrity.facts import read_facts
from svoi.engines.integrity.ranks.acts import Floats, Ints, order_acts
from svoi.engines.integrity.ranks.conduct import suspicion_of
from svoi.engines.integrity.ranks.partners import coincidence
from svoi.engines.integrity.ranks.pauses import clockwork

ROUNDS = 3
NATS_FROM, NATS_FULL = 2.5, 5.0  # coincidence per fact: below the first it is no word, above the second the only one


@dataclass(frozen=True, slots=True, eq=False)
class Ranking(Mapping[int, float]):
    """`accounts` int64 ascending, each that acted; `scores` float64 in [0, 1], 1/2 says nothing; shape (accounts,).

    Also a mapping from account to score.
    """

    accounts: Ints
    scores: Floats

    def __getitem__(self, account: int) -> float:
        place = int(np.searchsorted(self.accounts, account))
        if place == len(self.accounts) or self.accounts[place] != account:
            raise KeyError(account)
        return float(self.scores[place])

    def __iter__(self) -> Iterator[int]:
        return iter(self.accounts.tolist())

    def __len__(self) -> int:
        return len(self.accounts)


def rank_accounts(facts: Any) -> Ranking:
    """Every account that acted and its score; higher is more suspicious. `facts` as `read_facts` takes them.

    No labels are used, and nothing that others did to an account. Three weak signs of conduct add up as ranks: discord
    with what others say of the same targets, hurry, crowding. Coincidence with the same partners, and the pauses of a
    timer, are strong: from 2.5 nats a fact they push the conduct aside, because good manners elsewhere (camouflage)
    excuse nothing. The number of facts and the age of an account are in none of them. Raises FactsBroken.
    """
    acts = order_acts(read_facts(facts))
    if not len(acts.accounts):
        return Ranking(acts.accounts, np.zeros(0))
    nats = np.maximum(coincidence(acts), clockwork(acts))
    known = np.maximum(nats, NATS_FROM)
    push = np.minimum(np.log(known / NATS_FROM) / np.log(NATS_FULL / NATS_FROM), 1.0)
    beyond = np.log(np.maximum(known / NATS_FULL, 1.0))
    strain = suspicion_of(acts, ROUNDS) * (1 - push) + push * (3.0 + beyond)
    return Ranking(acts.accounts, np.asarray(1 / (1 + np.exp(-strain))))
