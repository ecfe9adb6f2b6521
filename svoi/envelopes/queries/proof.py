"""What proves a deal: the commitment from the start, and the seed once nothing can be changed by knowing it."""

from __future__ import annotations

from dataclasses import dataclass

from svoi.envelopes.models import Envelope, EnvelopeShare
from svoi.envelopes.rules import Terms, deal_shares, seal


@dataclass(frozen=True, slots=True)
class Proof:
    """The terms and the commitment; after the end the seed, the shares it deals, and whether those were given."""

    terms: str
    commitment: str
    seed: str | None  # hexadecimal
    dealt: list[int]
    given: list[tuple[int, int]]  # position and points of each share taken
    holds: bool | None


def proof_of(envelope: Envelope) -> Proof:
    """Dealt again from the seed, not read from what was sealed. `holds` is None while the envelope is open."""
    terms = Terms(envelope.reference, envelope.mode, envelope.total, envelope.shares, envelope.least)
    given = list(EnvelopeShare.objects.filter(envelope=envelope).order_by("position").values_list("position", "amount"))
    if not hasattr(envelope, "closing"):
        return Proof(terms.text(), envelope.commitment, None, [], given, None)
    seed = bytes(envelope.deal.seed)
    dealt = deal_shares(seed, terms)
    holds = seal(seed, terms) == envelope.commitment and all(
        dealt[position - 1] == amount for position, amount in given
    )
    return Proof(terms.text(), envelope.commitment, seed.hex(), dealt, given, holds)
