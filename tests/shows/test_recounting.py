"""Recounts: a replay weighs as the room did, what was taken off can come back, and all of it is logged."""

from __future__ import annotations

from datetime import timedelta
from io import StringIO
from uuid import uuid4

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, transaction

from svoi.db.models import OutboxEvent
from svoi.gateway.policy import RoomPolicy
from svoi.gateway.room import Room
from svoi.kernel.traces import UNKNOWN
from svoi.shows.actions.recounting import drop_old_traces, recount_after_end, recount_show
from svoi.shows.models import ChatMessage, MessageWeight, Reaction, Recount, Show, WatchBeat, WatchSample
from svoi.shows.queries.recounts import due_for_recount, standing_recount
from svoi.shows.queries.room import room_state
from svoi.shows.queries.strip import live_strip
from svoi.shows.rules.recounting import Deed, LimitUnknown, RecountTooLate, ShowNotOver, limits_with, replay
from svoi.shows.rules.weighing import Traces
from tests import cast
from tests.cast import NOON
from tests.gateway.crowd import Crowd
from tests.gateway.people import AT, BEAT_KEY

BEGAN = AT


class Recorded(Room):
    """A room that remembers its deeds as the records do."""

    deeds: list[Deed]

    def beat(self, holder, watch, beat, *, at):
        heard = super().beat(holder, watch, beat, at=at)
        if heard is not None:
            self.deeds.append(Deed(at, "beat", holder.viewer, holder.traces, heard.counted))
            self.sample(at)
        return heard

    def react(self, holder, *, at):
        taken = super().react(holder, at=at)
        if taken is not None:
            self.deeds.append(Deed(at, "reaction", holder.viewer, holder.traces))
        return taken

    def sample(self, at):
        count = self.tick(at=at)
        self.deeds.append(Deed(at, "sample", payload={"raw": count.raw, "present": self.presence.weighed.present}))


@pytest.mark.parametrize(("people", "gap_s", "traces"), [(60, 1.2, {"device": 1, "network": 2}), (220, 0.05, {})])
def test_a_replay_weighs_as_the_room_did(people, gap_s, traces):
    place = Recorded(7, beat_key=BEAT_KEY, policy=RoomPolicy(weights="live"))
    place.deeds = []
    crowd = Crowd(place, people, gap_s=gap_s, **traces)
    crowd.tap()
    place.sample(crowd.at)
    numbers = replay(7, place.deeds, reach=0.0, said=0)
    told = place.tally
    assert (numbers.peak_raw, numbers.peak_counted) == (people, told.viewers.peak)
    assert (numbers.reactions_raw, numbers.reactions_counted) == (told.hearts.raw, told.hearts.weighed)
    assert numbers.reasons == {"viewers": told.weights.why, "reactions": told.hearts.why, "messages": {}}
    assert (numbers.viewers_raw, numbers.viewers_counted) == (people, told.weights.weighed)
    assert numbers.viewers_counted < people


@pytest.fixture
def ended(table, anna) -> Show:
    """A show that is over: three honest viewers and a farm of six on one device, a heart and some words of each."""
    show = cast.live_show(table, anna)
    for number in range(9):
        device = 70 + number if number < 3 else 5
        who = {"show": show, "viewer": f"v{number}", "device": device, "weight": 2, "reasons": 0}
        for beat in range(1, 4):
            at = NOON + timedelta(seconds=beat * 10 + number / 10)
            WatchBeat.objects.create(at=at, playing=True, visible=True, counted=beat > 1, **who)
        Reaction.objects.create(at=NOON + timedelta(seconds=40 + number), **who)
        said_at, key = NOON + timedelta(seconds=50, milliseconds=number), uuid4()
        ChatMessage.objects.create(show=show, author=anna, seq=number + 1, text="!", key=key, said_at=said_at)
        MessageWeight.objects.create(at=said_at, key=key, **who)
    # Nobody weighed the last one.
    ChatMessage.objects.create(show=show, author=anna, seq=10, text="!", key=uuid4(), said_at=NOON)
    shown = {"present": 9, "weighed": 9, "mode": "live", "reactions_raw": 9, "reactions_counted": 9}
    shown |= {"messages_raw": 10, "messages_counted": 10}
    WatchSample.objects.create(show=show, at=NOON + timedelta(seconds=32), raw=10, counted=9, **shown)
    Show.objects.filter(pk=show.pk).update(ended_at=NOON + timedelta(minutes=1))
    return show


pytestmark = pytest.mark.django_db
LATER = NOON + timedelta(minutes=5)


def test_a_recount_lowers_what_is_shown_and_a_changed_rule_restores_it(ended):
    before = live_strip(show_id=ended.pk, at=LATER).room
    assert (before.unique, before.peak_counted, before.reactions_counted) == (9, 9, 9)
    recount = recount_show(show_id=ended.pk, why="after the end", at=LATER, dry_run=False)
    after = live_strip(show_id=ended.pk, at=LATER).room
    assert (after.unique, after.peak_counted, after.reactions_counted, after.reactions_raw) == (6, 6, 6, 9)
    assert (before.messages_counted, after.messages_counted, after.messages_raw) == (10, 7, 10)
    assert recount.reasons == {what: {"shared_device": 6} for what in ("viewers", "reactions", "messages")}
    assert room_state(show_id=ended.pk)["reactions"] == after.reactions_counted
    event = OutboxEvent.objects.get(kind="show_recounted")
    assert (event.payload["recount_id"], event.payload["viewers_counted"], event.payload["why"]) == (
        recount.pk, 6, "after the end",
    )  # fmt: skip
    assert (event.payload["messages_raw"], event.payload["messages_counted"]) == (10, 7)
    limits = {"device_accounts_max": 10}
    recount_show(show_id=ended.pk, why="the rule was wrong", at=LATER, dry_run=False, limits=limits)
    restored = live_strip(show_id=ended.pk, at=LATER).room
    assert (restored.unique, restored.messages_counted) == (9, 10)
    assert list(Recount.objects.order_by("pk").values_list("limits", "is_dry")) == [({}, False), (limits, False)]


def test_a_dry_run_is_logged_and_changes_nothing_shown(ended):
    recount_show(show_id=ended.pk, why="trial", at=LATER, dry_run=True)
    assert live_strip(show_id=ended.pk, at=LATER).room.unique == 9
    assert standing_recount(ended.pk) is None
    assert OutboxEvent.objects.filter(kind="show_recounted").count() == 0
    assert Recount.objects.get().viewers_counted == 6


def test_a_recount_is_never_changed_or_removed(ended):
    recount = recount_show(show_id=ended.pk, why="trial", at=LATER, dry_run=True)
    for change in (lambda: Recount.objects.update(viewers_counted=9), lambda: recount.delete()):
        with pytest.raises(DatabaseError, match="keeps facts"), transaction.atomic():
            change()


def test_what_cannot_be_recounted_is_refused_and_nothing_is_written(ended, table, anna):
    with pytest.raises(ShowNotOver), transaction.atomic():
        recount_show(show_id=cast.live_show(table, anna).pk, why="", at=LATER, dry_run=True)
    with pytest.raises(RecountTooLate), transaction.atomic():
        recount_show(show_id=ended.pk, why="", at=NOON + timedelta(days=91), dry_run=True)
    for wrong in ({"nothing": 1}, {"device_accounts_max": 1.5}, {"pairs_max": 1_000}):
        with pytest.raises(LimitUnknown), transaction.atomic():
            recount_show(show_id=ended.pk, why="", at=LATER, dry_run=True, limits=wrong)
    assert Recount.objects.count() == 0
    assert limits_with({"window_s": 60}).window_s == 60.0


def test_the_clock_recounts_an_ended_show_once_and_only_tries_it_in_the_shadow(ended):
    assert due_for_recount(at=NOON + timedelta(minutes=2)) == []
    assert due_for_recount(at=LATER) == [ended.pk]
    for show_id in due_for_recount(at=LATER):
        recount_after_end(show_id=show_id, at=LATER)
    assert due_for_recount(at=LATER) == []
    assert [(one.is_dry, one.why) for one in Recount.objects.all()] == [(False, "after the end")]


def test_in_the_shadow_the_clock_only_tries(ended):
    WatchSample.objects.update(mode="shadow")
    recount_after_end(show_id=ended.pk, at=LATER)
    assert Recount.objects.get().is_dry
    room = live_strip(show_id=ended.pk, at=LATER).room
    assert (room.unique, room.mode, room.why) == (9, "shadow", {"shared_device": 6})


def test_traces_are_dropped_after_ninety_days_and_nothing_else(ended):
    assert drop_old_traces(at=NOON + timedelta(days=89)) == 0
    assert drop_old_traces(at=NOON + timedelta(days=91)) == 27 + 9 + 9
    assert WatchBeat.objects.filter(device=None, network=None, weight=2).count() == 27
    assert drop_old_traces(at=NOON + timedelta(days=91)) == 0


def test_the_command_tells_before_and_after_with_the_reasons(ended):
    told = StringIO()
    call_command("recount_show", ended.pk, "--dry-run", "--language", "en", stdout=told)
    lines = told.getvalue().splitlines()
    assert lines[:4] == [
        "Viewers: 9 before, 6 now, of 9.",
        "Peak: 9 before, 6 now, of 10.",
        "Reactions: 9 before, 6 now, of 9.",
        "Messages: 10 before, 7 now, of 10.",
    ]
    assert lines[4].startswith("  viewers: 6 · share a device")
    call_command(
        "recount_show", ended.pk, "--dry-run", "--limits", "device_accounts_max=9", "--language=ru", stdout=told
    )
    assert told.getvalue().splitlines()[len(lines)] == "Зрители: было 9, стало 9 из 9."
    with pytest.raises(CommandError, match="nothing"), transaction.atomic():
        call_command("recount_show", ended.pk, "--limits", "nothing=1", "--language=en")
    with pytest.raises(CommandError, match="no show"):
        call_command("recount_show", 10**9, "--language=en")


def test_unknown_traces_are_no_evidence():
    deeds = [Deed(BEGAN + number, "beat", f"v{number}", Traces(UNKNOWN, UNKNOWN), True) for number in range(50)]
    assert replay(7, deeds, reach=0, said=0).viewers_counted == 50
