"""The outbox shows letters on a demo and is not there anywhere else."""

from __future__ import annotations

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from svoi.letters.actions import keep_letter
from svoi.letters.models import Letter
from svoi.members.models import Member
from tests.cast import NOON

pytestmark = pytest.mark.django_db
HOSTILE = "<p>Hello</p><script>alert(1)</script>"


def letter_to(member: Member, key: str = "event:1") -> Letter:
    return keep_letter(
        key=key,
        kind="order_paid",
        subject="order:1",
        member=member,
        language="ru",
        title="<b>Оплачен</b>",
        text=HOSTILE,
        html=HOSTILE,
        at=NOON,
    )


@pytest.fixture
def demo(settings):
    settings.DEMO = True


@pytest.mark.parametrize("address", ["/ui/outbox/", "/ui/outbox/{}/", "/ui/outbox/{}/page"])
def test_it_is_not_there_on_a_shop_that_works(client: Client, vera: Member, settings, address: str) -> None:
    settings.DEMO = settings.DEBUG = False
    letter = letter_to(vera)
    client.force_login(vera)
    assert client.get(address.format(letter.pk)).status_code == 404


@pytest.mark.parametrize("address", ["/ui/outbox/0/", "/ui/outbox/0/page", "/ui/outbox/99999999999999999999/"])
def test_a_letter_that_is_not_there(client: Client, demo: None, db: None, address: str) -> None:
    assert client.get(address).status_code == 404


def test_the_list_and_one_letter(client: Client, vera: Member, demo: None) -> None:
    empty = client.get("/ui/outbox/").content.decode()
    letter = letter_to(vera)
    listed, shown = (client.get(path).content.decode() for path in ("/ui/outbox/", f"/ui/outbox/{letter.pk}/"))
    assert ("Писем пока нет" in empty, "&lt;b&gt;Оплачен" in listed, "осталось здесь" in listed) == (True, True, True)
    assert ("&lt;script&gt;alert(1)" in shown, "<script>alert" in shown) == (True, False)
    assert f'src="/ui/outbox/{letter.pk}/page" sandbox' in shown


def test_a_letters_page_runs_nothing(client: Client, vera: Member, demo: None) -> None:
    answer = client.get(f"/ui/outbox/{letter_to(vera).pk}/page")
    policy = answer.headers["Content-Security-Policy"]
    assert policy.startswith("default-src 'none'; style-src 'unsafe-inline';")
    assert ("sandbox;" in policy, "script-src" in policy) == (True, False)
    assert answer.headers["X-Frame-Options"] == "SAMEORIGIN"


@pytest.mark.parametrize("many", [1, 3])
def test_the_list_takes_one_query(
    client: Client, vera: Member, demo: None, many: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for one in range(many):
        letter_to(vera, key=f"event:{one}")
    with django_assert_num_queries(1):
        client.get("/ui/outbox/")


def test_it_is_only_looked_at(client: Client, demo: None, db: None) -> None:
    assert client.post("/ui/outbox/").status_code == 405
