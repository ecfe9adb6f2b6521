"""A console under test: a crew, a show with a tray, and what people say in it."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

from django.test import Client

from svoi.members.models import Member
from svoi.shows.models import ChatMessage, Show
from tests.cast import NOON

FORM = "application/x-www-form-urlencoded"


def signed(person: Member) -> Client:
    """A browser in which this person is signed in."""
    browser = Client()
    browser.force_login(person)
    return browser


def said(show: Show, author: Member, text: str = "Привет", *, seq: int = 1, minute: int = 0) -> ChatMessage:
    """A message as the gateway stores it, so many minutes after noon."""
    said_at = NOON + timedelta(minutes=minute)
    return ChatMessage.objects.create(show=show, author=author, seq=seq, text=text, key=uuid4(), said_at=said_at)


def send(browser: Client, method: str, address: str, fields: dict[str, str]):
    """A request as htmx sends it: PUT carries a form in its body."""
    if method == "put":
        body = "&".join(f"{name}={value}" for name, value in fields.items())
        return browser.put(address, body, content_type=FORM, headers={"HX-Request": "true"})
    return getattr(browser, method)(address, fields, headers={"HX-Request": "true"})
