"""Dealing a pot into shares: exact, fair to every position, and recomputed by anyone who has the seed.

The random split follows the practice of red envelopes (each share uniform between the least and twice the remaining
mean), with two changes: the upper end is rounded by a draw, so that every share has exactly the mean of what is left,
and the shares are shuffled, so that coming early or late makes no difference at all, not only on average.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator

SEED_BYTES = 32
_WORD = 1 << 64


def deal(seed: bytes, *, total: int, hands: int, least: int = 1) -> list[int]:
    """Shares of `total` for each position, `hands` of them, each at least `least`; the same seed, the same shares.

    Raises ValueError where `total` cannot give everybody the least.
    """
    if hands < 1 or least < 0 or total < hands * least:
        raise ValueError(f"{total} does not give {hands} hands {least} each")
    words, spare = _words(seed), total - hands * least
    shares = []
    for left in range(hands, 0, -1):
        more = spare if left == 1 else _below(words, _twice_the_mean(words, spare, left) + 1)
        spare -= more
        shares.append(least + more)
    for last in range(hands - 1, 0, -1):
        other = _below(words, last + 1)
        shares[last], shares[other] = shares[other], shares[last]
    return shares


def deal_equally(*, total: int, hands: int) -> list[int]:
    """The same share for everybody; raises ValueError where `total` does not come out even."""
    if hands < 1 or total % hands:
        raise ValueError(f"{total} is not {hands} equal shares")
    return [total // hands] * hands


def commitment(seed: bytes, terms: str) -> str:
    """What is shown before the first share is taken: neither the seed nor the terms can be another one afterwards."""
    return hashlib.sha256(seed + terms.encode()).hexdigest()


def _twice_the_mean(words: Iterator[int], spare: int, left: int) -> int:
    """2 x spare / left, its fraction decided by a draw: the mean of a uniform share is then exactly spare / left."""
    whole, rest = divmod(2 * spare, left)
    return whole + (rest > 0 and _below(words, left) < rest)


def _words(seed: bytes) -> Iterator[int]:
    """64-bit words: the beginning of SHA-256 over the seed and a running number."""
    number = 0
    while True:
        yield int.from_bytes(hashlib.sha256(seed + number.to_bytes(8, "big")).digest()[:8], "big")
        number += 1


def _below(words: Iterator[int], bound: int) -> int:
    """A number from 0 to `bound` - 1, each as likely: words above the last whole multiple are passed over."""
    limit = _WORD - _WORD % bound
    return next(word for word in words if word < limit) % bound
