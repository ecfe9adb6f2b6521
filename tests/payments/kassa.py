"""A shop paid through the stand-in for YooKassa: its clock can be moved, its troubles ordered."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest
from django.conf import settings as django_settings
from django.test import Client
from django.utils import timezone

from svoi.payments.actions import send_request
from svoi.payments.fakes.yookassa import FakeYooKassa
from svoi.payments.models import Payment
from tests.cast import NOON
from tests.payments.till import again, asked

THEIRS = "185.71.76.5"


class Clock:
    """Their time and ours; it stands still until it is moved."""

    def __init__(self) -> None:
        self.at = NOON

    def __call__(self) -> datetime:
        return self.at

    def move(self, **by: float) -> datetime:
        self.at += timedelta(**by)
        return self.at


def to_our_door(body: dict[str, object], sender: str = THEIRS) -> int:
    """A notice, as it arrives over HTTP from one of YooKassa's addresses."""
    answer = Client().post(
        "/payments/yookassa/notices", json.dumps(body), content_type="application/json", REMOTE_ADDR=sender
    )
    return answer.status_code


PATIENT_S, IMPATIENT_S = 10, 0.3  # a busy machine is no bank that is silent


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def kassa(settings, clock, monkeypatch) -> Iterator[FakeYooKassa]:
    """The shop's provider is YooKassa, and YooKassa is this; our door reads the same clock."""
    monkeypatch.setattr(timezone, "now", clock)
    with FakeYooKassa(clock=clock, send=to_our_door) as fake:
        settings.PAYMENT_PROVIDER = "yookassa"
        settings.YOOKASSA_URL, settings.YOOKASSA_SHOP, settings.YOOKASSA_SECRET = fake.url, fake.shop, fake.secret
        settings.YOOKASSA_WAIT_S = PATIENT_S
        settings.PUBLIC_URL = "https://shop.example"
        yield fake


def falls_silent(kassa: FakeYooKassa, when: str) -> None:
    """The next request gets no answer, before it was carried out (`lost`) or after (`done`); we do not wait long."""
    kassa.troubles.append(f"silence {when}")
    django_settings.YOOKASSA_WAIT_S = IMPATIENT_S


def opened(**wanted: object) -> Payment:
    """A request that YooKassa has."""
    payment = asked(**wanted)
    send_request(payment_id=payment.pk, at=NOON)
    return again(payment)
