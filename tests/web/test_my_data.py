"""A member's own data asked as browsers ask: consents, her export and nobody else's, the end of the account."""

from __future__ import annotations

import re
from datetime import timedelta
from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from svoi.law.actions.exports import make_export
from svoi.law.models import Consent, ConsentWithdrawal, DataExport, Erasure
from svoi.law.queries.consents import has_agreed
from svoi.law.rules import LINK_LIVES_S
from svoi.members.actions import sign_up
from svoi.members.models import Member
from svoi.ui.legal import document
from svoi.web.export_links import export_token
from tests.cast import NOON, PASSWORD, agreeing

pytestmark = pytest.mark.django_db
# A refusal undoes its transaction: what goes on reading after one needs a test without a transaction round it.
whole = pytest.mark.django_db(transaction=True)
TYPED = {"name": "Вера", "identity": "vera@example.com", "password": PASSWORD}
MARKETING = {"kind": "marketing", "sha256": document("marketing", "ru").sha256}


@pytest.fixture
def newcomer(db, settings, tmp_path) -> Member:
    settings.DATA_DIR = tmp_path
    return sign_up(name="Vera", identity="vera@example.com", password=PASSWORD, language="ru", at=NOON)


@pytest.fixture
def browser(newcomer: Member) -> Client:
    client = Client()
    client.force_login(newcomer)
    return client


def words(response: object) -> str:
    return response.content.decode()  # type: ignore[attr-defined]


def ready(member: Member) -> DataExport:
    export = DataExport.objects.create(key=uuid4(), member=member)
    make_export(export_id=export.pk, at=timezone.now())
    return DataExport.objects.get(pk=export.pk)


def test_boxes_are_separate_unmarked_and_named(client: Client) -> None:
    page = words(client.get("/sign-up"))
    boxes = re.findall(r'<input type="checkbox"[^>]*>', page)
    assert [re.search(r'name="(\w+)"', box)[1] for box in boxes] == ["processing", "marketing"]  # type: ignore[index]
    assert [box for box in boxes if "checked" in box] == []
    assert all(f'href="/legal/{kind}/"' in page for kind in ("processing", "marketing"))
    assert document("processing", "ru").sha256 in page


def test_no_account_without_the_needed_box(client: Client) -> None:
    response = client.post("/sign-up", {**TYPED, **agreeing("marketing")})
    assert (response.status_code, Member.objects.count()) == (422, 0)
    assert "Без этого согласия" in words(response)


@pytest.mark.parametrize("sha256", ["", "0" * 64, "\0", "я" * 10_000, document("marketing", "ru").sha256])
def test_nobody_agrees_to_what_she_did_not_see(client: Client, sha256: str) -> None:
    response = client.post("/sign-up", {**TYPED, "processing": "on", "processing_sha256": sha256})
    assert (response.status_code, Member.objects.count(), Consent.objects.count()) == (422, 0, 0)
    assert "текст изменился" in words(response)


def test_both_consents_are_kept_with_the_language_she_read(client: Client) -> None:
    said = {**TYPED, **agreeing("processing", "en"), **agreeing("marketing", "ru")}
    assert client.post("/sign-up", said).status_code == 303
    kept = {(one.text.kind, one.text.language, one.channel) for one in Consent.objects.select_related("text")}
    assert kept == {("processing", "en", "sign_up"), ("marketing", "ru", "sign_up")}


def test_elsewhere_the_consent_is_not_asked_for(client: Client, settings) -> None:
    settings.LEGAL_PROFILE = "intl"
    assert 'name="processing"' not in words(client.get("/sign-up"))
    assert client.post("/sign-up", TYPED).status_code == 303
    assert Consent.objects.count() == 0


def test_she_agrees_takes_back_and_sees_the_history(browser: Client, newcomer: Member) -> None:
    assert browser.post("/me/consents", MARKETING)["Location"] == "/me/data"
    assert has_agreed(member=newcomer, kind="marketing")
    assert browser.post("/me/consents/withdrawn", {"kind": "marketing"})["Location"] == "/me/data"
    assert not has_agreed(member=newcomer, kind="marketing")
    page = words(browser.get("/me/data"))
    assert f"/legal/texts/{MARKETING['sha256']}.txt" in page
    kept = browser.get(f"/legal/texts/{MARKETING['sha256']}.txt")
    assert (words(kept), kept["Content-Type"]) == (document("marketing", "ru").body, "text/plain; charset=utf-8")


@whole
@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("/me/consents", {}),
        ("/me/consents", {"kind": "privacy", "sha256": document("privacy", "ru").sha256}),
        ("/me/consents", {"kind": "marketing", "sha256": "\0" * 64}),
        ("/me/consents", {"kind": "../../x", "sha256": MARKETING["sha256"]}),
        ("/me/consents/withdrawn", {"kind": "marketing"}),
        ("/me/consents/withdrawn", {"kind": "\0"}),
    ],
)
def test_what_cannot_be_agreed_to_changes_nothing(browser: Client, address: str, said: dict[str, str]) -> None:
    assert browser.post(address, said)["Location"] == "/me/data"
    assert (Consent.objects.count(), ConsentWithdrawal.objects.count()) == (0, 0)


@whole
def test_the_consent_an_account_rests_on_leads_to_its_end(client: Client) -> None:
    client.post("/sign-up", {**TYPED, **agreeing()})
    client.post("/me/consents/withdrawn", {"kind": "processing"})
    page = words(client.get("/me/data"))
    assert ("На\u00a0этом согласии держится аккаунт" in page, ConsentWithdrawal.objects.count()) == (True, 0)


@whole
def test_an_export_is_asked_for_made_and_fetched(browser: Client, newcomer: Member) -> None:
    assert browser.post("/me/exports")["Location"] == "/me/data"
    export = DataExport.objects.get()
    assert 'hx-trigger="every 2s"' in words(browser.get("/me/exports"))
    make_export(export_id=export.pk, at=timezone.now())
    part = words(browser.get("/me/exports"))
    link = re.search(rf'href="(/me/exports/{export.key}\?link=[\w.-]+)"', part)
    assert link is not None
    assert "hx-trigger" not in part
    answer = browser.get(link[1])
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/zip")
    assert b"".join(answer.streaming_content).startswith(b"PK")  # type: ignore[attr-defined]
    assert "no-store" in answer["Cache-Control"]
    browser.post("/me/exports")
    assert ("запрошен недавно" in words(browser.get("/me/data")), DataExport.objects.count()) == (True, 1)


def test_an_export_is_hers_alone(browser: Client, newcomer: Member, gleb: Member) -> None:
    export = ready(newcomer)
    link = f"/me/exports/{export.key}?link={export_token(export, at=timezone.now())}"
    thief = Client()
    assert thief.get(link)["Location"] == "/sign-in?next=%2Fme%2Fdata"
    thief.force_login(gleb)
    assert thief.get(link).status_code == 404
    assert browser.get("/me/exports/7d444840-9dc0-41d9-9d6b-0a1c3b3c5f6e").status_code == 404
    assert browser.get(link).status_code == 200


def test_a_link_is_over_after_a_quarter_of_an_hour(browser: Client, newcomer: Member) -> None:
    export, other = ready(newcomer), ready(newcomer)
    old = export_token(export, at=timezone.now() - timedelta(seconds=LINK_LIVES_S + 1))
    for link in ("", "x.y", old, export_token(other, at=timezone.now())):
        assert browser.get(f"/me/exports/{export.key}", {"link": link})["Location"] == "/me/data"


def test_a_file_that_is_gone(browser: Client, newcomer: Member) -> None:
    export = ready(newcomer)
    link = f"/me/exports/{export.key}?link={export_token(export, at=timezone.now())}"
    DataExport.objects.update(gone_at=timezone.now())
    assert browser.get(link).status_code == 404


def test_the_end_of_the_account_is_asked_with_the_password_and_recalled(browser: Client, newcomer: Member) -> None:
    wrong = browser.post("/me/erasure", {"password": "a guess at it"})
    assert (wrong.status_code, Erasure.objects.count()) == (422, 0)
    assert browser.post("/me/erasure", {}).status_code == 422
    assert browser.post("/me/erasure", {"password": PASSWORD})["Location"] == "/me/data"
    page = words(browser.get("/me/data"))
    assert ("Аккаунт будет удалён" in page, 'action="/me/erasure"' in page) == (True, False)
    assert browser.post("/me/erasure/recalled")["Location"] == "/me/data"
    assert 'action="/me/erasure"' in words(browser.get("/me/data"))


@pytest.mark.parametrize(
    ("method", "address"),
    [
        ("get", "/me/data"),
        ("post", "/me/consents"),
        ("post", "/me/consents/withdrawn"),
        ("get", "/me/exports"),
        ("post", "/me/exports"),
        ("get", "/me/exports/7d444840-9dc0-41d9-9d6b-0a1c3b3c5f6e"),
        ("post", "/me/erasure"),
        ("post", "/me/erasure/recalled"),
    ],
)
def test_a_stranger_is_asked_to_sign_in(client: Client, method: str, address: str) -> None:
    response = getattr(client, method)(address)
    assert (response.status_code, response["Location"]) == (303, "/sign-in?next=%2Fme%2Fdata")


@pytest.mark.parametrize("many", [1, 3])
def test_the_page_takes_six_queries(
    browser: Client, newcomer: Member, many: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for _ in range(many):
        browser.post("/me/consents", MARKETING)
        browser.post("/me/consents/withdrawn", {"kind": "marketing"})
        DataExport.objects.create(key=uuid4(), member=newcomer)
    browser.get("/me/data")  # takes the messages of the posts away
    with django_assert_num_queries(6):  # her session, herself, consents, exports, erasure, her cart
        browser.get("/me/data")


@pytest.mark.parametrize("language", ["ru", "en"])
@pytest.mark.parametrize(
    "kind", ["privacy", "terms", "cookies", "recommendations", "processing", "marketing", "transfer"]
)
def test_legal_texts_are_open_to_everybody(client: Client, kind: str, language: str, settings) -> None:
    settings.SHOP = {**settings.SHOP, "name": "ООО <b>Кромка</b>", "inn": ""}
    accept = {"Accept-Language": language}
    text = document(kind, language)
    page, plain = (words(client.get(f"/legal/{kind}{end}", headers=accept)) for end in ("/", ".txt"))
    assert (text.title in page, text.sha256 in page, plain) == (True, True, text.body)
    assert "<b>Кромка" not in page
    assert bool(re.search("[а-я]{4}", text.body.replace("Кромка", ""))) == (language == "ru")
    assert "{{" not in text.body


def test_what_is_not_filled_in_says_so(settings) -> None:
    settings.SHOP = dict.fromkeys(settings.SHOP, "")
    assert "[не заполнено магазином]" in document("privacy", "ru").body


@pytest.mark.parametrize("address", ["/legal/unknown/", "/legal/unknown.txt", f"/legal/texts/{'0' * 64}.txt"])
def test_texts_that_are_not_there(client: Client, address: str) -> None:
    assert client.get(address).status_code == 404


def test_every_page_leads_to_the_texts(client: Client) -> None:
    page = words(client.get("/"))
    linked = re.findall(r'href="(/legal/\w+/)"', page)
    assert linked == ["/legal/terms/", "/legal/privacy/", "/legal/cookies/", "/legal/recommendations/"]
    assert [client.get(address).status_code for address in (*linked, "/legal/")] == [200] * 5
