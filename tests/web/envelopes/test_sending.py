"""Sending an envelope to a community: written, looked over, sent once."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from svoi.communities.models import Community
from svoi.envelopes.models import Envelope
from svoi.members.models import Member
from tests.cast import joins, member, recorded
from tests.envelopes.purse import balance, fund
from tests.web.envelopes.table import browser_of, given, old_member, words

# A refusal undoes its transaction: pages that go on reading after one need a test without a transaction round it.
pytestmark = pytest.mark.django_db(transaction=True)
NEW = "/c/table/envelopes/new/"


def typed(**changes: Any) -> dict[str, Any]:
    filled = {
        "mode": "equal",
        "purse": "own",
        "total": "60",
        "shares": "3",
        "greeting": "С праздником",
        "key": str(uuid4()),
    }
    return {**filled, **changes}


@pytest.fixture
def sender(table: Community, vera: Member) -> Member:
    """Vera, long enough among us, with a hundred points."""
    old_member(table, vera)
    given(table, vera, 100)
    return vera


def test_she_looks_it_over_and_sends_it_once(table: Community, sender: Member) -> None:
    browser, form = browser_of(sender), typed()
    assert "У вас здесь 100 баллов." in words(browser.get(NEW))
    sure = words(browser.post(NEW, {**form, "do": "check"}))
    assert "С вашего счёта уйдёт 60 баллов; останется 40 баллов." in sure
    assert ("60 баллов, 3 доли, поровну" in sure, Envelope.objects.count()) == (True, 0)
    for _ in range(2):
        answer = browser.post(NEW, {**form, "do": "send"})
        assert answer["Location"] == f"/envelopes/{Envelope.objects.get().reference}/"
    envelope = Envelope.objects.get()
    assert (envelope.place, envelope.place_id, envelope.greeting) == ("community", table.pk, "С праздником")
    assert balance(f"points:{table.pk}:{sender.pk}") == 40
    assert recorded("envelope_sent")[0][1]["reference"] == str(envelope.reference)


def test_what_she_wants_to_change_comes_back_filled_in(table: Community, sender: Member) -> None:
    page = words(browser_of(sender).post(NEW, {**typed(total="77"), "do": "change"}))
    assert ('value="77"' in page, 'value="С праздником"' in page, Envelope.objects.count()) == (True, True, 0)


def test_only_the_crew_is_offered_the_budget(table: Community, anna: Member, sender: Member) -> None:
    fund(table, 500)
    assert "Бюджет сообщества" not in words(browser_of(sender).get(NEW))
    assert "В бюджете 500 баллов." in words(browser_of(anna).get(NEW))
    assert browser_of(sender).post(NEW, {**typed(purse="budget"), "do": "send"}).status_code == 422
    browser_of(anna).post(NEW, {**typed(purse="budget"), "do": "send"})
    assert (Envelope.objects.get().purse, balance(f"budget:{table.pk}")) == ("budget", 440)


def test_those_named_are_found_by_name_and_alone_on_the_list(table: Community, sender: Member) -> None:
    boris, dmitri = joins(member("Boris"), table), member("Dmitri")
    browser, form = browser_of(sender), typed(mode="addressed", shares="")
    assert "Boris" not in words(browser.post(NEW, {**form, "do": "find", "q": ""}))
    found = words(browser.post(NEW, {**form, "do": "find", "q": "bor"}))
    assert (f'value="{boris.pk}"><span><bdi>Boris' in found, "Dmitri" in found) == (True, False)
    assert "больше никого" in words(browser.post(NEW, {**form, "do": "find", "q": "dmi"})).lower()
    chosen = {**form, "guests": [str(boris.pk), str(dmitri.pk)]}
    sure = words(browser.post(NEW, {**chosen, "do": "check"}))
    assert ("<bdi>Boris</bdi>" in sure, "1 доля" in sure, "Dmitri" in sure) == (True, True, False)
    browser.post(NEW, {**chosen, "do": "send"})
    assert list(Envelope.objects.get().guests.values_list("member_id", flat=True)) == [boris.pk]


def test_many_of_one_name_come_page_by_page(table: Community, sender: Member) -> None:
    for number in range(21):
        joins(Member.objects.create(name=f"Мария {number:02}", email=f"m{number}@example.com"), table)
    browser, form = browser_of(sender), {**typed(mode="addressed"), "q": "Мария"}
    first = words(browser.post(NEW, {**form, "do": "find"}))
    assert ("Мария 19" in first, "Мария 20" in first, 'name="start" value="20"' in first) == (True, False, True)
    assert "Мария 20" in words(browser.post(NEW, {**form, "do": "more", "start": "20"}))


@pytest.mark.parametrize(
    ("changes", "status", "russian", "english"),
    [
        ({"total": "2"}, 422, "Баллы и доли не сходятся.", "The points do not fit the shares."),
        ({"total": "61"}, 422, "Поровну не делится.", "Equal shares do not come out even."),
        ({"mode": "addressed"}, 422, "Баллы и доли не сходятся.", "The points do not fit the shares."),
        ({"greeting": "я" * 141}, 422, "Пожелание слишком длинное.", "The greeting is too long."),
        ({"total": "120"}, 409, "В этом кошельке 100 баллов.", "In this purse there are 100 points."),
    ],
)
@pytest.mark.parametrize("step", ["check", "send"])
def test_what_does_not_fit_is_said_at_its_field_and_nothing_is_sent(
    table: Community, sender: Member, step: str, changes: dict[str, str], status: int, russian: str, english: str
) -> None:
    for language, said in (("ru", russian), ("en", english)):
        Member.objects.filter(pk=sender.pk).update(language=language)
        answer = browser_of(sender).post(NEW, {**typed(**changes), "do": step})
        assert (answer.status_code, said in words(answer)) == (status, True)
    assert (Envelope.objects.count(), balance(f"points:{table.pk}:{sender.pk}")) == (0, 100)


def test_a_second_one_waits_and_a_newcomer_too(table: Community, sender: Member) -> None:
    browser = browser_of(sender)
    browser.post(NEW, {**typed(total="30"), "do": "send"})
    soon = browser.post(NEW, {**typed(total="30"), "do": "check"})
    assert (soon.status_code, "Вы только что отправили гостинец." in words(soon)) == (429, True)
    newcomer = joins(member("Boris"), table)
    early = browser_of(newcomer).post(NEW, {**typed(), "do": "check"})
    assert (early.status_code, "Вы с нами ещё недолго." in words(early)) == (403, True)
    assert Envelope.objects.count() == 1


def test_who_does_not_belong_is_led_to_the_door(client: Client, table: Community, dmitri: Member) -> None:
    assert client.get(NEW)["Location"] == "/sign-in?next=%2Fc%2Ftable%2Fenvelopes%2Fnew%2F"
    assert browser_of(dmitri).post(NEW, {**typed(), "do": "send"})["Location"] == (
        "/c/table/memberships?next=%2Fc%2Ftable%2Fenvelopes%2Fnew%2F"
    )
    assert Envelope.objects.count() == 0
