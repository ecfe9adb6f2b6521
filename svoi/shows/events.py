"""What happened in a show; its room follows these by the stream `show:<id>`."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from svoi.kernel.events import Event


@dataclass(frozen=True, kw_only=True)
class ShowEvent(Event):
    """Something that happened in one show."""

    show_id: int

    def stream(self) -> str:
        return f"show:{self.show_id}"


@dataclass(frozen=True, kw_only=True)
class ShowScheduled(ShowEvent):
    """A show was put into the calendar."""


@dataclass(frozen=True, kw_only=True)
class ShowReplanned(ShowEvent):
    """A show that is still to come has another time, host or title."""

    starts_at: datetime


@dataclass(frozen=True, kw_only=True)
class ShowReworded(ShowEvent):
    """Somebody gave the show other titles or stories: `names` of what changed."""

    names: list[str]
    by_id: int
    changed_at: datetime


@dataclass(frozen=True, kw_only=True)
class PosterChanged(ShowEvent):
    """Somebody gave the show another picture (`poster`, a kept file), or took it away (empty)."""

    poster: str
    by_id: int
    changed_at: datetime


@dataclass(frozen=True, kw_only=True)
class ShowCalledOff(ShowEvent):
    """A show that was to come will not be."""


@dataclass(frozen=True, kw_only=True)
class ShowStarted(ShowEvent):
    """The show went on air at `started_at` (Unix milliseconds)."""

    by_id: int
    started_at: int


@dataclass(frozen=True, kw_only=True)
class ShowEnded(ShowEvent):
    """The show is over since `ended_at` (Unix milliseconds); its recording stays."""

    by_id: int
    ended_at: int


@dataclass(frozen=True, kw_only=True)
class KeyIssued(ShowEvent):
    """A new stream key was made, the one before is void; nothing of the key is told."""

    by_id: int | None


@dataclass(frozen=True, kw_only=True)
class BreakStarted(ShowEvent):
    """The crew declared a technical break."""

    by_id: int


@dataclass(frozen=True, kw_only=True)
class BreakEnded(ShowEvent):
    """The break is over."""

    by_id: int


@dataclass(frozen=True, kw_only=True)
class SignalLost(ShowEvent):
    """The publisher went away while the show was on air."""


@dataclass(frozen=True, kw_only=True)
class SignalRestored(ShowEvent):
    """Pictures arrive again (or for the first time)."""


@dataclass(frozen=True, kw_only=True)
class ProductPinned(ShowEvent):
    """A product is shown to the room from media time `media_at` (Unix milliseconds) on."""

    by_id: int
    pin_id: int
    product_id: int
    variant_id: int
    title_ru: str
    title_en: str
    price_minor: int
    old_price_minor: int | None
    picture: str
    sold_out: bool
    media_at: int


@dataclass(frozen=True, kw_only=True)
class ProductUnpinned(ShowEvent):
    """The pinned product was taken away at media time `media_at` (Unix milliseconds)."""

    by_id: int
    pin_id: int
    media_at: int


@dataclass(frozen=True, kw_only=True)
class TrayChanged(ShowEvent):
    """Products were laid out, moved or taken from the tray: `deed` is laid, moved or taken."""

    by_id: int
    deed: str
    product_id: int


@dataclass(frozen=True, kw_only=True)
class MessageHidden(ShowEvent):
    """A moderator hid a message; a placeholder stays in its place."""

    message_id: int
    hidden_by_id: int


@dataclass(frozen=True, kw_only=True)
class MemberMuted(ShowEvent):
    """Somebody may not write until `until` (ISO 8601, or the end of the show when None)."""

    member_id: int
    muted_by_id: int
    until: str | None


@dataclass(frozen=True, kw_only=True)
class MemberUnmuted(ShowEvent):
    """Somebody may write again."""

    member_id: int
    by_id: int


@dataclass(frozen=True, kw_only=True)
class ChatPolicyChanged(ShowEvent):
    """The chat follows another policy from now on."""

    by_id: int
    slow_mode_s: int
    length_max: int
    open: bool


@dataclass(frozen=True, kw_only=True)
class CardEvent(ShowEvent):
    """What a product of the tray looks like now: the variant it starts from, its price, whether any is left."""

    product_id: int
    variant_id: int
    price_minor: int
    old_price_minor: int | None
    sold_out: bool


@dataclass(frozen=True, kw_only=True)
class ShownStockRanOut(CardEvent):
    """A variant laid out in this show sold out."""


@dataclass(frozen=True, kw_only=True)
class ShownStockReturned(CardEvent):
    """A variant laid out in this show can be bought again."""


@dataclass(frozen=True, kw_only=True)
class ShownPriceChanged(CardEvent):
    """A variant laid out in this show costs something else now."""


@dataclass(frozen=True, kw_only=True)
class ShowRecounted(ShowEvent):
    """The numbers of an ended show were worked out anew, and what is shown follows them."""

    recount_id: int
    version: int
    why: str
    viewers_raw: int
    viewers_counted: int
    peak_raw: int
    peak_counted: int
    reactions_raw: int
    reactions_counted: int
    messages_raw: int
    messages_counted: int
