"""The crew in the control room: duties, the log, notes and incidents."""

from __future__ import annotations

import re
from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone, translation

from svoi.control.actions.duties import state_duties
from svoi.control.models import CrewNote, Duties, Incident
from svoi.db.models import OutboxEvent
from svoi.shows.models import MessageHiding, Mute
from svoi.studio.control.words import DEED_WORDS
from tests.studio.control.panel import POLL, code, rows, words
from tests.studio.stage import send, signed

# A refusal takes its transaction with it, as a request does.
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.parametrize(
    ("act", "part", "fields"),
    [
        ("hide", "messages/{message}/hidden", {}),
        ("mute", "mutes", {"member": "{author}"}),
        ("policy", "policy", {"slow_mode_s": "5", "length_max": "100"}),
        ("pin", "message", {"do": "pin", "message": "{message}"}),
        ("answer", "questions", {"message": "{message}"}),
        ("incident", "incidents", {"kind": "technical", "note": "Звук"}),
    ],
)
def test_a_moderator_without_the_duty_is_told_so_and_nothing_changes(
    anna, vera, keeper, show, places, act, part, fields
):
    duties = {"show_id": show.pk, "member_id": keeper.pk, "everywhere": False, "by": anna, "at": timezone.now()}
    state_duties(acts=[], **duties)
    filled = {name: value.format(**places, author=vera.pk) for name, value in fields.items()}
    door = (signed(keeper), "post", f"/studio/shows/{show.pk}/{part.format(**places)}", filled)
    facts = OutboxEvent.objects.count()
    refused = send(*door)
    assert (refused.status_code, code(refused)) == (403, "not_granted")
    assert (OutboxEvent.objects.count(), MessageHiding.objects.count(), Mute.objects.count()) == (facts, 0, 0)
    state_duties(acts=[act], **duties)
    assert send(*door).status_code == 200


def test_duties_are_shown_with_who_stated_them_and_taken_back(anna, keeper, show):
    browser, address = signed(anna), f"/studio/shows/{show.pk}/duties"
    send(browser, "post", address, {"member": keeper.pk, "where": "community", "do": "state", "act": ["mute", "hide"]})
    stated = Duties.objects.get()
    assert (stated.acts, stated.show_id, stated.given_by_id) == (["hide", "mute"], None, anna.pk)
    with translation.override("en"):
        shown = words(send(browser, "get", address, {}))
    assert "stated for the community by Anna" in shown or "для сообщества" in shown
    assert len(re.findall(" checked>", shown)) == 2
    send(browser, "post", address, {"member": keeper.pk, "where": "community", "do": "back"})
    assert Duties.objects.filter(ended_at=None).count() == 0


def test_every_kind_in_the_log_has_words():
    from svoi.control.queries.log import WHO

    assert set(DEED_WORDS) == set(WHO)


def test_the_log_is_read_by_the_crew_and_written_by_nobody(anna, keeper, show):
    send(signed(anna), "post", f"/studio/shows/{show.pk}/break", {})
    shown = words(send(signed(keeper), "get", f"/studio/shows/{show.pk}/log", {}))
    assert re.findall(r"<bdi>(\w+)</bdi>", shown) == ["Anna", "Anna"]
    for method in ("post", "put", "delete", "patch"):
        assert getattr(signed(anna), method)(f"/studio/shows/{show.pk}/log").status_code == 405


def test_a_note_to_the_host_stands_on_the_prompter_and_not_in_the_room(anna, host, show, places):
    send(signed(anna), "post", f"/studio/shows/{show.pk}/notes", {"text": "Крупнее <b>кружку</b>", "audience": "host"})
    shown = words(send(signed(host), "get", f"/studio/shows/{show.pk}/prompter/now", {}))
    assert "Крупнее &lt;b&gt;кружку&lt;/b&gt;" in shown
    for address in (f"/shows/{show.pk}/", f"/shows/{show.pk}/room.json"):
        assert "Крупнее" not in Client().get(address).content.decode()


def test_pressing_twice_is_one_note_and_one_report(anna, show):
    for part, fields in (("notes", {"text": "Свет"}), ("incidents", {"kind": "claim", "note": "Не то"})):
        key = str(uuid4())
        for _ in range(2):
            assert (
                send(signed(anna), "post", f"/studio/shows/{show.pk}/{part}", {**fields, "key": key}).status_code == 200
            )
    assert (CrewNote.objects.count(), Incident.objects.count()) == (1, 1)


@pytest.mark.parametrize(
    ("part", "fields", "told"),
    [
        ("notes", {"text": " "}, "note_empty"),
        ("notes", {"text": "я" * 281}, "note_too_long"),
        ("notes", {"text": "a", "audience": "all"}, "audience_unknown"),
        ("incidents", {"kind": "fire", "note": "a"}, "incident_unknown"),
        ("incidents", {"kind": "claim", "note": ""}, "note_empty"),
        ("polls", {**POLL, "option_ru_1": ""}, "poll_unfit"),
        ("polls", {**POLL, "runs_s": "9"}, "poll_unfit"),
    ],
)
def test_what_does_not_fit_is_refused_in_words(anna, show, part, fields, told):
    answer = send(signed(anna), "post", f"/studio/shows/{show.pk}/{part}", fields)
    assert (answer.status_code, code(answer), rows()) == (422, told, [0] * 8)
