"""A day's root: one hash published for the heads of all chains; a member checks hers and sees nobody else's."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from svoi.engines.standing.chains import ENCODING, Head

DIGEST_BYTES = 32


@dataclass(frozen=True, slots=True)
class Proof:
    """Why a head is under a root: its place among `size` leaves, its blinding, and the hashes beside its way up."""

    place: int
    size: int
    blind: bytes
    path: tuple[bytes, ...]


class Root:
    """The Merkle tree of a day (RFC 6962, section 2.1: leaves and nodes hashed apart, split at a power of two).

    `heads` come with random bytes each, known to the chain's owner: without them a neighbour who sees a hash on her own
    way up could try what might be under it. Heads are sorted by chain, so one day has one root. Raises ValueError for
    no heads, or two of one chain.
    """

    def __init__(self, heads: Iterable[tuple[Head, bytes]]) -> None:
        by_chain = sorted(heads, key=lambda one: _chain_of(one[0]))
        self._places = {_chain_of(head): place for place, (head, _) in enumerate(by_chain)}
        if not by_chain or len(self._places) != len(by_chain):
            raise ValueError("a day has at least one head, and one of each chain")
        self._blinds = [blind for _, blind in by_chain]
        self._levels = [[leaf(head, blind) for head, blind in by_chain]]
        while len(self._levels[-1]) > 1:
            self._levels.append(_above(self._levels[-1]))

    @property
    def digest(self) -> bytes:
        """The 32 bytes to publish."""
        return self._levels[-1][0]

    def proof(self, head: Head) -> Proof:
        """The proof for a chain's head; raises KeyError where the day has none of that chain."""
        place = index = self._places[_chain_of(head)]
        path = []
        for level in self._levels[:-1]:
            if index ^ 1 < len(level):
                path.append(level[index ^ 1])
            index >>= 1
        return Proof(place=place, size=len(self._blinds), blind=self._blinds[place], path=tuple(path))


def is_under(root: bytes, head: Head, proof: Proof) -> bool:
    """Whether the published `root` holds exactly this head at the proof's place; RFC 9162, section 2.1.3.2."""
    if not 0 <= proof.place < proof.size or len(head.digest) != DIGEST_BYTES:  # else the blinding could hold its end
        return False
    digest, index, last = leaf(head, proof.blind), proof.place, proof.size - 1
    beside = iter(proof.path)
    while last:
        if index < last or index & 1:  # otherwise the last of an odd level, which goes up as it is
            other = next(beside, None)
            if other is None:
                return False
            digest = _node(other, digest) if index & 1 else _node(digest, other)
        index, last = index >> 1, last >> 1
    return digest == root and next(beside, None) is None


def leaf(head: Head, blind: bytes) -> bytes:
    """The hash of one head: its chain, how long it is, its last hash, and the blinding."""
    told = f"{ENCODING} {head.member} {head.community} {head.axis} {head.number} ".encode()
    return hashlib.sha256(b"\x00" + told + head.digest + blind).digest()


def _above(level: Sequence[bytes]) -> list[bytes]:
    nodes = [_node(left, right) for left, right in zip(level[::2], level[1::2], strict=False)]
    return nodes + list(level[2 * len(nodes) :])


def _node(left: bytes, right: bytes) -> bytes:
    return hashlib.sha256(b"\x01" + left + right).digest()


def _chain_of(head: Head) -> tuple[int, int, str]:
    return head.community, head.member, str(head.axis)
