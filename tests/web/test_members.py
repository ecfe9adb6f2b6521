"""The doors of members: sign-up, sign-in, sign-out, preferences, and a page of one's own."""

from __future__ import annotations

import re

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from svoi.members.actions import sign_up
from svoi.members.models import Member, MemberSession
from svoi.web.returning import is_ours
from tests.cast import NOON, PASSWORD, agreeing, community, joins, recorded

pytestmark = pytest.mark.django_db
TYPED = {
    "name": "Вера",
    "identity": "vera@example.com",
    "password": PASSWORD,
    **agreeing(),
}
FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"


@pytest.fixture
def newcomer(db: None) -> Member:
    return sign_up(name="Vera", identity="vera@example.com", password=PASSWORD, language="ru", at=NOON)


def signed_in(browser: Client) -> int | None:
    """Whom this browser is signed in as."""
    found = browser.session.get("_auth_user_id")
    return int(found) if found else None


def words(response: object) -> str:
    return response.content.decode()  # type: ignore[attr-defined]


def main_of(response: object) -> str:
    """The words of the page without what differs each time."""
    page = words(response).partition("<main")[2].partition("</main>")[0]
    return re.sub(r'name="csrfmiddlewaretoken" value="\w+"|value="\w+@example.com"', "", page)


# A refusal undoes its transaction: pages that go on reading after one need a test without a transaction round it.
whole = pytest.mark.django_db(transaction=True)


@pytest.mark.parametrize("address", ["/sign-up", "/sign-in", "/"])
def test_a_visitor_may_look(client: Client, address: str) -> None:
    assert client.get(address).status_code == 200


def test_she_signs_up_and_goes_where_she_was_going(client: Client) -> None:
    response = client.post("/sign-up", {**TYPED, "next": "/shows/5/"})
    member = Member.objects.get()
    assert (response.status_code, response["Location"], signed_in(client)) == (303, "/shows/5/", member.pk)
    assert (member.name, member.language) == ("Вера", "ru")
    assert [kind for kind, _ in recorded()] == ["member_signed_up", "consent_given"]


def test_a_page_in_english_makes_an_english_member(client: Client) -> None:
    client.post("/sign-up", TYPED, headers={"Accept-Language": "en-GB,en;q=0.9"})
    assert Member.objects.get().language == "en"


@pytest.mark.parametrize(
    ("wrong", "status", "said"),
    [
        ({"name": ""}, 422, "Напишите имя"),
        ({"name": "\u200b"}, 422, "Не\u00a0хватает имени"),
        ({"name": "я" * 10_000}, 422, 'value="' + "я" * 100),
        ({"identity": "vera"}, 422, "Это не"),
        ({"identity": "vera\0@example.com"}, 422, "vera"),
        ({"password": "short"}, 422, "легко угадать"),
        ({"password": "password123456"}, 422, "легко угадать"),
    ],
)
def test_a_wrong_sign_up_says_why_and_keeps_what_was_typed(
    client: Client, wrong: dict[str, str], status: int, said: str
) -> None:
    response = client.post("/sign-up", {**TYPED, **wrong})
    assert response.status_code in {status, 422}
    assert said in words(response)
    kept = {**TYPED, **wrong}
    fields = ("name", "identity", "password")
    assert all(f'value="{kept[field]}"' in words(response) for field in fields if field not in wrong)
    assert (Member.objects.count(), signed_in(client)) == (0, None)


@whole
def test_a_taken_identity_is_told_at_its_field(client: Client, newcomer: Member) -> None:
    response = client.post("/sign-up", TYPED)
    assert response.status_code == 409
    assert "уже кто-то входит" in words(response)
    assert re.search(r'name="identity"[^>]*aria-invalid="true"', words(response))
    assert (Member.objects.count(), signed_in(client)) == (1, None)


def test_markup_in_a_name_stays_words(client: Client) -> None:
    client.post("/sign-up", {**TYPED, "name": "<script>alert(1)</script>"})
    page = words(client.get("/me"))
    assert "<script>alert(1)" not in page
    assert "&lt;script&gt;alert(1)" in page


def test_she_signs_in_under_a_fresh_key_and_is_listed(client: Client, newcomer: Member) -> None:
    client.cookies["svoi_session"] = "fixed-by-somebody-else"
    client.get("/sign-in")
    response = client.post("/sign-in", {**TYPED, "next": "/me"}, headers={"User-Agent": FIREFOX})
    assert (response.status_code, response["Location"], signed_in(client)) == (303, "/me", newcomer.pk)
    session = MemberSession.objects.get()
    assert session.session_key == client.cookies["svoi_session"].value != "fixed-by-somebody-else"
    assert (session.member_id, session.browser) == (newcomer.pk, "Firefox · Linux")


def test_an_anonymous_session_does_not_become_a_members(client: Client, newcomer: Member) -> None:
    session = client.session
    session["anything"] = 1
    session.save()
    fixed = session.session_key
    client.cookies["svoi_session"] = fixed
    client.post("/sign-in", TYPED)
    assert client.cookies["svoi_session"].value != fixed
    assert not MemberSession.objects.filter(session_key=fixed).exists()


@pytest.mark.parametrize("identity", ["vera@example.com", "nobody@example.com"])
def test_a_wrong_password_tells_nothing_and_locks(client: Client, newcomer: Member, identity: str) -> None:
    said = set()
    for _ in range(5):
        response = client.post("/sign-in", {"identity": identity, "password": "guess"})
        assert response.status_code == 422
        said.add(main_of(response))
    assert len(said) == 1
    assert "не\u00a0подходят друг к\u00a0другу" in said.pop()


@whole
def test_a_locked_sign_in_says_how_long(client: Client, newcomer: Member) -> None:
    for _ in range(5):
        client.post("/sign-in", {"identity": "vera@example.com", "password": "guess"})
    response = client.post("/sign-in", TYPED)
    assert response.status_code == 429
    assert "ещё\u00a015\u00a0минут" in words(response)
    assert signed_in(client) is None


def test_typed_identity_stays_after_a_wrong_password_and_the_password_does_not(
    client: Client, newcomer: Member
) -> None:
    page = words(client.post("/sign-in", {"identity": "vera@example.com", "password": "my secret guess"}))
    assert 'value="vera@example.com"' in page
    assert "my secret guess" not in page


def test_autocomplete_and_pasting_are_welcome(client: Client) -> None:
    up, into = words(client.get("/sign-up")), words(client.get("/sign-in"))
    assert all(f'autocomplete="{token}"' in up for token in ("name", "username", "new-password"))
    assert all(f'autocomplete="{token}"' in into for token in ("username", "current-password"))
    assert "onpaste" not in up + into


HOSTILE = [
    "https://evil.example/",
    "//evil.example/",
    "/\\evil.example/",
    "\\\\evil.example",
    "javascript:alert(1)",
    "/\t/evil.example",
    "/ok\r\nSet-Cookie: a=b",
    "http:///evil.example",
    "evil.example",
    "/" + "a" * 600,
    "",
]


@pytest.mark.parametrize("wanted", HOSTILE)
def test_nobody_is_sent_to_another_site(client: Client, newcomer: Member, wanted: str) -> None:
    assert not is_ours(wanted)
    assert client.post("/sign-in", {**TYPED, "next": wanted})["Location"] == "/"
    assert client.get("/sign-in", {"next": wanted})["Location"] == "/"
    assert client.post("/preferences", {"theme": "dark", "next": wanted})["Location"] == "/"


def test_she_signs_out_of_this_browser(client: Client, newcomer: Member) -> None:
    client.force_login(newcomer)
    assert client.get("/sign-out").status_code == 405
    assert client.post("/sign-out")["Location"] == "/"
    assert (signed_in(client), MemberSession.objects.count()) == (None, 0)


def test_a_visitor_keeps_her_choice_in_cookies(client: Client) -> None:
    response = client.post("/preferences", {"language": "en", "theme": "dark", "next": "/sign-in"})
    assert (response.status_code, response["Location"]) == (303, "/sign-in")
    page = words(client.get("/sign-in"))
    assert ('<html lang="en"' in page, 'data-theme="dark"' in page) == (True, True)


def test_a_member_keeps_her_choice_on_her_row(client: Client, newcomer: Member) -> None:
    client.force_login(newcomer)
    client.post("/preferences", {"language": "en"})
    client.post("/preferences", {"theme": "plaid", "language": "tlh"})
    client.post("/preferences", {"theme": "light"})
    newcomer.refresh_from_db()
    assert (newcomer.language, newcomer.theme) == ("en", "light")
    assert '<html lang="en" data-theme="light"' in words(client.get("/me"))


@pytest.mark.parametrize(
    ("method", "address"),
    [("get", "/me"), ("post", "/me/name"), ("post", "/me/password"), ("post", "/me/sessions/ended")],
)
def test_a_stranger_is_asked_to_sign_in(client: Client, method: str, address: str) -> None:
    response = getattr(client, method)(address)
    assert (response.status_code, response["Location"]) == (303, "/sign-in?next=%2Fme")


@whole
def test_she_changes_her_name(client: Client, newcomer: Member) -> None:
    client.force_login(newcomer)
    assert client.post("/me/name", {"name": "\u202eГлеб"})["Location"] == "/me"
    refused = client.post("/me/name", {"name": "\u200b"})
    newcomer.refresh_from_db()
    assert (refused.status_code, newcomer.name) == (422, "Глеб")


def test_the_list_shows_no_keys_and_marks_this_browser(client: Client, newcomer: Member) -> None:
    other = Client(headers={"User-Agent": FIREFOX})
    other.post("/sign-in", TYPED)
    client.post("/sign-in", TYPED)
    page = words(client.get("/me"))
    assert all(session.session_key not in page for session in MemberSession.objects.all())
    assert (page.count("этот браузер"), page.count("Firefox · Linux")) == (1, 1)


def test_she_ends_another_browser_and_nobody_elses(client: Client, newcomer: Member, gleb: Member) -> None:
    other = Client()
    other.post("/sign-in", TYPED)
    client.post("/sign-in", TYPED)
    (reference,) = re.findall(r'name="session" value="(\w+)"', words(client.get("/me")))
    thief = Client()
    thief.force_login(gleb)
    assert thief.post("/me/sessions/ended", {"session": reference}).status_code == 404
    assert other.get("/me").status_code == 200
    assert client.post("/me/sessions/ended", {"session": reference})["Location"] == "/me"
    assert (other.get("/me").status_code, client.get("/me").status_code) == (303, 200)


def test_she_ends_all_others_at_once(client: Client, newcomer: Member) -> None:
    others = [Client(), Client()]
    for browser in (*others, client):
        browser.post("/sign-in", TYPED)
    client.post("/me/sessions/ended", {"others": "1"})
    assert [browser.get("/me").status_code for browser in (*others, client)] == [303, 303, 200]


def test_a_new_password_keeps_this_browser_and_ends_others(client: Client, newcomer: Member) -> None:
    other = Client()
    for browser in (other, client):
        browser.post("/sign-in", TYPED)
    key = client.cookies["svoi_session"].value
    wrong = client.post("/me/password", {"old": "wrong", "new": "a new samovar came"})
    assert (wrong.status_code, other.get("/me").status_code) == (422, 200)
    assert client.post("/me/password", {"old": PASSWORD, "new": "a new samovar came"})["Location"] == "/me"
    assert (client.get("/me").status_code, other.get("/me").status_code) == (200, 303)
    assert client.cookies["svoi_session"].value != key
    assert Client().post("/sign-in", {**TYPED, "password": "a new samovar came"}).status_code == 303


@pytest.mark.parametrize("more", [1, 3])
def test_a_page_of_ones_own_in_six_queries(
    client: Client, newcomer: Member, anna: Member, more: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for place in range(more):
        joins(newcomer, community(anna, slug=f"place-{place}"))
        Client().post("/sign-in", TYPED)
    client.force_login(newcomer)
    with django_assert_num_queries(
        6
    ):  # her session, herself, her sessions, her communities, her cart, whether she is named
        client.get("/me")


def test_pages_with_secrets_are_not_kept_by_the_browser(client: Client, newcomer: Member) -> None:
    client.force_login(newcomer)
    assert "no-store" in client.get("/me")["Cache-Control"]
    assert "no-store" in Client().post("/sign-up", {**TYPED, "name": ""})["Cache-Control"]
