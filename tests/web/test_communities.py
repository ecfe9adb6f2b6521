"""Communities in a browser: who sees what, joining and coming back, leaving, invitations, roles."""

from __future__ import annotations

import re

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from svoi.communities.actions import invite
from svoi.communities.models import Community, Invitation, Membership, RoleGrant
from svoi.communities.queries import belongs, roles_of
from svoi.members.models import Member
from tests.cast import NOON, PASSWORD, agreeing, joins, live_show, member, product, recorded

pytestmark = pytest.mark.django_db


# A refusal undoes its transaction: pages that go on reading after one need a test without a transaction round it.
whole = pytest.mark.django_db(transaction=True)


def words(response: object) -> str:
    return response.content.decode()  # type: ignore[attr-defined]


def browser_of(person: Member) -> Client:
    browser = Client()
    browser.force_login(person)
    return browser


def test_an_outsider_sees_an_open_community(client: Client, table: Community, dmitri: Member) -> None:
    table.about_ru, table.charter_ru = "Кто мы <b>такие</b><script>alert(1)</script>", "Не спешим."
    table.save()
    for browser in (client, browser_of(dmitri)):
        page = browser.get("/c/table/")
        assert page.status_code == 200
        assert all(said in words(page) for said in ("Стол", "Не спешим.", "1 участник", "Anna", "Владелец", "Вступить"))
        assert "<script>alert(1)" not in words(page)
    assert "Table" in words(client.get("/c/table/", headers={"Accept-Language": "en"}))


CLOSED = [
    ("get", "/c/cellar/"),
    ("get", "/c/cellar/memberships"),
    ("post", "/c/cellar/memberships"),
    ("get", "/c/cellar/departures"),
    ("post", "/c/cellar/departures"),
    ("get", "/c/cellar/people"),
    ("post", "/c/cellar/roles"),
    ("post", "/c/cellar/invitations"),
    ("post", "/c/cellar/invitations/1/withdrawn"),
    ("get", "/c/cellar/products/"),
]


@pytest.mark.parametrize(("method", "address"), CLOSED)
def test_a_closed_community_is_not_there_for_strangers(
    client: Client, cellar: Community, dmitri: Member, method: str, address: str
) -> None:
    invented = address.replace("cellar", "nowhere")
    for browser in (client, browser_of(dmitri)):
        assert getattr(browser, method)(address).status_code == 404
        assert getattr(browser, method)(invented).status_code == 404
    assert recorded() == []


def test_its_product_is_not_there_either(client: Client, cellar: Community, table: Community, dmitri: Member) -> None:
    thing = product(cellar).product
    for browser in (client, browser_of(dmitri)):
        assert browser.get(f"/c/cellar/products/{thing.pk}/").status_code == 404
        assert browser.get(f"/c/table/products/{thing.pk}/").status_code == 404


def test_its_own_people_see_it(cellar: Community, vera: Member) -> None:
    joins(vera, cellar)
    page = browser_of(vera).get("/c/cellar/")
    assert (page.status_code, "по\u00a0приглашению" in words(page)) == (200, True)


def test_she_joins_and_returns_to_the_show(table: Community, vera: Member, anna: Member) -> None:
    show = live_show(table, anna)
    response = browser_of(vera).post("/c/table/memberships", {"next": f"/shows/{show.pk}/"})
    assert (response.status_code, response["Location"]) == (303, f"/shows/{show.pk}/")
    assert belongs(community=table, member=vera)
    assert [kind for kind, _ in recorded()] == ["member_joined"]


def test_a_visitor_signs_up_on_the_way_and_joins_where_she_stopped(client: Client, table: Community) -> None:
    to_door = client.post("/c/table/memberships", {"next": "/c/table/products/"})
    assert to_door["Location"] == "/sign-up?next=%2Fc%2Ftable%2Fmemberships%3Fnext%3D%252Fc%252Ftable%252Fproducts%252F"
    typed = {"name": "Vera", "identity": "vera@example.com", "password": PASSWORD, **agreeing()}
    wanted = re.search(r'name="next" value="([^"]+)"', words(client.get(to_door["Location"])))
    assert wanted is not None
    back = client.post("/sign-up", {**typed, "next": wanted[1]})
    assert back["Location"] == "/c/table/memberships?next=%2Fc%2Ftable%2Fproducts%2F"
    page = words(client.get(back["Location"]))
    assert not Membership.objects.filter(member__name="Vera").exists()
    assert 'name="next" value="/c/table/products/"' in page
    assert client.post("/c/table/memberships", {"next": "/c/table/products/"})["Location"] == "/c/table/products/"
    assert Membership.objects.filter(member__name="Vera").count() == 1


def test_joining_leads_to_no_other_site(table: Community, vera: Member) -> None:
    response = browser_of(vera).post("/c/table/memberships", {"next": "//evil.example/"})
    assert response["Location"] == "/c/table/"


def test_leaving_is_one_question_and_one_click(table: Community, vera: Member) -> None:
    joins(vera, table, "host")
    browser = browser_of(vera)
    assert "Выйти из" in words(browser.get("/c/table/departures"))
    assert belongs(community=table, member=vera)
    assert browser.post("/c/table/departures")["Location"] == "/c/table/"
    assert not belongs(community=table, member=vera)
    assert roles_of(community=table, member=vera) == frozenset()


def test_who_left_a_closed_community_is_a_stranger(cellar: Community, vera: Member) -> None:
    joins(vera, cellar)
    browser = browser_of(vera)
    assert browser.post("/c/cellar/departures")["Location"] == "/"
    assert browser.get("/c/cellar/").status_code == 404


@whole
def test_the_last_owner_is_told_why_she_stays(table: Community, anna: Member) -> None:
    response = browser_of(anna).post("/c/table/departures")
    assert (response.status_code, 'data-refused="last_owner"' in words(response)) == (409, True)
    fragment = browser_of(anna).post("/c/table/departures", headers={"HX-Request": "true"})
    assert (fragment.status_code, "<html" in words(fragment)) == (409, False)
    assert belongs(community=table, member=anna)


def test_an_invitation_lands_and_opens(cellar: Community, anna: Member, dmitri: Member) -> None:
    token = invite(community=cellar, by=anna, uses=1, at=NOON.replace(year=2099))
    browser = browser_of(dmitri)
    landing = browser.get(f"/invitations/{token}")
    assert (landing.status_code, "Anna" in words(landing), "no-store" in landing["Cache-Control"]) == (200, True, True)
    assert browser.post(f"/invitations/{token}")["Location"] == "/c/cellar/"
    assert Membership.objects.get(member=dmitri).invited_by == anna
    assert browser.get(f"/invitations/{token}")["Location"] == "/c/cellar/"


def test_an_invited_visitor_makes_an_account_first(client: Client, cellar: Community, anna: Member) -> None:
    token = invite(community=cellar, by=anna, uses=1, at=NOON.replace(year=2099))
    assert client.get(f"/invitations/{token}").status_code == 200
    assert client.post(f"/invitations/{token}")["Location"] == f"/sign-up?next=%2Finvitations%2F{token}"
    assert Invitation.objects.get().uses_left == 1


@pytest.mark.parametrize("method", ["get", "post"])
def test_a_spent_invitation_tells_nothing_of_the_community(
    cellar: Community, anna: Member, dmitri: Member, method: str
) -> None:
    token = invite(community=cellar, by=anna, uses=1, at=NOON.replace(year=2001))
    response = getattr(browser_of(dmitri), method)(f"/invitations/{token}")
    assert response.status_code == 410
    assert not any(told in words(response) for told in ("Стол", "Anna", "cellar"))
    assert getattr(browser_of(dmitri), method)("/invitations/guess").status_code == 404


def test_a_link_is_shown_once(table: Community, anna: Member) -> None:
    browser = browser_of(anna)
    made = browser.post("/c/table/invitations", {"uses": "3"})
    (token,) = set(re.findall(r"/invitations/([\w-]{20,})", words(made)))
    assert (made.status_code, Invitation.objects.get().uses_left) == (201, 3)
    later = words(browser.get("/c/table/people"))
    assert token not in later
    assert "Осталось 3\u00a0места" in later or "Осталось 3 места" in later
    browser.post(f"/c/table/invitations/{Invitation.objects.get().pk}/withdrawn")
    assert Client().get(f"/invitations/{token}").status_code == 410


@pytest.mark.parametrize("uses", ["0", "101", "many", ""])
def test_a_wrong_number_of_uses_makes_no_link(table: Community, anna: Member, uses: str) -> None:
    assert browser_of(anna).post("/c/table/invitations", {"uses": uses}).status_code == 422
    assert not Invitation.objects.exists()


@pytest.mark.parametrize(
    ("method", "address"),
    [("get", "/c/table/people"), ("post", "/c/table/roles"), ("post", "/c/table/invitations")],
)
def test_people_and_roles_are_for_the_crew(
    client: Client, table: Community, vera: Member, method: str, address: str
) -> None:
    joins(vera, table)
    for browser in (client, browser_of(vera)):
        assert getattr(browser, method)(address).status_code == 404


def test_an_owner_gives_and_takes_a_role(table: Community, anna: Member, vera: Member) -> None:
    joins(vera, table)
    browser, asked = browser_of(anna), {"member": vera.pk, "role": "host"}
    assert browser.post("/c/table/roles", asked)["Location"] == "/c/table/people"
    assert roles_of(community=table, member=vera) == {"host"}
    browser.post("/c/table/roles", {**asked, "withdrawn": "1"})
    assert roles_of(community=table, member=vera) == frozenset()


@whole
def test_a_producer_cannot_make_herself_an_owner(table: Community, gleb: Member, dmitri: Member) -> None:
    joins(gleb, table, "producer")
    browser = browser_of(gleb)
    assert browser.post("/c/table/roles", {"member": gleb.pk, "role": "owner"}).status_code == 403
    assert browser.post("/c/table/roles", {"member": dmitri.pk, "role": "host"}).status_code == 404
    assert browser.post("/c/table/roles", {"member": gleb.pk, "role": "tsar"}).status_code == 404
    assert set(RoleGrant.objects.values_list("member__name", "role")) == {("Anna", "owner"), ("Gleb", "producer")}


def test_names_cannot_turn_the_page_round(table: Community, anna: Member) -> None:
    joins(member("<img src=x onerror=alert(1)>"), table, "host")
    for address in ("/c/table/", "/c/table/people"):
        page = words(browser_of(anna).get(address))
        assert "<img src=x" not in page
        assert "<bdi>&lt;img src=x onerror=alert(1)&gt;</bdi>" in page


@pytest.mark.parametrize("more", [1, 3])
def test_a_community_page_costs_the_same_for_one_and_many(
    table: Community, anna: Member, more: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    browser = browser_of(anna)
    for place in range(more):
        joins(member(f"Host{place}"), table, "host")
        live_show(table, anna, product(table, name=f"Чашка {place}"))
    with django_assert_num_queries(16):
        page = words(browser.get("/c/table/"))
    assert page.count('class="air-row') >= more
