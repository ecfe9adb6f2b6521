"""Doing the same to many orders at once: what can be done so, and to how many."""

from __future__ import annotations

from typing import ClassVar

from svoi.kernel.refused import Refused

VERBS = ("pack", "send")
BULK_ORDERS_MAX = 500


class ChoiceOutOfRange(Refused):
    """Between 1 and `most` orders of the shop are taken on at once."""

    code: ClassVar[str] = "choice_out_of_range"


class VerbUnknown(Refused):
    """There is no such thing to do to many orders (`verb`)."""

    code: ClassVar[str] = "verb_unknown"


def admit_bulk(*, verb: str, chosen: int) -> None:
    """A known verb, and a handful to be looked over rather than a whole shop."""
    if verb not in VERBS:
        raise VerbUnknown(verb=verb)
    if not 1 <= chosen <= BULK_ORDERS_MAX:
        raise ChoiceOutOfRange(most=BULK_ORDERS_MAX)
