"""`bin/svoi fake-yookassa` as a process: what it prints is enough for our real client to be paid through it."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import uuid4

import httpx
import pytest

from svoi.kernel.money import Money
from svoi.payments.actions import request_payment, send_request
from svoi.payments.models import Payment, PaymentNotice
from svoi.payments.providers import yookassa
from svoi.payments.providers.shape import GivingBack
from svoi.payments.rules import ProviderAway
from tests.cast import NOON

pytestmark = pytest.mark.django_db(transaction=True)
SVOI = Path(__file__).resolve().parents[2] / "bin" / "svoi"


@contextmanager
def stand_in(tmp_path: Path, *arguments: str) -> Iterator[tuple[subprocess.Popen[str], dict[str, str]]]:
    """The process, once it has told its settings."""
    kept = {name: text for name, text in os.environ.items() if not name.startswith(("SVOI_", "DATABASE_URL", "DJANGO"))}
    command = [str(SVOI), "--data", str(tmp_path / "no-instance"), "fake-yookassa", *arguments]
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    process = subprocess.Popen(command, env=kept, text=True, **pipes)
    try:
        lines = [process.stdout.readline().strip() for _ in range(6)]
        yield process, dict(line.split("=", 1) for line in lines if line)
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(20)


def believing(settings, told: dict[str, str]) -> None:
    """The settings as a shop's start would read them."""
    settings.PAYMENT_PROVIDER = told["SVOI_PAYMENT_PROVIDER"]
    settings.YOOKASSA_URL = told["SVOI_YOOKASSA_URL"]
    settings.YOOKASSA_SHOP, settings.YOOKASSA_SECRET = told["SVOI_YOOKASSA_SHOP"], told["SVOI_YOOKASSA_SECRET"]
    settings.YOOKASSA_SENDERS = told["SVOI_YOOKASSA_SENDERS"].strip('"').split()
    settings.PUBLIC_URL = told["SVOI_URL"]


def until(holds: Callable[[], object], within_s: float = 20) -> None:
    deadline = time.monotonic() + within_s
    while not holds():
        assert time.monotonic() < deadline
        time.sleep(0.05)


def pending(subject: str = "order:1") -> Payment:
    wanted = {"amount": Money(149_000), "purpose": "№ <b>ABC</b>", "return_url": "/orders/ABC/"}
    payment = request_payment(subject=subject, key=uuid4(), at=NOON, **wanted)
    send_request(payment_id=payment.pk, at=NOON)
    payment.refresh_from_db()
    return payment


def test_a_shop_is_paid_through_it(tmp_path, settings, live_server):
    with stand_in(tmp_path, "--port", "0", "--shop", live_server.url, "--language", "en") as (process, told):
        believing(settings, told)
        payment = pending()
        home = told["SVOI_YOOKASSA_URL"].removesuffix("/v3")
        assert payment.page_url == f"{home}/pay/{payment.provider_id}"
        page = httpx.get(payment.page_url).text
        assert "1490.00 ₽" in page
        assert "<b>ABC" not in page
        back = httpx.post(payment.page_url, data={"decision": "pay"})
        assert (back.status_code, back.headers["Location"]) == (303, f"{live_server.url}/orders/ABC/?from=bank")
        until(lambda: Payment.objects.get().state == "succeeded")
        assert PaymentNotice.objects.get().applied_at
        assert f"{payment.purpose[:2]}" in httpx.get(f"{home}/").text
    assert process.returncode == 0
    assert "notice payment.succeeded: the shop answered 200" in process.stderr.read()
    assert not (tmp_path / "no-instance").exists()


def test_its_desk_orders_troubles_and_lets_time_run_out(tmp_path, settings):
    with stand_in(tmp_path, "--port", "0", "--shop", "http://127.0.0.1:1") as (_process, told):
        believing(settings, told)
        home = told["SVOI_YOOKASSA_URL"].removesuffix("/v3")
        declined, gone, paid = (pending(f"order:{number}") for number in (1, 2, 3))
        httpx.post(declined.page_url, data={"decision": "decline", "reason": "card_expired", "notice": "lost"})
        httpx.post(gone.page_url, data={"decision": "expire"})
        httpx.post(paid.page_url, data={"decision": "pay"})
        told_now = [yookassa.read(one.provider_id) for one in (declined, gone, paid)]
        assert [(one.state, one.reason) for one in told_now] == [
            ("declined", "card_expired"),
            ("expired", "expired_on_confirmation"),
            ("succeeded", ""),
        ]
        assert httpx.post(paid.page_url, data={"decision": "pay"}).status_code == 409
        assert httpx.post(f"{home}/pay/nothing", data={"decision": "pay"}).status_code == 404
        httpx.post(f"{home}/", data={"answer": "garbage lost", "refunds_wait": "on"})
        giving = GivingBack(uuid4(), paid.provider_id, Money(100))
        with pytest.raises(ProviderAway):
            yookassa.refund(giving)
        assert yookassa.refund(giving).state == "sent"
        httpx.post(f"{home}/", data={"finish": "1"})
        assert yookassa.find_refund(giving).state == "succeeded"


def test_a_taken_port_is_told_in_a_sentence(tmp_path):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        with stand_in(tmp_path, "--port", port, "--language", "ru") as (process, told):
            assert told == {}
            assert f"Порт {port} занят" in process.stderr.read()
    assert process.returncode == 1
