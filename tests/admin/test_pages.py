"""Every table has a list and a page, cheap and without secrets."""

from __future__ import annotations

import re
from html import unescape

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from svoi.admin.masks import mask_addresses, mask_email, mask_payload, mask_phone
from svoi.members.models import Member
from svoi.orders.models import Order
from svoi.shows.models import StreamKey
from tests import cast
from tests.admin.rows import DAGGER, fill, fill_all, hidden_uuids, seen_tables

QUERIES_OF_A_LIST = 4  # the session, the member, whether she is an operator, the rows


def list_of(model: type) -> str:
    return f"/admin/svoi/{model.__name__.lower()}/"


def page_of(row: object) -> str:
    return f"{list_of(type(row))}{row.pk}/change/"  # type: ignore[attr-defined]


def body(browser: Client, address: str) -> str:
    shown = browser.get(address)
    assert shown.status_code == 200, address
    return unescape(shown.content.decode())


def test_every_table_has_a_list_and_a_page_without_secrets(desk: Client) -> None:
    fill_all()
    for model in seen_tables():
        row = model._default_manager.order_by("-pk")[0]
        for address in (list_of(model), page_of(row)):
            text = body(desk, address)
            assert DAGGER not in text, address
            assert [key for key in hidden_uuids(row) if key in text] == [], address


def test_a_list_shows_its_rows_and_leads_to_them(desk: Client) -> None:
    fill_all()
    for model in seen_tables():
        row = model._default_manager.order_by("-pk")[0]
        assert f'href="{page_of(row)}"' in body(desk, list_of(model)), model


@pytest.mark.parametrize("language", ["ru", "en"])
def test_both_languages(desk: Client, olga: Member, language: str) -> None:
    Member.objects.filter(pk=olga.pk).update(language=language)
    words = {"ru": ("Таблицы", "Пункты выдачи"), "en": ("Tables", "Pickup points")}
    assert [word in body(desk, "/admin/") for word in words[language]] == [True, True]
    heading = {"ru": "Цена, в\u00a0мелких единицах", "en": "Price, minor units"}
    fill_all()
    assert heading[language] in body(desk, "/admin/svoi/variant/")


def test_lists_cost_the_same_for_one_row_and_for_three(desk: Client) -> None:
    def costs() -> dict[str, int]:
        found = {}
        for model in seen_tables():
            with CaptureQueriesContext(
                connection,
            ) as asked:
                desk.get(list_of(model))
            found[model.__name__] = len(asked)
        return found

    fill_all()
    one = costs()
    fill_all()
    fill_all()
    assert one == dict.fromkeys(one, QUERIES_OF_A_LIST)
    assert costs() == one


def test_people_are_shown_masked_and_found_by_what_one_knows_whole(desk: Client) -> None:
    vera = cast.member("Vera", phone="+79123456789")
    shown = body(desk, page_of(vera))
    assert ("v•••@example.com" in shown, "+7•••89" in shown) == (True, True)
    assert ("vera@" in shown, "+7912" in shown) == (False, False)
    link = f'href="{page_of(vera)}'
    wanted = {"vera@example.com": True, "8 912 345-67-89": True, "Ver": True, "vera@example.co": False, "+7912": False}
    assert {text: link in desk.get(list_of(Member), {"q": text}).content.decode() for text in wanted} == wanted


def test_masks() -> None:
    assert mask_email("anna@example.com") == "a•••@example.com"
    assert mask_phone("+79123456789") == "+7•••89"
    assert mask_addresses("550 <anna@example.com>: unknown") == "550 <a•••@example.com>: unknown"
    told = {"reason": "expired", "name": "Vera", "bank_id": "7f", "quantity": 2, "sold_out": False, "until": None}
    assert mask_payload(told) == {**told, "name": "•••", "bank_id": "•••"}


HASHES = [
    ("member", "password__startswith", "a"),
    ("member", "email__startswith", "a"),
    ("member", "email__exact", "olga@example.com"),
    ("member", "phone__isnull", "0"),
    ("order", "buyer__password__startswith", "a"),
    ("order", "key__exact", "x"),
    ("streamkey", "key_hash__startswith", "a"),
    ("streamkey", "hint__exact", "a"),
    ("apicall", "token__token_hash__startswith", "a"),
    ("invitation", "token_hash__regex", "a"),
]


@pytest.mark.parametrize(("table", "lookup", "value"), HASHES)
def test_what_is_hidden_cannot_be_asked_about_by_address(desk: Client, table: str, lookup: str, value: str) -> None:
    assert desk.get(f"/admin/svoi/{table}/", {lookup: value}).status_code == 400


def test_what_is_hidden_cannot_be_told_by_order(desk: Client) -> None:
    """Only the number of a row sorts a list: the order of masked texts would tell them."""
    for name in ("Zoya", "Anna", "Mira"):
        cast.member(name)
    plain = re.findall(r"/admin/svoi/member/(\d+)/change/", body(desk, list_of(Member)))
    assert len(plain) == 4
    for column in range(2, 12):
        asked = body(desk, f"{list_of(Member)}?o={column}")
        assert re.findall(r"/admin/svoi/member/(\d+)/change/", asked) == plain


def test_what_is_hidden_never_leaves_the_database(desk: Client) -> None:
    fill(StreamKey)
    with CaptureQueriesContext(connection) as asked:
        desk.get(list_of(StreamKey))
    rows = [query["sql"] for query in asked if 'FROM "svoi_streamkey"' in query["sql"]]
    assert [("key_hash" in sql, '"hint"' in sql, "revoked_at" in sql) for sql in rows] == [(False, False, True)]


HOSTILE = [
    "?o=99", "?o=-1.-1", "?o=zz", "?p=0", "?p=zz", "?p=999999999", "?p=-5", "?q=%00", "?q=%27%3B--", "?q=" + "я" * 3000,
    "?all=", "?e=1", "?_popup=1", "?_facets=True", "?buyer__exact=zz", "?buyer__exact=" + "9" * 30,
    "?currency__exact=x", "?_to_field=id", "?_to_field=key", "?buyer__isnull=perhaps",
]  # fmt: skip


@pytest.mark.parametrize("query", HOSTILE)
def test_hostile_questions_are_answered_without_a_fault(desk: Client, query: str) -> None:
    fill(Order)
    assert desk.get(f"/admin/svoi/order/{query}").status_code in {200, 302, 400, 404}


def test_rows_that_name_a_row_are_one_step_away(desk: Client, vera: Member, anna: Member, table: object) -> None:
    mug = cast.product(table)  # type: ignore[arg-type]
    point = cast.pickup_point(table)  # type: ignore[arg-type]
    hers, other = (cast.unpaid_order(person, mug, point) for person in (vera, anna))
    way = f"/admin/svoi/order/?buyer__exact={vera.pk}"
    assert f'href="{way}"' in body(desk, page_of(vera))
    listed = body(desk, way)
    assert (hers.number in listed, other.number in listed) == (True, False)


def test_what_a_person_wrote_is_shown_as_text(desk: Client, vera: Member) -> None:
    Member.objects.filter(pk=vera.pk).update(name="<script>alert(1)</script>")
    for address in (page_of(vera), list_of(Member)):
        raw = desk.get(address).content.decode()
        assert ("<script>alert" in raw, "&lt;script&gt;alert" in raw) == (False, True)
