"""A poll is written, set off, voted in and closed."""

from __future__ import annotations

from datetime import datetime
from functools import partial
from uuid import UUID

from django.db import connection

from svoi.communities.queries import belongs
from svoi.communities.rules import NotOneOfUs
from svoi.control.events import PollArmed, PollClosed, PollFired
from svoi.control.models import Poll, PollVote
from svoi.control.queries.polls import poll_facts, stage_of_poll, tally_of, voted_for
from svoi.control.rules.polls import PollUnderWay, PollUnknown, Wish, admit_step, admit_vote, closes, read_wish
from svoi.db.outbox import record, wake_relay
from svoi.db.transaction import atomic
from svoi.members.models import Member
from svoi.shows.actions.locking import locked_open_show, locked_show
from svoi.shows.rules.airing import require_on_air


@atomic
def arm_poll(*, show_id: int, wish: Wish, by: Member, key: UUID, at: datetime) -> Poll:
    """Write a poll; the room does not know yet. The same key is the same poll.

    Raises `ShowEnded`, `ShowNotLive`, `PollUnfit`, `PollUnderWay`.
    """
    show = locked_open_show(show_id)
    require_on_air(show.stage())
    known = Poll.objects.filter(armed_by=by, key=key, show=show).first()
    if known is not None:
        return known
    wish = read_wish(wish)
    standing = Poll.objects.select_for_update(no_key=True).filter(show=show, closed_at=None).first()
    if standing is not None:
        if stage_of_poll(standing, at=at) != "over":
            raise PollUnderWay()
        _close(standing, by=None, at=at)
    poll = Poll.objects.create(
        show=show,
        question_ru=wish.question_ru,
        question_en=wish.question_en,
        options=[list(option) for option in wish.options],
        runs_s=wish.runs_s,
        armed_by=by,
        armed_at=at,
        key=key,
    )
    record(PollArmed(show_id=show_id, by_id=by.pk, poll_id=poll.pk))
    wake_relay()
    return poll


@atomic
def fire_poll(*, show_id: int, poll_id: int, seen: str, by: Member, at: datetime) -> Poll:
    """Ask the room. `seen` is the stage the presser saw. Raises `ShowNotLive`, `PollUnknown`, `PollMoved`."""
    require_on_air(locked_open_show(show_id).stage())
    poll = _locked(show_id, poll_id)
    admit_step(seen=seen, now=stage_of_poll(poll, at=at))
    if poll.fired_at is not None:
        return poll
    poll.fired_at, poll.fired_by, poll.closes_at = at, by, closes(fired_at=at, runs_s=poll.runs_s)
    poll.save(update_fields=["fired_at", "fired_by", "closes_at"])
    record(PollFired(show_id=show_id, by_id=by.pk, **poll_facts(poll)))
    wake_relay()
    return poll


@atomic
def close_poll(*, show_id: int, poll_id: int, seen: str, by: Member, at: datetime) -> Poll:
    """End a poll by hand: an open one with its results, one that was only written without a word.

    Raises `PollUnknown`, `PollMoved`.
    """
    locked_show(show_id)
    poll = _locked(show_id, poll_id)
    now = stage_of_poll(poll, at=at)
    if now == "closed":
        return poll
    admit_step(seen=seen, now=now)
    return _close(poll, by=by, at=at)


@atomic
def close_late_polls(*, at: datetime) -> int:
    """Close every poll whose time is over, and those of shows that ended; returns how many."""
    late = Poll.objects.filter(closed_at=None, fired_at__isnull=False, closes_at__lte=at)
    left = Poll.objects.filter(closed_at=None, show__ended_at__isnull=False)
    ids = sorted({*late.values_list("pk", flat=True), *left.values_list("pk", flat=True)})
    for poll in Poll.objects.select_for_update(no_key=True).filter(pk__in=ids, closed_at=None).order_by("pk"):
        _close(poll, by=None, at=at)
    return len(ids)


@atomic
def vote(*, poll_id: int, place: int, by: Member, at: datetime) -> PollVote:
    """Vote for the option at a place (0 is the first); a vote is final, the same vote again is the same vote.

    Voters never wait for each other; whoever closes the poll waits for them, so every vote that was taken is in the
    results. Raises `PollUnknown`, `NotOneOfUs`, `OptionUnknown`, `VotedAlready`, `PollNotOpen`.
    """
    _share(poll_id)
    poll = Poll.objects.select_related("show__community").filter(pk=poll_id, fired_at__isnull=False).first()
    if poll is None:
        raise PollUnknown()
    if not belongs(community=poll.show.community, member=by):
        raise NotOneOfUs()
    stage = "closed" if poll.show.ended_at else stage_of_poll(poll, at=at)
    admit = partial(admit_vote, stage=stage, place=place, options=len(poll.options))
    if admit(voted=voted_for(poll_id=poll_id, member_id=by.pk)):
        # The same member from two windows: the second waits for the first here, and is answered as if it came later.
        PollVote.objects.bulk_create([PollVote(poll=poll, member=by, place=place, voted_at=at)], ignore_conflicts=True)
        admit(voted=voted_for(poll_id=poll_id, member_id=by.pk))
    return PollVote.objects.get(poll=poll, member=by)


def _share(poll_id: int) -> None:
    """Until the end of this transaction nobody closes the poll; the table's guard asks for the same."""
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock_shared(hashtextextended('svoi_poll', %s))", [poll_id])


def _locked(show_id: int, poll_id: int) -> Poll:
    poll = Poll.objects.select_for_update(no_key=True).filter(pk=poll_id, show_id=show_id).first()
    if poll is None:
        raise PollUnknown()
    return poll


def _close(poll: Poll, *, by: Member | None, at: datetime) -> Poll:
    poll.closed_at, poll.closed_by = at, by
    poll.save(update_fields=["closed_at", "closed_by"])
    hand = by.pk if by else poll.fired_by_id or poll.armed_by_id
    if poll.fired_at is not None:
        counts = tally_of(poll)
        record(
            PollClosed(
                show_id=poll.show_id, by_id=hand, poll_id=poll.pk, raw=list(counts.raw), counted=list(counts.counted)
            )
        )
    wake_relay()
    return poll
