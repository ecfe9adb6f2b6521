"""How the shares of an envelope are dealt, and what is published so that anyone can deal them again."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from svoi.engines.dealing import commitment, deal, deal_equally


@dataclass(frozen=True, slots=True)
class Terms:
    """What the deal depends on besides the seed: in points and shares, for one envelope and no other."""

    reference: UUID
    mode: str
    total: int
    shares: int
    least: int

    def text(self) -> str:
        """The terms as they go into the commitment and onto the page that verifies it."""
        return f"svoi-envelope-1 {self.reference} {self.mode} {self.total} {self.shares} {self.least}"


def deal_shares(seed: bytes, terms: Terms) -> list[int]:
    """What the first, second, … to come gets, in points; equal shares need no luck."""
    if terms.mode == "equal":
        return deal_equally(total=terms.total, hands=terms.shares)
    return deal(seed, total=terms.total, hands=terms.shares, least=terms.least)


def seal(seed: bytes, terms: Terms) -> str:
    """The SHA-256 shown from the first moment: it binds the seed and the terms together."""
    return commitment(seed, terms.text())
