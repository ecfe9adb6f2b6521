"""Envelopes in the studio: armed by one press, sent by the next; limits for owners alone."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone

from svoi.envelopes.models import Envelope
from svoi.envelopes.queries import limits_of
from svoi.envelopes.rules import Limits
from svoi.members.models import Member
from svoi.shows.models import Show, WatchBeat
from tests import cast
from tests.envelopes.purse import balance, fund
from tests.studio.stage import send, signed

# A refusal undoes its transaction: pages that go on reading after one need a test without a transaction round it.
pytestmark = pytest.mark.django_db(transaction=True)


def words(answer: Any) -> str:
    return " ".join(answer.content.decode().replace("\u00a0", " ").replace("\u202f", " ").split())


def typed(**changes: str) -> dict[str, str]:
    filled = {"mode": "random", "total": "100", "shares": "5", "minutes": "1", "greeting": "К чаю", "key": str(uuid4())}
    return {**filled, **changes}


def press(browser: Client, show: Show, fields: dict[str, str], do: str) -> Any:
    return send(browser, "post", f"/studio/shows/{show.pk}/envelopes", {**fields, "do": do})


def hidden_in(answer: Any) -> dict[str, str]:
    """What the armed form carries to the second press."""
    return dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', answer.content.decode()))


def test_the_first_press_shows_and_the_second_sends(table, anna, show):
    fund(table, 500)
    browser = signed(anna)
    assert "В бюджете: 500." in words(browser.get(f"/studio/shows/{show.pk}/"))
    armed = press(browser, show, typed(), "arm")
    for said in ("Взведено. Вот что уйдёт:", "<dd>100</dd>", "5, по жребию", "<dd>400</dd>", "К чаю"):
        assert said in words(armed)
    assert (Envelope.objects.count(), balance(f"budget:{table.pk}")) == (0, 500)
    for _ in range(2):
        fired = press(browser, show, hidden_in(armed), "fire")
        assert (fired.status_code, "Гостинец в эфире." in words(fired)) == (200, True)
    envelope = Envelope.objects.get()
    assert (envelope.place, envelope.place_id, envelope.total, envelope.greeting) == ("show", show.pk, 100, "К чаю")
    assert f'href="/envelopes/{envelope.reference}/"' in words(fired)


def test_disarmed_it_comes_back_filled_in(table, anna, show):
    fund(table, 500)
    back = words(press(signed(anna), show, typed(total="77"), "back"))
    assert ('value="77"' in back, '<details class="fold" open>' in back, Envelope.objects.count()) == (True, True, 0)


def test_for_tea_the_guests_are_counted_before_and_after(table, anna, vera, show):
    fund(table, 500)
    cast.joins(vera, table)
    at = timezone.now() - timedelta(minutes=5)
    WatchBeat.objects.create(show=show, viewer="v", member_id=vera.pk, at=at, playing=True, visible=True, counted=True)
    armed = press(signed(anna), show, typed(mode="tea"), "arm")
    assert "сейчас их: 1" in words(armed)
    press(signed(anna), show, hidden_in(armed), "fire")
    assert list(Envelope.objects.get().guests.values_list("member_id", flat=True)) == [vera.pk]


@pytest.mark.parametrize("do", ["arm", "fire"])
@pytest.mark.parametrize(
    ("changes", "status", "said"),
    [
        ({"total": "501"}, 409, "Баллов в бюджете: 500."),
        ({"total": "4"}, 422, "Баллы и доли не сходятся."),
        ({"mode": "equal", "total": "101"}, 422, "Поровну не делится."),
        ({"mode": "tea"}, 422, "В списке гостинца никого нет."),
        ({"greeting": "я" * 141}, 422, "Пожелание слишком длинное."),
        ({"total": ""}, 422, "Обязательное поле."),
    ],
)
def test_what_does_not_fit_is_said_in_the_panel(table, anna, show, do, changes, status, said):
    fund(table, 500)
    answer = press(signed(anna), show, typed(**changes), do)
    assert (answer.status_code, said in words(answer), 'id="gift"' in words(answer)) == (status, True, True)
    assert (Envelope.objects.count(), balance(f"budget:{table.pk}")) == (0, 500)


def test_before_the_show_there_is_nothing_to_press(anna, show):
    Show.objects.filter(pk=show.pk).update(went_live_at=None)
    panel = words(signed(anna).get(f"/studio/shows/{show.pk}/envelopes"))
    assert ("пока идёт эфир" in panel, "<form" in panel) == (True, False)


def test_who_may_not_spend_the_budget_finds_no_panel(table, keeper, dmitri, gleb, show):
    cast.community(gleb, slug="lair")
    cast.joins(dmitri, table)
    for person in (keeper, dmitri, gleb):
        browser = signed(person)
        assert send(browser, "get", f"/studio/shows/{show.pk}/envelopes", {}).status_code == 404
        assert press(browser, show, typed(), "fire").status_code == 404
    assert 'id="gift"' not in words(signed(keeper).get(f"/studio/shows/{show.pk}/"))
    assert press(Client(), show, typed(), "fire").status_code == 401
    assert Envelope.objects.count() == 0


def test_a_host_finds_it(table, boris, show):
    fund(table, 500)
    host = cast.joins(boris, table, "host")
    assert 'id="gift"' in words(signed(host).get(f"/studio/shows/{show.pk}/"))
    press(signed(host), show, typed(), "fire")
    assert Envelope.objects.get().sender == host


LIMITS = {**{name: str(value) for name, value in Limits().as_columns().items()}, "age_days": "14"}


def test_an_owner_sets_the_limits_and_the_rules_page_tells_them(table, anna):
    browser = signed(anna)
    assert 'href="/studio/table/envelopes"' in words(browser.get("/studio/"))
    assert 'value="7"' in words(browser.get("/studio/table/envelopes"))
    assert browser.post("/studio/table/envelopes", LIMITS)["Location"] == "/studio/table/envelopes"
    assert limits_of(community_id=table.pk) == Limits(age_days=14)
    assert "14 дней или дольше" in words(Client().get("/c/table/envelopes/rules/"))
    assert cast.recorded("envelope_limits_changed")[0][1]["by_id"] == anna.pk


@pytest.mark.parametrize("wrong", ["366", "-1", "", "seven"])
def test_a_limit_out_of_bounds_is_said_at_its_field(table, anna, wrong):
    answer = signed(anna).post("/studio/table/envelopes", {**LIMITS, "age_days": wrong})
    assert (answer.status_code, 'id="id_age_days_error"' in words(answer)) == (422, True)
    assert limits_of(community_id=table.pk) == Limits()


def test_limits_are_the_owners(client: Client, table, boris, keeper: Member, dmitri):
    producer = cast.joins(dmitri, table, "producer")
    for person in (keeper, producer):
        assert signed(person).get("/studio/table/envelopes").status_code == 404
        assert signed(person).post("/studio/table/envelopes", LIMITS).status_code == 404
    assert client.get("/studio/table/envelopes").status_code == 302
    assert limits_of(community_id=table.pk) == Limits()
