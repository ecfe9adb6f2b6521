"""The room's page in a real browser, under the real content policy, without a gateway: frames are handed to it.

Pages and files are answered from memory, so no server and no socket is needed.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from uuid import uuid4

import pytest
from django.contrib.staticfiles import finders
from django.test import Client
from playwright.sync_api import Browser, Page, Route

from svoi.shows.models import ChatMessage, MessageHiding
from tests import cast
from tests.cast import NOON
from tests.web.room.screen import SITE, TYPES


@pytest.fixture
def rendered(chromium: Browser, anna, vera, table) -> dict[str, Any]:
    """The room as Vera sees it, with three messages of which one is hidden."""
    cast.joins(vera, table)
    show = cast.live_show(table, anna, cast.product(table), cast.product(table, name="Полотенце"))
    said = [
        ChatMessage.objects.create(show=show, author=author, seq=seq, text=text, key=uuid4(), said_at=NOON)
        for seq, (author, text) in enumerate([(anna, "Добрый вечер"), (vera, "<b>Здравствуйте</b>"), (vera, "!")], 1)
    ]
    MessageHiding.objects.create(message=said[2], hidden_by=anna, hidden_at=NOON)
    client = Client()
    client.force_login(vera)
    answer = client.get(f"/shows/{show.pk}/")
    policy = answer.headers["Content-Security-Policy"]
    return {"path": f"/shows/{show.pk}/", "body": answer.content, "policy": policy}


@pytest.fixture
def page(chromium: Browser, rendered: dict[str, Any]) -> Iterator[Page]:
    """The open room. `hear(frame)` hands it a frame, `sent` holds what it said."""
    context = chromium.new_context(viewport={"width": 390, "height": 844}, locale="ru-RU")
    opened = context.new_page()
    faults: list[str] = []
    opened.on("pageerror", lambda fault: faults.append(str(fault)))
    opened.on("console", lambda line: faults.append(line.text) if "Content Security" in line.text else None)
    context.route("**/*", lambda route: answer(route, rendered))
    opened.goto(SITE + rendered["path"])
    opened.evaluate(
        """() => {
          const room = document.querySelector("svoi-room");
          globalThis.sent = [];
          room.socket.say = (message) => { sent.push(message); return true; };
          globalThis.hear = (frame) => room.socket.dispatchEvent(new CustomEvent("frame", { detail: frame }));
        }"""
    )
    yield opened
    assert faults == []
    context.close()


def answer(route: Route, rendered: dict[str, Any]) -> None:
    path = route.request.url.removeprefix(SITE).partition("?")[0]
    if path == rendered["path"]:
        headers = {"Content-Security-Policy": rendered["policy"], "Content-Type": "text/html; charset=utf-8"}
        route.fulfill(status=200, headers=headers, body=rendered["body"])
    elif path.startswith("/static/") and (found := finders.find(path.removeprefix("/static/"))):
        route.fulfill(status=200, content_type=TYPES.get(path.rpartition(".")[2], "text/plain"), path=found)
    else:
        route.fulfill(status=503, body="")
