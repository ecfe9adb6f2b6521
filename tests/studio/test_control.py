"""The control room in the console: who finds what, what each form does, and what a refusal says."""

from __future__ import annotations

import re
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone, translation

from svoi.control.actions.duties import state_duties
from svoi.control.actions.steering import take_control
from svoi.control.models import Answer, CrewNote, Cue, Duties, Hold, Incident, MessagePin, Poll
from svoi.db.models import OutboxEvent
from svoi.shows.models import MessageHiding, Mute, Show
from svoi.studio.control.words import DEED_WORDS
from svoi.studio.control_urls import urlpatterns
from tests import cast
from tests.rundowns.desk import plan, written
from tests.studio.stage import said, send, signed

# A refusal takes its transaction with it, as a request does.
pytestmark = pytest.mark.django_db(transaction=True)

POLL = {"question_ru": "Какой?", "option_ru_0": "Синий", "option_ru_1": "Белый", "runs_s": "60"}
# Method, address and fields: what the whole crew finds, what a host finds besides, what only those who run shows do.
KEPT = [
    ("get", "control", {}),
    ("get", "plan", {}),
    ("get", "log", {}),
    ("get", "trend", {}),
    ("get", "trend/table", {}),
    ("get", "notes", {}),
    ("post", "notes", {"text": "Свет"}),
    ("get", "incidents", {}),
    ("post", "incidents", {"kind": "technical", "note": "Звук"}),
    ("post", "incidents/steps", {"do": "slow"}),
    ("get", "questions", {}),
    ("post", "questions", {"message": "{message}"}),
    ("post", "message", {"do": "pin", "message": "{message}"}),
    ("post", "message", {"do": "unpin"}),
    ("get", "polls", {}),
    ("get", "allotments", {}),
    ("get", "prompter", {}),
    ("get", "prompter/now", {}),
]
CUED = [
    ("post", "hold", {"do": "take"}),
    ("post", "hold", {"do": "stay"}),
    ("post", "cues", {"segment": "{segment}"}),
    ("post", "hold", {"do": "release"}),
]
RUN = [
    ("get", "duties", {}),
    ("post", "duties", {"member": "{keeper}", "where": "show", "do": "state", "act": "hide"}),
    ("post", "notes", {"text": "Крупнее", "audience": "host"}),
    ("post", "allotments/{product}", {"do": "set", "pieces": "5", "reason": "plan"}),
    ("post", "polls", POLL),
    ("post", "polls/{poll}", {"do": "fire", "seen": "armed"}),
]
EVERYTHING = [*KEPT, *CUED, *RUN]
Door = tuple[str, str, dict[str, str]]


@pytest.fixture
def host(table):
    return cast.joins(cast.member("Olga"), table, "host")


@pytest.fixture
def places(show: Show, anna, vera, keeper) -> dict[str, int]:
    rundown = plan(show, anna)
    first = written(rundown, anna, title_ru="Привет")
    message = said(show, vera, "Где?")
    towel = show.tray.order_by("-position").first().product_id
    return {
        "show": show.pk,
        "message": message.pk,
        "segment": first.pk,
        "keeper": keeper.pk,
        "poll": 0,
        "product": towel,
    }


def ask(browser: Client, door: Door, places: dict[str, int]) -> int:
    method, part, fields = door
    if "{poll}" in part:
        places = {**places, "poll": Poll.objects.values_list("pk", flat=True).first() or 1}
    filled = {name: value.format(**places) for name, value in fields.items()}
    return send(browser, method, f"/studio/shows/{places['show']}/{part.format(**places)}", filled).status_code


def rows() -> list[int]:
    return [model.objects.count() for model in (Answer, CrewNote, Cue, Duties, Hold, Incident, MessagePin, Poll)]


def words(answer) -> str:
    return re.sub(r"\s+", " ", answer.content.decode())


def code(answer) -> str:
    found = re.search(r'data-refused="(\w+)"', answer.content.decode())
    return found[1] if found else ""


def test_every_address_is_tried_here():
    tried = {re.sub(r"\{\w+\}", "*", part) for _, part, _ in EVERYTHING}
    known = {re.sub("<[^>]+>", "*", str(one.pattern)).removeprefix("shows/*/") for one in urlpatterns}
    assert known == tried


def test_whoever_runs_the_show_finds_everything(anna, places):
    browser = signed(anna)
    assert [(door[:2], ask(browser, door, places)) for door in EVERYTHING] == [(door[:2], 200) for door in EVERYTHING]
    assert rows() == [1, 2, 1, 1, 2, 1, 1, 1]


def test_a_host_steers_and_does_not_run(host, places):
    browser = signed(host)
    assert {ask(browser, door, places) for door in [*KEPT, *CUED]} == {200}
    before = rows()
    assert {ask(browser, door, places) for door in RUN} == {404}
    assert rows() == before


def test_a_moderator_keeps_order_and_does_not_steer(keeper, places):
    browser = signed(keeper)
    assert {ask(browser, door, places) for door in KEPT} == {200}
    before = rows()
    assert {ask(browser, door, places) for door in [*CUED, *RUN]} == {404}
    assert rows() == before


@pytest.mark.parametrize("belongs", [False, True])
def test_a_stranger_and_a_plain_member_find_nothing(dmitri, table, places, belongs):
    if belongs:
        cast.joins(dmitri, table)
    facts = OutboxEvent.objects.count()
    assert {ask(signed(dmitri), door, places) for door in EVERYTHING} == {404}
    assert (rows(), OutboxEvent.objects.count()) == ([0] * 8, facts)


def test_the_crew_of_another_community_finds_nothing(gleb, places):
    cast.community(gleb, slug="lair")
    assert {ask(signed(gleb), door, places) for door in EVERYTHING} == {404}
    assert rows() == [0] * 8


def test_a_visitor_is_sent_to_sign_in(places):
    assert {ask(Client(), door, places) for door in EVERYTHING} == {401}
    assert rows() == [0] * 8


@pytest.mark.parametrize(
    ("part", "fields"),
    [
        ("hold", {}),
        ("hold", {"do": "steal"}),
        ("cues", {"segment": "x" * 40}),
        ("duties", {"member": "1", "where": "everywhere", "do": "state"}),
        ("questions", {"message": "-1"}),
        ("message", {"do": "pin", "message": "9" * 40}),
        ("polls/1", {"do": "destroy"}),
    ],
)
def test_what_no_page_sends_is_unreadable_and_changes_nothing(anna, places, part, fields):
    answer = send(signed(anna), "post", f"/studio/shows/{places['show']}/{part}", fields)
    assert (answer.status_code, code(answer), rows()) == (422, "unreadable", [0] * 8)


# --- Duties -----------------------------------------------------------------------------------------------------------


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


# --- Steering ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("method", "part", "fields"),
    [("post", "end", {}), ("post", "break", {}), ("post", "cues", {"segment": "{segment}"}), ("post", "polls", POLL)],
)
def test_a_second_pair_of_hands_is_refused_with_who_steers(anna, gleb, table, show, places, method, part, fields):
    cast.joins(gleb, table, "producer")
    take_control(show_id=show.pk, seen=None, by=anna, at=timezone.now())
    filled = {name: value.format(**places) for name, value in fields.items()}
    address, before = f"/studio/shows/{show.pk}/{part}", rows()
    answer = send(signed(gleb), method, address, filled)
    assert (answer.status_code, code(answer), "Anna" in words(answer)) == (409, "control_held", True)
    assert (rows(), Show.objects.get(pk=show.pk).ended_at) == (before, None)
    seen = Hold.objects.get(ended_at=None).pk
    assert send(signed(gleb), "post", f"/studio/shows/{show.pk}/hold", {"do": "take", "seen": seen}).status_code == 200
    assert send(signed(gleb), method, address, filled).status_code == 200


def test_what_needs_one_hand_is_not_asked_of_the_others(anna, gleb, table, show, towel, places):
    """The tray, the chat and notes are everybody's at once."""
    cast.joins(gleb, table, "producer")
    take_control(show_id=show.pk, seen=None, by=anna, at=timezone.now())
    other = signed(gleb)
    assert send(other, "put", f"/studio/shows/{show.pk}/pin", {"product": str(towel.product_id)}).status_code == 200
    assert {ask(other, door, places) for door in KEPT} == {200}


def test_the_panel_says_who_steers_and_offers_the_way(anna, gleb, keeper, table, show, places):
    cast.joins(gleb, table, "producer")
    address = f"/studio/shows/{show.pk}/control"
    assert 'id="hold-take"' in words(send(signed(gleb), "get", address, {}))
    take_control(show_id=show.pk, seen=None, by=anna, at=timezone.now())
    hers, his, watching = (words(send(signed(one), "get", address, {})) for one in (anna, gleb, keeper))
    assert ('id="hold-release"' in hers, 'id="hold-stay"' in hers, 'id="hold-take"' in hers) == (True, True, False)
    assert ("Anna" in his, 'id="hold-take"' in his, 'id="hold-stay"' in his) == (True, True, False)
    assert ("Anna" in watching, "<form" in watching) == (True, False)


def test_plain_forms_come_back_to_the_console_and_refusals_are_pages(anna, gleb, table, show, places):
    cast.joins(gleb, table, "producer")
    answer = signed(anna).post(f"/studio/shows/{show.pk}/hold", {"do": "take"})
    assert (answer.status_code, answer["Location"]) == (302, f"/studio/shows/{show.pk}/")
    refused = signed(gleb).post(f"/studio/shows/{show.pk}/cues", {"segment": places["segment"]})
    assert (refused.status_code, code(refused), "<html" in words(refused)) == (409, "control_held", True)


# --- The rundown ------------------------------------------------------------------------------------------------------


def test_the_next_button_carries_what_was_seen(anna, show, places):
    browser, address = signed(anna), f"/studio/shows/{show.pk}/cues"
    second = written(show.rundown, anna, title_ru="Кружка")
    send(browser, "post", address, {"segment": places["segment"], "seen": ""})
    stale = send(browser, "post", address, {"segment": second.pk, "seen": ""})
    assert (stale.status_code, code(stale), "Привет" in words(stale), Cue.objects.count()) == (
        409,
        "cue_moved",
        True,
        1,
    )
    panel = words(send(browser, "get", f"/studio/shows/{show.pk}/control", {}))
    seen = re.search(r'name="seen" value="(\d+)"> .*?id="cue-next" name="segment" value="(\d+)"', panel)
    assert seen.groups() == (str(Cue.objects.get().pk), str(second.pk))
    assert send(browser, "post", address, {"segment": seen[2], "seen": seen[1]}).status_code == 200
    assert list(Cue.objects.order_by("pk").values_list("segment_id", flat=True)) == [places["segment"], second.pk]


def test_the_product_of_the_running_segment_is_one_press_away(anna, show, towel, places):
    browser = signed(anna)
    about = written(show.rundown, anna, kind="product", title_ru="Полотенце", product_id=towel.product_id)
    send(browser, "post", f"/studio/shows/{show.pk}/cues", {"segment": about.pk})
    panel = words(send(browser, "get", f"/studio/shows/{show.pk}/control", {}))
    assert re.search(r'id="cue-pin".*?"product": "(\d+)"', panel)[1] == str(towel.product_id)
    send(browser, "put", f"/studio/shows/{show.pk}/pin", {"product": str(towel.product_id)})
    assert 'id="cue-pin"' not in words(send(browser, "get", f"/studio/shows/{show.pk}/control", {}))


def test_the_panel_is_read_in_the_same_number_of_queries(anna, show, places):
    browser, address = signed(anna), f"/studio/shows/{show.pk}/control"
    send(browser, "post", f"/studio/shows/{show.pk}/cues", {"segment": places["segment"]})
    with CaptureQueriesContext(connection) as one:
        send(browser, "get", address, {})
    for _ in range(2):
        written(show.rundown, anna)
    with CaptureQueriesContext(connection) as three:
        send(browser, "get", address, {})
    assert len(three) == len(one)


# --- The log, notes, incidents ----------------------------------------------------------------------------------------


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


# --- Meeting somebody else's work -------------------------------------------------------------------------------------


def test_chat_rules_over_rules_nobody_saw_are_refused(anna, keeper, show):
    address = f"/studio/shows/{show.pk}/policy"
    seen = re.search(r'name="seen" value="([\w-]+)"', words(send(signed(anna), "get", address, {})))[1]
    fields = {"slow_mode_s": "5", "length_max": "100", "open_": "on", "seen": seen}
    assert send(signed(keeper), "post", address, fields).status_code == 200
    stale = send(signed(anna), "post", address, {**fields, "slow_mode_s": "30"})
    assert (stale.status_code, code(stale), "Boris" in words(stale)) == (409, "policy_moved", True)
    assert Show.objects.get(pk=show.pk).slow_mode_s == 5


def test_a_move_in_a_tray_nobody_saw_is_refused(anna, gleb, table, show, towel, mug):
    cast.joins(gleb, table, "producer")
    tray = words(send(signed(anna), "get", f"/studio/shows/{show.pk}/tray", {}))
    seen = re.search(r'"seen": "([\d-]+)"', tray)[1]
    move = {"position": "0", "seen": seen}
    assert send(signed(gleb), "put", f"/studio/shows/{show.pk}/tray/{towel.product_id}", move).status_code == 200
    stale = send(signed(anna), "put", f"/studio/shows/{show.pk}/tray/{mug.product_id}", {**move, "position": "1"})
    assert (stale.status_code, code(stale), "Gleb" in words(stale)) == (409, "tray_moved", True)


def test_a_poll_somebody_else_fired_is_not_closed_unseen(anna, show):
    browser = signed(anna)
    send(browser, "post", f"/studio/shows/{show.pk}/polls", POLL)
    address = f"/studio/shows/{show.pk}/polls/{Poll.objects.get().pk}"
    assert send(browser, "post", address, {"do": "fire", "seen": "armed"}).status_code == 200
    stale = send(browser, "post", address, {"do": "close", "seen": "armed"})
    assert (stale.status_code, code(stale), Poll.objects.get().closed_at) == (409, "poll_moved", None)
    assert send(browser, "post", address, {"do": "close", "seen": "open"}).status_code == 200
    assert Poll.objects.get().closed_at > timezone.now() - timedelta(minutes=1)
