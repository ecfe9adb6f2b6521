"""Polls of a show: the one that is prepared or open, the last that was shown, and how their votes stand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from svoi.control.models import Poll, PollVote
from svoi.control.rules.polls import FULL_WEIGHT, Tally, poll_stage, tally
from svoi.shows.models import WatchBeat, WatchSample
from svoi.shows.rules.weighing import BITS


@dataclass(frozen=True, slots=True)
class PollRead:
    """A poll with its stage (armed, open, over or closed) and its votes as they stand."""

    poll: Poll
    stage: str
    tally: Tally

    @property
    def rows(self) -> list[tuple[str, str, int, int, int]]:
        """Each option: words in both languages, raw votes, counted votes, and percent of the counted."""
        whole = sum(self.tally.counted)
        counts = zip(self.poll.options, self.tally.raw, self.tally.counted, strict=True)
        return [
            (ru, en or ru, raw, counted, round(100 * counted / whole) if whole else 0)
            for (ru, en), raw, counted in counts
        ]

    @property
    def votes(self) -> int:
        return sum(self.tally.raw)


def stage_of_poll(poll: Poll, *, at: datetime) -> str:
    return poll_stage(fired_at=poll.fired_at, closes_at=poll.closes_at, closed_at=poll.closed_at, at=at)


def latest_poll(*, show_id: int, at: datetime) -> PollRead | None:
    """The poll prepared last, for the crew."""
    poll = Poll.objects.filter(show_id=show_id).order_by("-pk").first()
    return read_poll(poll, at=at) if poll else None


def read_poll(poll: Poll, *, at: datetime) -> PollRead:
    return PollRead(poll, stage_of_poll(poll, at=at), tally_of(poll))


def polls_told(*, show_id: int, at: datetime) -> list[PollRead]:
    """Polls the room was asked, the first asked first: what the replay shows."""
    found = Poll.objects.filter(show_id=show_id, fired_at__isnull=False).order_by("fired_at", "pk")
    return [read_poll(poll, at=at) for poll in found]


def tally_of(poll: Poll) -> Tally:
    """Votes counted from their rows: raw, and without those whose deeds in this room weigh less, for stated reasons."""
    votes = dict(PollVote.objects.filter(poll=poll).values_list("member_id", "place"))
    mode = WatchSample.objects.filter(show_id=poll.show_id).order_by("-at").values_list("mode", flat=True).first()
    weights = _weights(poll.show_id, list(votes)) if mode in ("shadow", "live") else {}
    return tally(votes, options=len(poll.options), weights=weights, weighing=mode == "live")


def voted_for(*, poll_id: int, member_id: int) -> int | None:
    """The place of her vote."""
    return PollVote.objects.filter(poll_id=poll_id, member_id=member_id).values_list("place", flat=True).first()


def shown_poll(*, show_id: int) -> dict[str, Any] | None:
    """The last poll the room was asked, as the room's frames tell it; `results` once it is closed."""
    poll = Poll.objects.filter(show_id=show_id, fired_at__isnull=False).order_by("-fired_at", "-pk").first()
    if poll is None:
        return None
    counts = tally_of(poll) if poll.closed_at else None
    return {
        **poll_facts(poll),
        "results": {"raw": list(counts.raw), "counted": list(counts.counted)} if counts else None,
    }


def poll_facts(poll: Poll) -> dict[str, Any]:
    """What the room is told when it is asked."""
    assert poll.closes_at is not None
    return {
        "poll_id": poll.pk,
        "question_ru": poll.question_ru,
        "question_en": poll.question_en,
        "options": [list(option) for option in poll.options],
        "closes_at": round(poll.closes_at.timestamp() * 1000),
    }


def _weights(show_id: int, member_ids: Sequence[int]) -> dict[int, tuple[int, list[str]]]:
    """The least any deed of these members weighed as they watched this show, with the reasons."""
    beats = WatchBeat.objects.filter(show_id=show_id, member_id__in=member_ids, weight__lt=FULL_WEIGHT)
    least = beats.order_by("member_id", "weight", "pk").distinct("member_id")
    return {
        member_id: (weight, [str(reason) for reason, bit in BITS.items() if (reasons or 0) & bit])
        for member_id, weight, reasons in least.values_list("member_id", "weight", "reasons")
        if member_id is not None and weight is not None
    }
