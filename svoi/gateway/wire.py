"""The only place that turns facts and messages into what browsers read; what is not listed here is not told."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal

from svoi.gateway.frames import line


@dataclass(frozen=True, slots=True)
class Frame:
    """Something with a place in its sequence, in the words of each audience; None is not told at all."""

    sequence: Literal["facts", "chat"]
    n: int
    public: bytes | None
    crew: bytes | None
    urgent: bool = False
    member_id: int = 0
    personal: bytes | None = None
    message_id: int = 0

    def said_to(self, *, crew: bool, member_id: int) -> bytes | None:
        """The words for one reader."""
        if crew:
            return self.crew
        if self.personal is not None and member_id == self.member_id:
            return self.personal
        return self.public


@dataclass(frozen=True, slots=True)
class Wording:
    """Which fields of a fact the public reads, and which the crew reads besides. `public` None: not for them.

    `personal` is for one reader alone, the member named by the field `member_id`.
    """

    public: tuple[str, ...] | None = ()
    crew: tuple[str, ...] = ()
    personal: tuple[str, ...] | None = None
    kind: str = ""
    urgent: bool = True


_PIN = (
    "pin_id",
    "product_id",
    "variant_id",
    "title_ru",
    "title_en",
    "price_minor",
    "old_price_minor",
    "picture",
    "sold_out",
    "media_at",
)
_CARD = ("product_id", "variant_id", "price_minor", "old_price_minor", "sold_out")
_ENVELOPE = (
    "envelope_id",
    "reference",
    "mode",
    "total",
    "shares",
    "greeting",
    "name",
    "commitment",
    "expires_at",
)
_FLASH = (
    "deal_id",
    "product_id",
    "variant_id",
    "title_ru",
    "title_en",
    "picture",
    "price_minor",
    "lowest_minor",
    "currency",
    "quantity",
    "per_person",
    "opens_at",
    "ends_at",
)
_POLL = ("poll_id", "question_ru", "question_en", "options", "closes_at")
_POLICY = ("slow_mode_s", "length_max", "open")

WORDINGS: dict[str, Wording] = {
    "show_started": Wording(public=("started_at",)),
    "show_ended": Wording(public=("ended_at",)),
    "break_started": Wording(),
    "break_ended": Wording(),
    "signal_lost": Wording(),
    "signal_restored": Wording(),
    "product_pinned": Wording(public=_PIN),
    "product_unpinned": Wording(public=("pin_id", "media_at")),
    "shown_price_changed": Wording(kind="price_changed", public=_CARD),
    "shown_stock_ran_out": Wording(kind="stock_ran_out", public=_CARD),
    "shown_stock_returned": Wording(kind="stock_returned", public=_CARD),
    "message_hidden": Wording(public=("message_id",), crew=("hidden_by_id",)),
    "chat_policy_changed": Wording(public=_POLICY),
    "member_muted": Wording(
        public=None, crew=("member_id", "muted_by_id", "until"), personal=("member_id", "until"), urgent=False
    ),
    "member_unmuted": Wording(public=None, crew=("member_id",), personal=("member_id",), urgent=False),
    "order_paid": Wording(
        kind="someone_bought", public=("name", "product_id", "quantity"), crew=("total_minor",), urgent=False
    ),
    "tray_changed": Wording(urgent=False),
    "allotment_changed": Wording(public=None, crew=("product_id", "by_id", "pieces", "taken"), urgent=False),
    "envelope_sent": Wording(public=_ENVELOPE),
    "shares_taken": Wording(public=("envelope_id", "shares_left"), urgent=False),
    "envelope_closed": Wording(public=("envelope_id", "closed_for")),
    "flash_fired": Wording(public=_FLASH, crew=("by_id",)),
    "flash_taken": Wording(public=("deal_id", "left"), crew=("takers", "pieces"), urgent=False),
    "flash_over": Wording(public=("deal_id", "closed_for"), crew=("returned",)),
    # What the crew does among itself is not told to viewers, not even that it happened.
    "rundown_changed": Wording(public=None, crew=("version",), urgent=False),
    "segment_cued": Wording(public=None, crew=("cue_id", "segment_id", "by_id")),
    "control_taken": Wording(public=None, crew=("by_id", "from_id")),
    "control_released": Wording(public=None, crew=("by_id",)),
    "duties_set": Wording(public=None, crew=("member_id", "by_id"), urgent=False),
    "incident_reported": Wording(public=None, crew=("incident_id", "by_id")),
    "note_left": Wording(public=None, crew=("note_id", "audience", "by_id")),
    "question_answered": Wording(public=None, crew=("message_id", "by_id"), urgent=False),
    "poll_armed": Wording(public=None, crew=("poll_id", "by_id")),
    "message_pinned": Wording(public=("message_id",), crew=("by_id",)),
    "message_unpinned": Wording(public=("message_id",), crew=("by_id",)),
    "poll_fired": Wording(public=_POLL, crew=("by_id",)),
    "poll_closed": Wording(public=("poll_id", "raw", "counted"), crew=("by_id",)),
}


@dataclass(frozen=True, slots=True)
class Fact:
    """A numbered event of a room, as it was recorded."""

    n: int
    kind: str
    at: datetime
    payload: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Said:
    """A stored message, with its author as the room knows her."""

    n: int
    message_id: int
    author_id: int
    name: str
    role: str
    text: str
    said_at: datetime
    media_at: datetime | None
    key: str
    hidden: bool = False


def fact_frame(fact: Fact) -> Frame:
    """A fact in the words of each audience; a kind without wording takes its place and is told to nobody."""
    wording = WORDINGS.get(fact.kind)
    if wording is None:
        return Frame("facts", fact.n, None, None)
    member_id = fact.payload.get("member_id") if wording.personal is not None else None
    return Frame(
        "facts",
        fact.n,
        public=_told(fact, wording, wording.public),
        crew=_told(fact, wording, (wording.public or ()) + wording.crew),
        urgent=wording.urgent,
        member_id=member_id if isinstance(member_id, int) else 0,
        personal=_told(fact, wording, wording.personal),
    )


def chat_frame(said: Said) -> Frame:
    """A message, in the same words for everybody."""
    if said.hidden:
        return hidden_frame(said.n, said.message_id)
    told = line(
        {
            "t": "chat",
            "n": said.n,
            "id": said.message_id,
            "by": {"id": said.author_id, "name": said.name, "role": said.role},
            "text": said.text,
            "at": milliseconds(said.said_at),
            "media": milliseconds(said.media_at) if said.media_at else None,
            "k": said.key,
        }
    )
    return Frame("chat", said.n, told, told, message_id=said.message_id)


def hidden_frame(n: int, message_id: int) -> Frame:
    """Of a hidden message only its place is told."""
    told = line({"t": "chat", "n": n, "id": message_id, "hidden": True})
    return Frame("chat", n, told, told, message_id=message_id)


def milliseconds(moment: datetime) -> int:
    """A moment as browsers count time."""
    return round(moment.timestamp() * 1000)


def _told(fact: Fact, wording: Wording, fields: tuple[str, ...] | None) -> bytes | None:
    if fields is None:
        return None
    told = {name: fact.payload[name] for name in fields if name in fact.payload}
    kind = wording.kind or fact.kind
    return line({"t": "fact", "n": fact.n, "kind": kind, "at": milliseconds(fact.at), **told})
