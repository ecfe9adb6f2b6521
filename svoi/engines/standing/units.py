"""Units and limits: micro-points, seconds, and the half-lives of the axes."""

from __future__ import annotations

from enum import StrEnum

POINT = 1_000_000  # micro-points in a point; every amount of standing is a whole number of micro-points
DAY_S = 86_400
DELTA_MAX = (1 << 32) - 1  # micro-points in one entry: 2^32 x 2^30 of a decay factor stays within 64 bits
COUNTERPARTY_MAX = 1 << 35  # micro-points from one counterparty before the logarithm, for the same reason


class Axis(StrEnum):
    """What a member is believed as; balances of different axes are never added."""

    BUYER = "buyer"
    AUTHOR = "author"
    HOST = "host"
    ORGANISER = "organiser"
    JUROR = "juror"


class Kind(StrEnum):
    """What an entry does: gives, takes, takes for longer, or undoes another entry."""

    CREDIT = "credit"
    PENALTY = "penalty"
    GRAVE = "grave"
    REVERSAL = "reversal"


# A host answers for what was sold when the return window is over, weeks after the show, as an organiser does; a shorter
# half-life would take away much of it before it is known. An author's or a juror's judgement is seen within days.
HALF_LIFE_DAYS = {Axis.BUYER: 180, Axis.AUTHOR: 90, Axis.HOST: 180, Axis.ORGANISER: 180, Axis.JUROR: 90}
PENALTY_HALF_LIFE_DAYS, GRAVE_HALF_LIFE_DAYS = 90, 365


def half_life(axis: Axis, kind: Kind) -> int:
    """Days after which half of an entry is left; a penalty fades alike on every axis, whatever was earned there."""
    if kind is Kind.PENALTY:
        return PENALTY_HALF_LIFE_DAYS
    return GRAVE_HALF_LIFE_DAYS if kind is Kind.GRAVE else HALF_LIFE_DAYS[axis]
