"""Doors for processes: closed to everybody without our token, exact for those who have it."""

from __future__ import annotations

import json
import time
from datetime import timedelta
from uuid import uuid4

import pytest
from django.conf import settings
from django.test import Client

from svoi.kernel.tokens import derive_key, sign
from svoi.payments.models import Payment
from svoi.payments.providers import fake
from svoi.shows.actions.keys import issue_key
from svoi.shows.models import IngestRefusal
from tests import cast
from tests.cast import NOON

pytestmark = pytest.mark.django_db


def bearer(*, purpose: str = "internal", lasts_s: int = 60) -> dict[str, str]:
    token = sign({"from": "media"}, key=derive_key(settings.SECRET_KEY, purpose), expires_at=time.time() + lasts_s)
    return {"Authorization": f"Bearer {token}"}


def knock(client: Client, path: str, body: dict, **headers):
    return client.post(path, json.dumps(body), content_type="application/json", headers=headers or bearer())


@pytest.fixture
def show(table, anna):
    return cast.live_show(table, anna)


@pytest.mark.parametrize("path", ["auth", "online", "offline", "refused"])
def test_strangers_find_nothing(client, path):
    for headers in ({"X": "1"}, bearer(purpose="ticket"), bearer(lasts_s=-1), {"Authorization": "Bearer x"}):
        assert knock(client, f"/internal/media/{path}", {}, **headers).status_code == 404
    assert client.get(f"/internal/media/{path}", headers=bearer()).status_code == 404


def test_a_key_opens_its_show(client, show, anna):
    key = issue_key(show_id=show.pk, by=anna, at=NOON)
    answer = knock(client, "/internal/media/auth", {"key": key, "peer": "127.0.0.1"})
    assert (answer.status_code, answer.json()["show_id"]) == (200, show.pk)


def test_a_wrong_key_is_refused_in_both_languages(client):
    answer = knock(client, "/internal/media/auth", {"key": "guess"})
    assert (answer.status_code, answer.json()["code"]) == (403, "unknown_key")
    assert " — " in answer.json()["message"]


def test_a_publisher_comes_and_goes(client, show):
    show.ingests.all().delete()
    session, at = str(uuid4()), NOON.timestamp()
    told = {"show_id": show.pk, "session": session, "at": at, "video": {"width": 720}, "audio": {"rate": 48000}}
    assert knock(client, "/internal/media/online", told).status_code == 204
    ingest = show.ingests.get()
    assert (ingest.online_at, ingest.signal) == (NOON, {"video": {"width": 720}, "audio": {"rate": 48000}})
    gone = {"show_id": show.pk, "session": session, "at": at + 60, "reason": "closed"}
    assert knock(client, "/internal/media/offline", gone).status_code == 204
    ingest.refresh_from_db()
    assert (ingest.offline_at, ingest.reason) == (NOON + timedelta(seconds=60), "closed")


def test_a_refused_publisher_is_noted(client, show):
    knock(client, "/internal/media/refused", {"show_id": show.pk, "session": "x", "code": "hevc", "at": 0})
    assert IngestRefusal.objects.get().code == "hevc"


def test_the_gateway_learns_what_a_room_needs(client, show, vera, anna):
    show.mutes.create(member=vera, muted_by=anna, muted_at=NOON, until=NOON + timedelta(days=36500))
    answer = client.get(f"/internal/rooms/{show.pk}", headers=bearer())
    told = answer.json()
    assert (told["state"], told["facts"], told["chat"], told["muted"]) == ("live", 0, 0, [vera.pk])
    assert told["policy"] == {"slow_mode_s": 0, "length_max": 200, "open": True}
    assert (told["integrity"], told["habit_mode"], told["habit"]) == ("shadow", "shadow", {"low": 0.0, "stretches": 0})
    assert client.get("/internal/rooms/999999", headers=bearer()).status_code == 404
    assert client.get(f"/internal/rooms/{show.pk}").status_code == 404


def paid_at_the_bank() -> Payment:
    payment = Payment.objects.create(
        key=uuid4(), subject="order:1", provider="fake", amount_minor=100, purpose="", return_url="/"
    )
    told = fake.ask(fake.Asking(payment.key, payment.amount, "", "/"))
    Payment.objects.filter(pk=payment.pk).update(provider_id=told.provider_id, state="pending")
    payment.refresh_from_db()
    page = fake.bank_page(payment.provider_id)
    page.state = "succeeded"
    page.save()
    return payment


def notify(client: Client, provider: str, body: object):
    return client.post(f"/payments/{provider}/notices", json.dumps(body), content_type="application/json")


def test_a_notice_settles_a_payment(client):
    payment = paid_at_the_bank()
    assert notify(client, "fake", {"notice": "1", "payment": payment.provider_id}).status_code == 200
    payment.refresh_from_db()
    assert payment.state == "succeeded"


@pytest.mark.parametrize(("body", "status"), [([], 400), ({}, 400), ({"notice": "1", "payment": str(uuid4())}, 503)])
def test_a_notice_we_cannot_use_is_asked_for_again_or_refused(client, body, status):
    assert notify(client, "fake", body).status_code == status


def test_only_the_shops_own_provider_is_heard(client):
    assert notify(client, "yookassa", {}).status_code == 404


def test_a_huge_notice_is_not_read(client):
    assert notify(client, "fake", {"notice": "1" * 70_000}).status_code == 413


def test_a_lie_about_success_changes_nothing(client):
    payment = paid_at_the_bank()
    page = fake.bank_page(payment.provider_id)
    page.state = "pending"
    page.save()
    notify(client, "fake", {"notice": "lie", "payment": payment.provider_id, "state": "succeeded"})
    payment.refresh_from_db()
    assert payment.state == "pending"


def test_health_tells_which_process_is_missing(client):
    answer = client.get("/healthz")
    told = answer.json()
    assert (answer.status_code, told["ok"]) == (503, False)
    assert {name: part["ok"] for name, part in told["processes"].items()} == {
        "web": True,
        "postgres": True,
        "worker": False,
        "gateway": False,
        "media": False,
        "desk": False,
    }
