"""Polls of a room: written, set off, voted in by members, closed by time or by hand."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import ClassVar

from svoi.kernel.refused import Refused

OPTIONS_MIN, OPTIONS_MAX = 2, 5
RUNS_S_MIN, RUNS_S_MAX = 10, 600
QUESTION_LENGTH_MAX = 140
OPTION_LENGTH_MAX = 60
FULL_WEIGHT = 2  # halves, as the show's telemetry counts them


class PollUnfit(Refused):
    """A question, `least` to `most` options, `runs_least_s` to `runs_most_s` seconds; `name` is what does not fit."""

    code: ClassVar[str] = "poll_unfit"


class PollUnderWay(Refused):
    """One poll of a show is prepared or open at a time."""

    code: ClassVar[str] = "poll_under_way"


class PollUnknown(Refused):
    """There is no such poll here."""

    code: ClassVar[str] = "poll_unknown"


class PollMoved(Refused):
    """Somebody set the poll off, or closed it, meanwhile (`stage` is what it is now)."""

    code: ClassVar[str] = "poll_moved"


class PollNotOpen(Refused):
    """Nobody votes in it now: it waits, or it is over."""

    code: ClassVar[str] = "poll_not_open"


class VotedAlready(Refused):
    """A vote is final: everybody sees how it stands, and nobody can follow the winner."""

    code: ClassVar[str] = "voted_already"


class OptionUnknown(Refused):
    """The poll has no such option."""

    code: ClassVar[str] = "option_unknown"


@dataclass(frozen=True, slots=True)
class Wish:
    """A poll as its author wants it: words in Russian with English beside them (may be empty)."""

    question_ru: str
    question_en: str
    options: tuple[tuple[str, str], ...]
    runs_s: int


@dataclass(frozen=True, slots=True)
class Tally:
    """Votes by option: all of them, those that count, and why some do not: {reason: votes}."""

    raw: tuple[int, ...]
    counted: tuple[int, ...]
    why: Mapping[str, int]


def read_wish(wish: Wish) -> Wish:
    """The same in clean words, options nobody filled in left out; raises `PollUnfit`."""
    question_ru, question_en = _line(wish.question_ru), _line(wish.question_en)
    options = tuple((_line(ru), _line(en)) for ru, en in wish.options if _line(ru) or _line(en))
    if not question_ru or max(len(question_ru), len(question_en)) > QUESTION_LENGTH_MAX:
        raise _unfit("question")
    if not OPTIONS_MIN <= len(options) <= OPTIONS_MAX or len({ru.casefold() for ru, _ in options}) < len(options):
        raise _unfit("options")
    if any(not ru or max(len(ru), len(en)) > OPTION_LENGTH_MAX for ru, en in options):
        raise _unfit("options")
    if not RUNS_S_MIN <= wish.runs_s <= RUNS_S_MAX:
        raise _unfit("runs_s")
    return Wish(question_ru, question_en, options, wish.runs_s)


def poll_stage(
    *, fired_at: datetime | None, closes_at: datetime | None, closed_at: datetime | None, at: datetime
) -> str:
    """armed, open, over (its time has passed, the count is about to be told) or closed."""
    if closed_at is not None:
        return "closed"
    if fired_at is None or closes_at is None:
        return "armed"
    return "open" if at < closes_at else "over"


def admit_step(*, seen: str, now: str) -> None:
    """A press means the stage somebody saw; raises `PollMoved`. An open poll whose time passed is closed as seen."""
    if seen != now and (seen, now) != ("open", "over"):
        raise PollMoved(stage=now)


def admit_vote(*, stage: str, place: int, options: int, voted: int | None) -> bool:
    """True for a new vote, False for the same vote once more; raises what stands against it."""
    if not 0 <= place < options:
        raise OptionUnknown()
    if voted is not None:
        if voted == place:
            return False
        raise VotedAlready()
    if stage != "open":
        raise PollNotOpen()
    return True


def closes(*, fired_at: datetime, runs_s: int) -> datetime:
    return fired_at + timedelta(seconds=runs_s)


def tally(
    votes: Mapping[int, int], *, options: int, weights: Mapping[int, tuple[int, Sequence[str]]], weighing: bool
) -> Tally:
    """Count votes (member -> option).

    `weights` are members whose deeds in this room weigh less than `FULL_WEIGHT`, with the reasons. A vote is whole or
    not at all: while weights count (`weighing`) one that weighs less is not counted. Counted never exceeds raw.
    """
    raw, counted = [0] * options, [0] * options
    why: dict[str, int] = {}
    for member_id, place in votes.items():
        raw[place] += 1
        weight, reasons = weights.get(member_id, (FULL_WEIGHT, ()))
        if weight < FULL_WEIGHT:
            for reason in reasons:
                why[reason] = why.get(reason, 0) + 1
        if weight >= FULL_WEIGHT or not weighing:
            counted[place] += 1
    return Tally(tuple(raw), tuple(counted), why)


def _line(typed: str) -> str:
    return " ".join(typed.replace("\0", " ").split())


def _unfit(name: str) -> PollUnfit:
    return PollUnfit(name=name, least=OPTIONS_MIN, most=OPTIONS_MAX, runs_least_s=RUNS_S_MIN, runs_most_s=RUNS_S_MAX)
