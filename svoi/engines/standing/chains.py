"""Chains: every entry is sealed by the hash before it, so that whoever holds a hash sees any later touch."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from operator import attrgetter

from svoi.engines.standing.entries import Entry
from svoi.engines.standing.units import Axis

ENCODING = "svoi-standing-1"
_FIELDS = Entry.__slots__
_NUMBER = _FIELDS.index("number")
_values = attrgetter(*_FIELDS)


class Touch(StrEnum):
    """What was done to a chain, as far as it can be told from what is left."""

    TAMPERED = "tampered"
    MISSING = "missing"
    REORDERED = "reordered"
    INSERTED = "inserted"
    REWRITTEN = "rewritten"


@dataclass(frozen=True, slots=True)
class Fault:
    """The first fault of a chain: at which place, from 1, and of what kind.

    REWRITTEN: the chain agrees with itself, and not with the head that was published for this place.
    """

    place: int
    touch: Touch


@dataclass(frozen=True, slots=True)
class Head:
    """The end of a chain when it was published: how many entries it had, and the hash of the last."""

    member: int
    community: int
    axis: Axis
    number: int
    digest: bytes


def encoded(entry: Entry, *, number: int | None = None) -> bytes:
    """The entry's canonical bytes: each field in the order of the class as `<length>:<text>,`, nothing for None.

    Lengths in front, in characters (as in Bernstein's netstrings, 1997), leave no two entries with the same bytes.
    `number` is put in place of the entry's own, if given.
    """
    values = list(_values(entry))
    if number is not None:
        values[_NUMBER] = number
    texts = ["" if value is None else str(value) for value in values]
    return "".join([f"{len(text)}:{text}," for text in texts]).encode()


def beginning(*, member: int, community: int, axis: Axis) -> bytes:
    """The hash before the first entry: another one for every chain, so that no entry fits into another's."""
    return hashlib.sha256(f"{ENCODING} {member} {community} {axis}".encode()).digest()


def link(before: bytes, entry: Entry) -> bytes:
    """SHA-256 over the hash before and the entry's canonical bytes; 32 bytes."""
    return hashlib.sha256(before + encoded(entry)).digest()


def chain(entries: Iterable[Entry]) -> list[bytes]:
    """The hash of every entry of one chain, given in order from number 1."""
    hashes: list[bytes] = []
    before = b""
    for entry in entries:
        before = link(before or _beginning_of(entry), entry)
        hashes.append(before)
    return hashes


def verify(entries: Sequence[Entry], hashes: Sequence[bytes], head: Head | None = None) -> Fault | None:
    """The first fault of a chain as it was kept, entries beside their hashes; None where there is none.

    Without `head` a chain that somebody cut short or computed anew from some place on looks whole: only what was
    published before can show that. Entries after `head` are allowed. Raises ValueError where the lengths differ.
    """
    if len(entries) != len(hashes):
        raise ValueError(f"{len(entries)} entries have {len(hashes)} hashes")
    before = _beginning_of(head or entries[0]) if head or entries else b""
    for place, digest in enumerate(hashes, start=1):
        touch = _touch(entries, hashes, place, before)
        if touch:
            return Fault(place, touch)
        before = digest
    if head and len(entries) < head.number:
        return Fault(len(entries) + 1, Touch.MISSING)
    if head and hashes[head.number - 1] != head.digest:
        return Fault(head.number, Touch.REWRITTEN)
    return None


def _touch(entries: Sequence[Entry], hashes: Sequence[bytes], place: int, before: bytes) -> Touch | None:
    """What is wrong with the entry at `place`, the ones before it being right."""
    entry, here = entries[place - 1], place - 1
    if hashes[here] == hashlib.sha256(before + encoded(entry, number=place)).digest():
        return None if entry.number == place else Touch.TAMPERED  # its number alone was changed
    if place < len(entries) and entries[place].number == place and hashes[place] == link(before, entries[place]):
        return Touch.REORDERED if _is_genuine_later(entries, hashes, here) else Touch.INSERTED
    if entry.number > place:
        later = any(other.number == place for other in entries[place:])
        return Touch.REORDERED if later else Touch.MISSING
    return Touch.TAMPERED if entry.number == place else Touch.INSERTED


def _is_genuine_later(entries: Sequence[Entry], hashes: Sequence[bytes], here: int) -> bool:
    """Whether the entry standing `here` has its own place further on, and is not there."""
    number = entries[here].number
    return number > here + 1 and all(other.number != number for other in entries[here + 1 :])


def _beginning_of(one: Entry | Head) -> bytes:
    return beginning(member=one.member, community=one.community, axis=one.axis)
