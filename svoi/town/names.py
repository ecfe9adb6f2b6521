"""The words of the town: verbs of its facts and kinds of what they are about."""

from __future__ import annotations

# The place of a verb is its code in the columns. They follow what the house records or will: the gateway's beats and
# messages, the events of orders, communities, envelopes; `vote` is up or down on a story, `verdict` a juror's,
# `edit` an operator's hand on a counter.
VERBS = (
    "view",
    "heartbeat",
    "react",
    "save",
    "vote",
    "chat",
    "follow",
    "order",
    "paid",
    "collected",
    "returned",
    "refunded",
    "review",
    "story",
    "vouch",
    "report",
    "join",
    "pledge",
    "envelope_claim",
    "verdict",
    "edit",
)
CODES = {verb: code for code, verb in enumerate(VERBS)}

# A target's number tells its kind: a person's is her account's, the others begin at a multiple of the stride.
KINDS = ("person", "product", "story", "show", "community", "envelope", "pool", "raffle", "case")
STRIDE = 1_000_000_000_000

EXPOSURES = ("push", "slot", "raffle", "envelope", "pool", "feed")


def first_of(kind: str) -> int:
    """The number of the first target of a kind; add the thing's own number, from 0."""
    return KINDS.index(kind) * STRIDE


def kind_of(target: int) -> str:
    """What a target is."""
    return KINDS[int(target) // STRIDE]
