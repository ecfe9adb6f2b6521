"""Entries: what one fact gave to or took from a member, on one axis of one community; never changed, only reversed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from svoi.engines.standing.units import DELTA_MAX, Axis, Kind


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One line of a chain; (member, community, axis) is the chain, `number` its place there, from 1.

    `delta` is raw, in micro-points, before anything is capped or divided. `rule` and `version` name the sentence that
    gave it, `cause` the event. `at` and `expires_at` are seconds since 1970 in UTC; from `expires_at` on it counts
    nothing. `group` is the detected group of the counterparty, where one was known. Raises ValueError for what cannot
    be: a penalty that gives, a credit that takes, a credit by oneself, a reversal of nothing, an amount too large.
    """

    member: int
    community: int
    axis: Axis
    number: int
    kind: Kind
    delta: int
    rule: str
    version: int
    cause: str
    at: int
    counterparty: int | None = None
    group: int | None = None
    expires_at: int | None = None
    reverses: int | None = None

    def __post_init__(self) -> None:
        gives = self.delta > 0
        faults = {
            "an amount is between 1 and DELTA_MAX micro-points": not 1 <= abs(self.delta) <= DELTA_MAX,
            "a credit gives and a penalty takes": self.kind is not Kind.REVERSAL
            and gives != (self.kind is Kind.CREDIT),
            "a reversal names an earlier entry, and nothing else does": (self.reverses is not None)
            != (self.kind is Kind.REVERSAL)
            or not 0 < (self.reverses or 1) < max(self.number, 2),
            "nobody is her own counterparty": self.counterparty == self.member,
            "a group is a counterparty's": self.group is not None and self.counterparty is None,
            "numbers begin with 1": self.number < 1,
            "a rule and a cause have names": not (self.rule and self.cause),
        }
        for fault, found in faults.items():
            if found:
                raise ValueError(f"{fault}: entry {self.number} of member {self.member}")


def reversal(entry: Entry, *, number: int, rule: str, version: int, cause: str, at: int) -> Entry:
    """The entry that undoes `entry` from `at` on, as though it had never been."""
    return Entry(
        member=entry.member,
        community=entry.community,
        axis=entry.axis,
        number=number,
        kind=Kind.REVERSAL,
        delta=-entry.delta,
        rule=rule,
        version=version,
        cause=cause,
        at=at,
        counterparty=entry.counterparty,
        group=entry.group,
        expires_at=entry.expires_at,
        reverses=entry.number,
    )


def standing_entries(entries: Iterable[Entry], at: int) -> list[Entry]:
    """The credits and penalties of one chain that stand at `at`, by number: known by then, not expired, not reversed.

    A reversal may itself be reversed, which brings the entry back unless another reversal of it stands. Raises
    ValueError where a reversal does not match what it names.
    """
    by_number = {entry.number: entry for entry in entries}
    known = sorted((entry for entry in by_number.values() if entry.at <= at), key=lambda entry: entry.number)
    undone: set[int] = set()
    for entry in reversed(known):  # later ones first: whether a reversal itself stands is known before it is applied
        if entry.reverses is None or entry.number in undone:
            continue
        undone_one = by_number.get(entry.reverses)
        if undone_one is None or undone_one.delta != -entry.delta:
            raise ValueError(f"entry {entry.number} does not reverse entry {entry.reverses}")
        undone.add(entry.reverses)
    return [
        entry
        for entry in known
        if entry.kind is not Kind.REVERSAL
        and entry.number not in undone
        and (entry.expires_at is None or at < entry.expires_at)
    ]
