"""Credit from one counterparty: it grows as a logarithm, is divided by a group's size, and little when it is mutual."""

from __future__ import annotations

from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from svoi.engines.standing.units import COUNTERPARTY_MAX, POINT

MUTUAL_KEEP, MUTUAL_OF = 1, 4  # of what two people credit each other, one quarter counts
_FRACTION_BITS = 32
_LN2 = 11_090_355  # ln 2 x 10^6 micro-points x 2^4, rounded
_LN2_BITS = 4
Amounts: TypeAlias = NDArray[np.int64]


def repeated(amounts: Amounts) -> Amounts:
    """POINT x ln(1 + amount / POINT), to 2 micro-points: n points from one counterparty count as log(1 + n).

    `amounts` are sums of what is left of each credit, >= 0, taken as COUNTERPARTY_MAX above it; so many small deals are
    worth one large one, and order makes no difference. The weight 1 + log n of repetition is that of term frequency in
    Manning, Raghavan and Schutze, "Introduction to Information Retrieval" (2008), 6.4.1; log(1 + n) is its form that
    begins at nothing. Never more than the amount, and never less for more.
    """
    bounded = np.minimum(amounts, COUNTERPARTY_MAX)
    doublings = _log2(bounded + POINT) - _log2(np.array([POINT], dtype=np.int64))
    damped: Amounts = np.minimum(bounded, doublings * _LN2 >> (_FRACTION_BITS + _LN2_BITS))
    return damped


def divided(amounts: Amounts, sizes: Amounts) -> Amounts:
    """Credit from a member of a detected group counts once for the whole group: amount / size, rounded down.

    However one counterparty's deals are spread over a ring of that size, the average of its members' credits is never
    above the largest of them, which the one would have given at least. Discounting agreement within a community:
    Miller, Weyl and Erichsen, "Beyond Collusion Resistance" (2022); this is the strictest form, one voice a group.
    """
    if (sizes < 1).any():
        raise ValueError("a group has at least one member")
    return amounts // sizes


def unreciprocated(amounts: Amounts, received: Amounts, returned: Amounts) -> Amounts:
    """Of what is mutual, a quarter: amount x (received - 3/4 min(received, returned)) / received, rounded down.

    `received` and `returned` are what the two gave each other, decayed, >= 0. Reciprocal votes are the first sign of a
    ring: Resnick and Zeckhauser, "Trust among strangers in internet transactions" (2002), found the feedback of the two
    sides to answer each other. The quarter is a choice of this house. Rings of three and more are left to groups.
    """
    got = np.maximum(np.minimum(received, COUNTERPARTY_MAX), 1)
    mutual = np.minimum(got, returned)
    kept: Amounts = amounts * (MUTUAL_OF * got - (MUTUAL_OF - MUTUAL_KEEP) * mutual) // (MUTUAL_OF * got)
    return kept


def _log2(values: Amounts) -> Amounts:
    """Binary logarithm with 32 fractional bits of whole numbers from 1 to 2^36, digit by digit by squaring.

    Knuth, The Art of Computer Programming 1, section 1.2.2. Every step is monotone, so the whole is.
    """
    whole = np.zeros_like(values)
    rest = values.copy()
    for step in (32, 16, 8, 4, 2, 1):
        high = rest >= (1 << step)
        whole += np.where(high, step, 0)
        rest = np.where(high, rest >> step, rest)
    shift = whole - 31  # the leading digit goes to bit 31
    mantissa = np.where(shift > 0, values >> np.maximum(shift, 0), values << np.maximum(-shift, 0)).astype(np.uint64)
    logarithm = whole.astype(np.uint64)
    for _ in range(_FRACTION_BITS):
        mantissa = mantissa * mantissa >> np.uint64(31)
        digit = mantissa >> np.uint64(32)
        mantissa >>= digit
        logarithm = logarithm << np.uint64(1) | digit
    return logarithm.astype(np.int64)
