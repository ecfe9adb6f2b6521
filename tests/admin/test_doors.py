"""To everybody but operators no address is here: whatever it is, whatever the method, signed in or not."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import Client

from svoi.admin.policy import CONTENT_POLICY
from svoi.members.actions import erase_account, withdraw_operator
from svoi.members.models import Member
from svoi.members.queries import is_operator
from tests import cast
from tests.admin.rows import contents, fill_all, seen_tables
from tests.cast import NOON

MANY = ("get", "post")
FEW = ("head", "put", "patch", "delete", "options")
OTHERS = [
    "", "login/", "logout/", "password_change/", "jsi18n/", "autocomplete/", "search/", "svoi/", "r/1/1/", "nowhere/",
    "svoi/membersession/", "svoi/watchbeat/", "auth/user/", "nowhere", "svoi/member",
]  # fmt: skip


def addresses() -> list[str]:
    """Every address an operator may ask for, and those Django's admin would have had besides."""
    found = [f"/admin/{other}" for other in OTHERS]
    for model in seen_tables():
        table, row = f"/admin/svoi/{model.__name__.lower()}/", model._default_manager.values_list("pk", flat=True)[0]
        found += [table, f"{table}add/", *(f"{table}{row}/{verb}/" for verb in ("change", "delete", "history"))]
        found.append(f"{table}{row}/")
    return found


def answers(browser: Client) -> set[int]:
    """Every address by the methods of pages and forms, some of them by the others."""
    found = {getattr(browser, method)(address).status_code for address in addresses() for method in MANY}
    return found | {getattr(browser, method)(address).status_code for address in addresses()[:30] for method in FEW}


@pytest.fixture
def rows(db: None) -> None:
    fill_all()


def test_a_visitor_finds_nothing(rows: None) -> None:
    before = contents()
    assert answers(Client(enforce_csrf_checks=True)) == {404}
    assert contents() == before


def test_a_member_finds_nothing_whatever_her_role(rows: None, anna: Member, table: object) -> None:
    browser, before = Client(enforce_csrf_checks=True), contents()
    browser.force_login(anna)  # she owns the community
    assert answers(browser) == {404}
    assert contents() == before


def test_strangers_are_told_the_same_as_anywhere_else(client: Client) -> None:
    here, elsewhere = client.get("/admin/"), client.get("/nowhere-at-all/")
    assert (here.status_code, here.headers["Content-Security-Policy"].split("; ")[2:]) == (
        elsewhere.status_code,
        elsewhere.headers["Content-Security-Policy"].split("; ")[2:],
    )
    assert "unsafe-eval" not in here.headers["Content-Security-Policy"]


def test_an_operator_finds_the_tables_under_a_policy_of_their_own(desk: Client) -> None:
    shown = desk.get("/admin/")
    assert (shown.status_code, shown.headers["Content-Security-Policy"]) == (200, CONTENT_POLICY)
    assert "no-store" in shown.headers["Cache-Control"]
    assert "unsafe-inline" not in CONTENT_POLICY


def test_the_rest_of_the_house_keeps_its_policy_for_operators_too(desk: Client) -> None:
    assert ["unsafe-eval" in desk.get(path).headers["Content-Security-Policy"] for path in ("/", "/me")] == [False] * 2


def test_nothing_of_djangos_own_ways_is_left_even_for_operators(desk: Client, rows: None) -> None:
    kept = {f"/admin/svoi/{model.__name__.lower()}/" for model in seen_tables()}
    tried = [address for address in addresses() if address not in kept and not address.endswith("/change/")]
    found = {address: desk.get(address).status_code for address in tried}
    own = {"/admin/", "/admin/jsi18n/", "/admin/svoi/"}
    assert found == {address: 200 if address in own else 404 for address in tried}


def test_an_operator_who_is_released_finds_nothing_from_her_next_page_on(desk: Client, olga: Member) -> None:
    assert withdraw_operator(member=olga, at=NOON)
    assert desk.get("/admin/").status_code == 404


def test_a_forgotten_operator_is_none(olga: Member) -> None:
    erase_account(member=olga, at=NOON)
    assert not is_operator(member=olga)
    assert cast.recorded("operator_withdrawn") == [
        ("operator_withdrawn", {"member_id": olga.pk, "withdrawn_by_id": olga.pk})
    ]


def test_nobody_is_no_operator() -> None:
    assert not is_operator(member=AnonymousUser())


def test_numbers_nobody_has_are_not_found(desk: Client) -> None:
    wrong = ["0", "-1", str(10**30), "zz", "%00", "1;drop", "_5F", "None"]
    tables = ["order", "streamhead", "stock", "member"]
    found = {desk.get(f"/admin/svoi/{table}/{key}/change/").status_code for table in tables for key in wrong}
    assert found == {404}
