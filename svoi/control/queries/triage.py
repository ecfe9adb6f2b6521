"""Questions of a show's chat, and the message that stands above it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from svoi.catalog.queries import cards
from svoi.control.models import MessagePin
from svoi.control.rules.triage import Asked, QuestionGroup, grouped, is_question
from svoi.shows.models import ChatMessage, Show, TrayItem
from svoi.shows.queries.people import roles_by_member

LOOKED_THROUGH = 400


@dataclass(frozen=True, slots=True)
class Triage:
    """Open questions by group, and how many were answered among the messages looked through."""

    groups: tuple[QuestionGroup, ...]
    answered: int
    product_names: dict[int, tuple[str, str]]


def triage_of(*, show_id: int) -> Triage:
    """The questions among the latest messages; what the crew said or hid, and what was answered, is left out."""
    show = Show.objects.get(pk=show_id)
    latest = show.messages.filter(hiding=None).select_related("author", "answer").order_by("-seq")[:LOOKED_THROUGH]
    asked = [row for row in reversed(latest) if is_question(row.text)]
    crew = roles_by_member(show, {row.author_id for row in asked})
    asked = [row for row in asked if crew.get(row.author_id, "viewer") == "viewer"]
    names = _names(show_id)
    open_ = [row for row in asked if getattr(row, "answer", None) is None]
    groups = grouped([Asked(row.pk, row.author_id, row.author.name, row.text) for row in open_], names)
    return Triage(groups, len(asked) - len(open_), names)


def pinned_message(*, show_id: int) -> dict[str, Any] | None:
    """The message above the chat as the room's pages hold it: {id, name, role, text}; a hidden one is not there."""
    pins = MessagePin.objects.filter(show_id=show_id, unpinned_at=None, message__hiding=None)
    pin = pins.select_related("message__author", "show").first()
    if pin is None:
        return None
    message = pin.message
    role = roles_by_member(pin.show, {message.author_id}).get(message.author_id, "viewer")
    return {"id": message.pk, "name": message.author.name, "role": role, "text": message.text}


def said_after(message: ChatMessage) -> int:
    """How many messages of the show were said after this one."""
    return ChatMessage.objects.filter(show_id=message.show_id, seq__gt=message.seq).count()


def _names(show_id: int) -> dict[int, tuple[str, str]]:
    laid = list(TrayItem.objects.filter(show_id=show_id).order_by("position").values_list("product_id", flat=True))
    return {card.product_id: (card.name, card.name_en or card.name) for card in cards(laid).values()}
