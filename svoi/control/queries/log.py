"""The action log: what the crew did in a show, read from facts that exist anyway. Nothing is written for it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import Q

from svoi.catalog.models import Product
from svoi.control.models import Incident
from svoi.db.models import OutboxEvent
from svoi.envelopes.models import Envelope
from svoi.flash.models import FlashClosing, FlashDeal
from svoi.members.models import Member
from svoi.rundowns.models import Segment
from svoi.shows.models import ChatMessage, Pin

PAGE_DEEDS = 100
# Facts of a show that somebody of the crew made, and the field that says who.
WHO = {
    "show_started": "by_id",
    "show_ended": "by_id",
    "break_started": "by_id",
    "break_ended": "by_id",
    "key_issued": "by_id",
    "product_pinned": "by_id",
    "product_unpinned": "by_id",
    "tray_changed": "by_id",
    "allotment_changed": "by_id",
    "message_hidden": "hidden_by_id",
    "member_muted": "muted_by_id",
    "member_unmuted": "by_id",
    "chat_policy_changed": "by_id",
    "flash_armed": "by_id",
    "flash_fired": "by_id",
    "flash_over": "",
    "envelope_sent": "sender_id",
    "segment_cued": "by_id",
    "control_taken": "by_id",
    "control_released": "by_id",
    "duties_set": "by_id",
    "incident_reported": "by_id",
    "note_left": "by_id",
    "question_answered": "by_id",
    "message_pinned": "by_id",
    "message_unpinned": "by_id",
    "poll_armed": "by_id",
    "poll_fired": "by_id",
    "poll_closed": "by_id",
}


@dataclass(frozen=True, slots=True)
class Deed:
    """One act: `kind` is the fact's, `who` empty where no fact tells it, `about` what it was done to, in words.

    `about` has titles in both languages where there are two; `told` are the fact's own fields.
    """

    id: int
    kind: str
    at: datetime
    who: str
    about_ru: str = ""
    about_en: str = ""
    told: dict[str, Any] = field(default_factory=dict)


def log_of(*, show_id: int, before: int | None = None, most: int = PAGE_DEEDS) -> list[Deed]:
    """The latest deeds of a show, the newest first, older than the fact `before`; one more than `most` if there are.

    The number of queries does not depend on how much happened.
    """
    of_show = Q(stream=f"show:{show_id}") | Q(kind="flash_armed", stream="", payload__show_id=show_id)
    rows = OutboxEvent.objects.filter(of_show, kind__in=WHO).order_by("-pk")
    if before is not None:
        rows = rows.filter(pk__lt=before)
    return _told(list(rows[: most + 1]))


def last_hand(*, show_id: int, kind: str) -> str:
    """Who last made a fact of this kind in a show; empty when nobody did or it is not told."""
    row = OutboxEvent.objects.filter(stream=f"show:{show_id}", kind=kind).order_by("-pk").first()
    who = row.payload.get(WHO[kind]) if row else None
    return Member.objects.filter(pk=who).values_list("name", flat=True).first() or "" if who else ""


def _told(rows: list[OutboxEvent]) -> list[Deed]:
    closed = _closings(rows)
    people = {row.pk: _who(row, closed) for row in rows}
    names = dict(
        Member.objects.filter(pk__in={who for who in people.values() if who is not None}).values_list("pk", "name")
    )
    about = _About(rows)
    return [
        Deed(row.pk, row.kind, row.at, names.get(people[row.pk] or 0, ""), *about.words(row), told=row.payload)
        for row in rows
    ]


def _who(row: OutboxEvent, closed: dict[int, int | None]) -> int | None:
    if row.kind == "flash_over":
        return closed.get(row.payload["deal_id"])
    who = row.payload.get(WHO[row.kind])
    return who if isinstance(who, int) else None


def _closings(rows: Iterable[OutboxEvent]) -> dict[int, int | None]:
    """Who called deals off: the fact tells what returned, the row tells whose hand it was."""
    ids = [row.payload["deal_id"] for row in rows if row.kind == "flash_over"]
    return dict(FlashClosing.objects.filter(deal__in=ids).values_list("deal_id", "closed_by_id"))


class _About:
    """Words for what facts name by number, read once for a whole page of them."""

    def __init__(self, rows: Iterable[OutboxEvent]) -> None:
        rows = list(rows)
        ids = {name: {row.payload[name] for row in rows if row.payload.get(name) is not None} for name in _NAMED}
        pins = dict(Pin.objects.filter(pk__in=ids["pin_id"]).values_list("pk", "product_id"))
        deals = dict(FlashDeal.objects.filter(pk__in=ids["deal_id"]).values_list("pk", "variant__product_id"))
        products = ids["product_id"] | set(pins.values()) | set(deals.values())
        named = {
            pk: (name, name_en or name)
            for pk, name, name_en in Product.objects.filter(pk__in=products).values_list("pk", "name", "name_en")
        }
        self._words: dict[str, dict[int, tuple[str, str]]] = {
            "product_id": named,
            "pin_id": {pk: named[product] for pk, product in pins.items()},
            "deal_id": {pk: named[product] for pk, product in deals.items()},
            "segment_id": {
                pk: (ru, en or ru)
                for pk, ru, en in Segment.objects.filter(pk__in=ids["segment_id"]).values_list(
                    "pk", "title_ru", "title_en"
                )
            },
            "message_id": _twice(ChatMessage.objects.filter(pk__in=ids["message_id"]).values_list("pk", "text")),
            "member_id": _twice(Member.objects.filter(pk__in=ids["member_id"]).values_list("pk", "name")),
            "incident_id": _twice(Incident.objects.filter(pk__in=ids["incident_id"]).values_list("pk", "note")),
            "envelope_id": _twice(Envelope.objects.filter(pk__in=ids["envelope_id"]).values_list("pk", "greeting")),
        }

    def words(self, row: OutboxEvent) -> tuple[str, str]:
        if row.kind == "poll_fired":
            return row.payload["question_ru"], row.payload["question_en"] or row.payload["question_ru"]
        for name in _NAMED:
            found = self._words[name].get(row.payload.get(name, 0))
            if found:
                return found
        return "", ""


_NAMED = ("segment_id", "deal_id", "pin_id", "product_id", "message_id", "member_id", "incident_id", "envelope_id")


def _twice(rows: Iterable[tuple[int, str]]) -> dict[int, tuple[str, str]]:
    return {pk: (words, words) for pk, words in rows}
