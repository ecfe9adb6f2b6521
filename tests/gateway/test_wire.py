"""What browsers are told of a fact: the fields of the list, in the words of each audience, and nothing else."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest

from svoi.catalog import events as catalog_events
from svoi.control import events as control_events
from svoi.envelopes import events as envelope_events
from svoi.flash import events as flash_events
from svoi.gateway.wire import WORDINGS, Frame, chat_frame, fact_frame, hidden_frame
from svoi.kernel.events import Event
from svoi.orders.events import OrderPaid
from svoi.rundowns import events as rundown_events
from svoi.shows import events
from tests.gateway.people import BORIS, NOON, VERA, fact, lines, said

AT_MS = int((NOON + timedelta(seconds=4)).timestamp() * 1000)


def told(frame: Frame) -> tuple[dict[str, object] | None, dict[str, object] | None]:
    public = json.loads(frame.public) if frame.public is not None else None
    crew = json.loads(frame.crew) if frame.crew is not None else None
    return public, crew


def test_a_purchase_is_told_without_money_to_the_public_and_with_money_to_the_crew() -> None:
    paid = fact(4, "order_paid", order_id=9, buyer_id=3, total_minor=149_000, product_id=5, quantity=2, name=None)
    public = {"t": "fact", "n": 4, "kind": "someone_bought", "at": AT_MS, "name": None, "product_id": 5, "quantity": 2}
    assert told(fact_frame(paid)) == (public, {**public, "total_minor": 149_000})


def test_a_mute_is_told_to_the_crew_and_to_the_muted_one() -> None:
    frame = fact_frame(fact(4, "member_muted", member_id=1, muted_by_id=2, until=None))
    head = {"t": "fact", "n": 4, "kind": "member_muted", "at": AT_MS}
    assert told(frame) == (None, {**head, "member_id": 1, "muted_by_id": 2, "until": None})
    assert json.loads(frame.said_to(crew=False, member_id=1) or b"") == {**head, "member_id": 1, "until": None}
    assert frame.said_to(crew=False, member_id=3) is None


@pytest.mark.parametrize("kind", ["order_placed", "show_scheduled", "something_new"])
def test_a_kind_that_is_not_listed_takes_its_place_and_is_told_to_nobody(kind: str) -> None:
    assert fact_frame(fact(4, kind, secret="x")) == Frame("facts", 4, None, None)


@pytest.mark.parametrize("kind", ["rundown_changed", "segment_approved", "segment_sent_back"])
def test_nothing_of_a_rundown_is_told_in_the_room(kind: str) -> None:
    """Not even that it changed: the room is public, and what is planned is not."""
    frame = fact_frame(fact(4, kind, show_id=1, rundown_id=2, version=3, segment_id=5, by_id=6))
    assert (frame.public, frame.personal) == (None, None)


def test_who_hid_a_message_is_for_the_crew() -> None:
    public, crew = told(fact_frame(fact(4, "message_hidden", message_id=8, hidden_by_id=2)))
    head = {"t": "fact", "n": 4, "kind": "message_hidden", "at": AT_MS, "message_id": 8}
    assert (public, crew) == (head, {**head, "hidden_by_id": 2})


def test_every_wording_names_fields_that_its_event_has() -> None:
    rooms = (catalog_events, events, flash_events, envelope_events, rundown_events, control_events)
    known = [each for room in rooms for each in vars(room).values()]
    kinds = {each.kind: each for each in known if isinstance(each, type) and issubclass(each, Event)} | {
        "order_paid": OrderPaid
    }
    listed = {(kind, name) for kind, wording in WORDINGS.items() for name in (wording.public or ()) + wording.crew}
    unknown = {(kind, name) for kind, name in listed if name not in kinds[kind].__dataclass_fields__}
    assert unknown == set()


@pytest.mark.parametrize(
    "kind",
    [
        "rundown_changed",
        "segment_cued",
        "control_taken",
        "control_released",
        "duties_set",
        "incident_reported",
        "note_left",
        "question_answered",
        "poll_armed",
    ],
)
def test_what_the_crew_does_among_itself_is_told_to_no_viewer(kind: str) -> None:
    """Whatever its payload: neither as the public nor as anybody named in it."""
    frame = fact_frame(fact(4, kind, by_id=2, member_id=3, text="secret", audience="host"))
    assert [frame.said_to(crew=False, member_id=one) for one in (0, 2, 3)] == [None, None, None]
    crew = json.loads(frame.crew or b"{}")
    assert (crew["kind"], "text" in crew) == (kind, False)


def test_a_pinned_message_is_told_by_its_number_alone() -> None:
    public, crew = told(fact_frame(fact(4, "message_pinned", message_id=8, by_id=2, text="secret")))
    head = {"t": "fact", "n": 4, "kind": "message_pinned", "at": AT_MS, "message_id": 8}
    assert (public, crew) == (head, {**head, "by_id": 2})


def test_a_message() -> None:
    assert lines(chat_frame(said(3, BORIS, "Привет", key=5)).public or b"") == [
        {
            "t": "chat",
            "n": 3,
            "id": 1003,
            "by": {"id": 2, "name": "Boris", "role": "moderator"},
            "text": "Привет",
            "at": int((NOON + timedelta(seconds=3)).timestamp() * 1000),
            "media": None,
            "k": "00000000-0000-0000-0000-000000000005",
        }
    ]


def test_of_a_hidden_message_only_the_place_is_told() -> None:
    assert chat_frame(said(3, VERA, hidden=True)) == hidden_frame(3, 1003)
    assert lines(hidden_frame(3, 1003).public or b"") == [{"t": "chat", "n": 3, "id": 1003, "hidden": True}]
