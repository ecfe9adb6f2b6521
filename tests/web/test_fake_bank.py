"""The demo bank's page: answers and troubles, back to the shop, and nothing at all where real money is taken."""

from __future__ import annotations

import re
from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone, translation

from svoi.payments.models import BankPage
from svoi.payments.providers.fake import REASONS, TROUBLES
from svoi.web import bank_words
from tests import cast
from tests.cast import NOON


@pytest.fixture
def asked(db) -> BankPage:
    return BankPage.objects.create(
        bank_id=uuid4(),
        idempotence_key=uuid4(),
        amount_minor=149_000,
        currency="RUB",
        purpose="№ ABCD2345",
        return_url="/orders/ABCD2345/",
    )


def test_it_shows_the_sum_and_that_it_is_practice(client, asked):
    body = client.get(f"/fake-bank/{asked.bank_id}/").content.decode()
    assert "1\u202f490" in body
    assert "№ ABCD2345" in body
    assert re.findall(r'name="decision" value="(\w+)"', body) == ["succeed", "decline", "abandon", "expire"]


@pytest.mark.parametrize(
    ("decision", "state"), [("succeed", "succeeded"), ("decline", "declined"), ("abandon", "pending")]
)
def test_each_answer_leads_back_to_the_order(client, asked, decision, state):
    answer = client.post(f"/fake-bank/{asked.bank_id}/", {"decision": decision})
    asked.refresh_from_db()
    assert (answer.status_code, answer.headers["Location"]) == (303, "/orders/ABCD2345/?from=bank")
    assert asked.state == state


def test_the_first_decision_stands(client, asked):
    for decision in ("succeed", "decline"):
        client.post(f"/fake-bank/{asked.bank_id}/", {"decision": decision})
    asked.refresh_from_db()
    assert asked.state == "succeeded"
    assert 'name="decision"' not in client.get(f"/fake-bank/{asked.bank_id}/").content.decode()


def test_an_answer_that_is_none(client, asked):
    assert client.post(f"/fake-bank/{asked.bank_id}/", {"decision": "steal"}).status_code == 400
    asked.refresh_from_db()
    assert asked.state == "pending"


def test_it_leads_nobody_to_another_site(client, asked):
    BankPage.objects.update(return_url="https://evil.example/")
    answer = client.post(f"/fake-bank/{asked.bank_id}/", {"decision": "succeed"})
    assert answer.headers["Location"] == "/orders/"


def test_an_unknown_page(client, db):
    assert client.get(f"/fake-bank/{uuid4()}/").status_code == 404


@pytest.mark.parametrize("ask", ["get", "post"])
def test_with_another_provider_there_is_no_such_page(client, asked, settings, ask):
    settings.PAYMENT_PROVIDER = "yookassa"
    assert getattr(client, ask)(f"/fake-bank/{asked.bank_id}/").status_code == 404


def events_of(page: BankPage) -> list[tuple[str, str]]:
    """The notices under way: the state each tells of, and not before when."""
    return [(told["notice"].rpartition(":")[2], told["not_before"]) for _, told in cast.recorded("bank_decided")]


@pytest.fixture
def clock(monkeypatch) -> None:
    monkeypatch.setattr(timezone, "now", lambda: NOON)


def test_a_decline_has_a_reason_as_banks_give_them_and_says_it_in_words(client, asked):
    client.post(f"/fake-bank/{asked.bank_id}/", {"decision": "decline", "reason": "insufficient_funds"})
    asked.refresh_from_db()
    assert (asked.state, asked.reason) == ("declined", "insufficient_funds")
    client.cookies["svoi_language"] = "en"
    body = client.get(f"/fake-bank/{asked.bank_id}/").content.decode()
    assert "This payment was declined." in body
    assert "Not enough money" in body


def test_money_from_an_account_is_not_declined_for_a_card(client, asked):
    BankPage.objects.update(method="sbp")
    body = client.get(f"/fake-bank/{asked.bank_id}/").content.decode()
    offered = set(re.findall(r'<option value="(\w+)"', body))
    assert set(REASONS) - offered == {"card_expired", "invalid_csc", "3d_secure_failed"}
    wanted = {"decision": "decline", "reason": "card_expired"}
    assert client.post(f"/fake-bank/{asked.bank_id}/", wanted).status_code == 400
    asked.refresh_from_db()
    assert (asked.state, cast.recorded("bank_decided")) == ("pending", [])


@pytest.mark.parametrize(
    ("trouble", "notices"),
    [
        ("none", [("succeeded", "")]),
        ("twice", [("succeeded", ""), ("succeeded", "")]),
        ("late", [("succeeded", (NOON + timedelta(seconds=30)).isoformat())]),
        ("reordered", [("succeeded", ""), ("pending", (NOON + timedelta(seconds=5)).isoformat())]),
        ("lost", []),
    ],
)
def test_each_trouble_of_the_notice_can_be_practised(client, asked, clock, trouble, notices):
    client.post(f"/fake-bank/{asked.bank_id}/", {"decision": "succeed", "trouble": trouble})
    assert events_of(asked) == notices


def test_time_can_be_let_run_out(client, asked):
    client.post(f"/fake-bank/{asked.bank_id}/", {"decision": "expire"})
    asked.refresh_from_db()
    assert (asked.state, asked.reason) == ("expired", "expired_on_confirmation")
    assert [state for state, _ in events_of(asked)] == ["expired"]


def test_the_page_tells_its_hour_and_a_hold_its_week(client, asked, clock):
    BankPage.objects.update(hold=True, method="card", opened_at=NOON)
    hour = (NOON + timedelta(hours=1)).isoformat()
    assert f'data-ends-at="{hour}"' in client.get(f"/fake-bank/{asked.bank_id}/").content.decode()
    client.post(f"/fake-bank/{asked.bank_id}/", {"decision": "succeed"})
    body = client.get(f"/fake-bank/{asked.bank_id}/").content.decode()
    assert re.findall(r'data-ends-at="([^"]+)"', body) == [(NOON + timedelta(days=7)).isoformat()]
    assert re.findall(r'name="decision" value="(\w+)"', body) == ["expire"]
    client.post(f"/fake-bank/{asked.bank_id}/", {"decision": "expire"})
    asked.refresh_from_db()
    assert (asked.state, asked.reason) == ("expired", "expired_on_capture")


@pytest.mark.parametrize("wish", [{"trouble": "everything"}, {"reason": "greed"}])
def test_a_wish_the_bank_does_not_know_changes_nothing(client, asked, wish):
    answer = client.post(f"/fake-bank/{asked.bank_id}/", {"decision": "decline", **wish})
    asked.refresh_from_db()
    assert (answer.status_code, asked.state, cast.recorded("bank_decided")) == (400, "pending", [])


def test_every_wish_and_state_has_words_in_both_languages():
    assert (set(bank_words.REASONS), set(bank_words.TROUBLES)) == (set(REASONS), set(TROUBLES))
    assert {"pending", *bank_words.STATES} == {"pending", "held", "succeeded", "declined", "voided", "expired"}
    for table in (bank_words.METHODS, bank_words.STATES, bank_words.REASONS, bank_words.TROUBLES):
        for words in table.values():
            with translation.override("ru"):
                russian = str(words)
            with translation.override("en"):
                assert str(words) != russian


def test_what_a_bank_knows_by_heart_is_not_kept_by_browsers(client, asked):
    assert "no-store" in client.get(f"/fake-bank/{asked.bank_id}/").headers["Cache-Control"]
