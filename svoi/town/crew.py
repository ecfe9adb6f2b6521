"""The accounts that play one scheme, with what they hold in their hands."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from svoi.town.people import People
from svoi.town.rows import Floats, Ints


@dataclass(slots=True)
class Crew:
    """Columns by member. With `people`, devices and networks are those of their ordinary life at each moment."""

    accounts: Ints
    device: Ints
    network: Ints
    payment: Ints
    people: People | None = None

    @classmethod
    def of(cls, people: People, accounts: Ints) -> Crew:
        """People of the town as they are."""
        return cls(accounts, accounts, people.household[accounts], people.payment[accounts], people)

    def __len__(self) -> int:
        return len(self.accounts)

    def contact(self, who: Ints, at_s: Floats, dice: np.random.Generator) -> tuple[Ints, Ints]:
        """Device and network of members, by their place in the crew, at moments."""
        if self.people is not None:
            return self.people.contact(self.accounts[who], at_s, dice)
        return self.device[who], self.network[who]

    def among(self, other: Crew) -> Crew:
        """Both crews as one; each keeps its hands, as they are at home."""
        return Crew(
            np.concatenate([self.accounts, other.accounts]),
            np.concatenate([self.device, other.device]),
            np.concatenate([self.network, other.network]),
            np.concatenate([self.payment, other.payment]),
        )
