"""`fake-yookassa`: runs the stand-in for YooKassa, so that the real client can be tried without the network."""

from __future__ import annotations

import json
import signal
import threading
from functools import partial
from typing import Any

import httpx
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from svoi.jobs.management.commands._words import LANGUAGES, language_of_terminal
from svoi.payments.fakes.yookassa import FakeYooKassa

PORT_DEFAULT = 8350
SHOP_DEFAULT = "http://127.0.0.1:8000"
LOOK_EVERY_S = 0.3
SHOP_WAIT_S = 5
NOT_THERE = 599
WORDS = {
    "busy": ("Port {port} is taken; choose another: --port N.", "Порт {port} занят; выберите другой: --port N."),
    "runs": (
        "The stand-in for YooKassa runs; its payments and troubles: {home}/ Its notices go to {shop}",
        "Учебная ЮKassa работает; платежи и неприятности: {home}/ Уведомления идут в {shop}",
    ),
    "start": (
        "Start the shop with these settings; Ctrl-C ends it here.",
        "Запустите магазин с этими настройками; Ctrl-C завершает.",
    ),
    "told": ("notice {event}: the shop answered {status}", "уведомление {event}: магазин ответил {status}"),
    "not_there": ("notice {event}: the shop is not there", "уведомление {event}: магазина нет на месте"),
}


class Command(BaseCommand):
    """Listens on the loopback address only; needs no database and keeps nothing once it ends."""

    help = "Run a stand-in for YooKassa and print the settings to use with it."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--port", type=int, default=PORT_DEFAULT, help="where it listens; 0 takes a free one")
        parser.add_argument("--shop", default=SHOP_DEFAULT, help="the shop that its notices go to")
        parser.add_argument("--language", choices=LANGUAGES, default=language_of_terminal())

    def handle(self, *, port: int, shop: str, language: str, **options: Any) -> None:
        self._column, shop = LANGUAGES.index(language), shop.rstrip("/")
        try:
            fake = FakeYooKassa(clock=timezone.now, send=partial(self._tell, shop), port=port)
        except (OSError, OverflowError):
            raise CommandError(self._say("busy", port=port)) from None
        ended = threading.Event()
        for name in (signal.SIGINT, signal.SIGTERM):
            signal.signal(name, lambda _number, _frame: ended.set())
        with fake:
            self.stderr.write(self._say("runs", home=fake.home, shop=shop))
            self.stderr.write(self._say("start"))
            self.stdout.write("\n".join(f"{name}={value}" for name, value in _settings(fake, shop).items()))
            self.stdout.flush()
            while not ended.wait(LOOK_EVERY_S):
                fake.book.pass_time()
                fake.mailbox.deliver()

    def _tell(self, shop: str, body: dict[str, Any]) -> int:
        """One notice to the shop, as YooKassa sends it; the status of its answer."""
        headers = {"Content-Type": "application/json"}
        address = f"{shop}/payments/yookassa/notices"
        try:
            answer = httpx.post(address, content=json.dumps(body), headers=headers, timeout=SHOP_WAIT_S)
        except httpx.HTTPError:
            self.stderr.write(self._say("not_there", event=body["event"]))
            return NOT_THERE
        self.stderr.write(self._say("told", event=body["event"], status=answer.status_code))
        return answer.status_code

    def _say(self, sentence: str, **facts: Any) -> str:
        return WORDS[sentence][self._column].format(**facts)


def _settings(fake: FakeYooKassa, shop: str) -> dict[str, str]:
    return {
        "SVOI_PAYMENT_PROVIDER": "yookassa",
        "SVOI_YOOKASSA_URL": fake.url,
        "SVOI_YOOKASSA_SHOP": fake.shop,
        "SVOI_YOOKASSA_SECRET": fake.secret,
        "SVOI_YOOKASSA_SENDERS": '"127.0.0.1 ::1"',
        "SVOI_URL": shop,
    }
