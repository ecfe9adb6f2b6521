"""What happened to a flash deal; the room of its show follows these."""

from __future__ import annotations

from dataclasses import dataclass

from svoi.kernel.events import Event


@dataclass(frozen=True, kw_only=True)
class FlashEvent(Event):
    """Something that happened to one deal."""

    deal_id: int
    community_id: int
    show_id: int


@dataclass(frozen=True, kw_only=True)
class FlashArmed(FlashEvent):
    """Somebody prepared a deal and read what it will do; the room does not know yet. Money in minor units."""

    by_id: int
    variant_id: int
    price_minor: int
    lowest_minor: int
    quantity: int


@dataclass(frozen=True, kw_only=True)
class FlashRoomEvent(FlashEvent):
    """What everybody in the room learns."""

    def stream(self) -> str:
        return f"show:{self.show_id}"


@dataclass(frozen=True, kw_only=True)
class FlashFired(FlashRoomEvent):
    """The countdown runs; the pieces left free stock. Money in minor units, moments in Unix milliseconds."""

    by_id: int
    product_id: int
    variant_id: int
    title_ru: str
    title_en: str
    picture: str
    price_minor: int
    lowest_minor: int
    currency: str
    quantity: int
    per_person: int
    opens_at: int
    ends_at: int


@dataclass(frozen=True, kw_only=True)
class FlashTaken(FlashRoomEvent):
    """So many members took so many pieces together, in one commit. Written by the statement that takes them."""

    takers: int
    pieces: int
    left: int


@dataclass(frozen=True, kw_only=True)
class FlashOver(FlashRoomEvent):
    """All is taken, the time is over or somebody called it off; `returned` pieces went back to free stock."""

    closed_for: str
    returned: int


@dataclass(frozen=True, kw_only=True)
class FlashLapsed(FlashEvent):
    """So many pieces were kept for `takers` members in vain; they went back to free stock."""

    takers: int
    returned: int


@dataclass(frozen=True, kw_only=True)
class FlashSettled(FlashEvent):
    """Every piece of the deal is either part of an order (`ordered`) or back in free stock (`returned`)."""

    ordered: int
    returned: int
