"""What is known of the town for sure: who plays what, which facts are fake, and what was at stake."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from svoi.town.rows import Floats, Ints

HONEST = ""


@dataclass(frozen=True, slots=True)
class Group:
    """One scheme, played once. `victims` are accounts it is meant to hurt; the stake is what attackers would gain."""

    code: int
    accounts: Ints
    targets: Ints
    victims: Ints
    from_s: float
    until_s: float
    stake_minor: int


@dataclass(slots=True)
class AccountTruth:
    """`names[code]` is a scheme; code 0 is everyday life. Arrays are by account."""

    names: tuple[str, ...]
    intensities: tuple[str, ...]
    are_attacks: npt.NDArray[np.bool_]
    scheme: npt.NDArray[np.int16]
    group: Ints
    joined_s: Floats
    groups: list[Group]

    @property
    def is_attacker(self) -> npt.NDArray[np.bool_]:
        """By account."""
        return self.are_attacks[self.scheme]

    def of(self, account: int) -> tuple[str, int]:
        """The scheme of an account, HONEST for everyday life, and the number of its group or -1."""
        return self.names[self.scheme[account]], int(self.group[account])

    def accounts_of(self, name: str) -> Ints:
        """All accounts that play a scheme."""
        codes = [code for code, known in enumerate(self.names) if known == name]
        return np.flatnonzero(np.isin(self.scheme, codes))


@dataclass(slots=True)
class Truth(AccountTruth):
    """The truth about the facts as well, in their order."""

    fact_scheme: npt.NDArray[np.int16]
    fact_fake: npt.NDArray[np.bool_]
