"""One 64-bit number out of two, well spread; the same arithmetic here and in the compiled batch."""

from __future__ import annotations

WORD = (1 << 64) - 1
ONE, TWO, ADD, LAST = 0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F, 0x165667B19E3779F9, 0xBF58476D1CE4E5B9


def mix(first: int, second: int) -> int:
    """Multiply, fold, multiply, fold: every bit of both numbers reaches the low and the high half."""
    word = (first * ONE + second * TWO + ADD) & WORD
    word = ((word ^ (word >> 32)) * LAST) & WORD
    word = ((word ^ (word >> 29)) * ONE) & WORD
    return word ^ (word >> 32)
