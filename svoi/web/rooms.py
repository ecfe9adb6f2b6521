"""What a room's page shows besides its state: the pins of every moment, and the reader's place in the talk."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.templatetags.static import static
from django.utils.translation import get_language

from svoi.catalog.models import Allotment
from svoi.catalog.queries import cards
from svoi.communities.queries import belongs, roles_of
from svoi.communities.rules import MAY_KEEP_ORDER
from svoi.members.models import Member
from svoi.shows.models import Show
from svoi.shows.queries.allotted import sold_out_of
from svoi.shows.queries.people import shown_role
from svoi.ui.module_map import modules_of
from svoi.web.templatetags.spoken import stored

ON_AIR = frozenset({"live", "break", "reconnecting"})
PINS_MAX = 500


@dataclass(frozen=True, slots=True)
class Place:
    """Who the reader is in this room."""

    one_of_us: bool
    crew: bool
    role: str
    muted_until: datetime | None


def place_of(show: Show, reader: Member | AnonymousUser, *, at: datetime) -> Place:
    """Her place by membership, roles and mutes; a visitor reads only."""
    roles = roles_of(community=show.community, member=reader) | ({"host"} if reader.pk == show.host_id else frozenset())
    return Place(
        one_of_us=belongs(community=show.community, member=reader),
        crew=bool(MAY_KEEP_ORDER & roles),
        role=shown_role(frozenset(roles)),
        muted_until=muted_until(show, reader, at=at),
    )


def muted_until(show: Show, reader: Member | AnonymousUser, *, at: datetime) -> datetime | None:
    """Until when the crew asked her to be silent, if it did."""
    if not reader.is_authenticated:
        return None
    mutes = show.mutes.filter(member=reader, lifted_at=None, until__gt=at)
    return mutes.values_list("until", flat=True).first()


def pins_of(show: Show, allotted: dict[int, Allotment]) -> list[dict[str, Any]]:
    """Every pin with the media time it held from and until (milliseconds), in order, with its product as it is now.

    `allotted` is what the show may sell, by product.
    """
    pins = list(show.pins.order_by("pinned_at", "id")[:PINS_MAX])
    shown = cards({pin.product_id for pin in pins})
    gone = sold_out_of(allotted)
    return [
        {
            "pin_id": pin.pk,
            "product_id": pin.product_id,
            "title_ru": card.name,
            "title_en": card.name_en or card.name,
            "price_minor": card.price_minor,
            "old_price_minor": card.old_price_minor,
            "picture": card.picture,
            "sold_out": card.sold_out or pin.product_id in gone,
            "from": media_ms(pin.pinned_at),
            "until": media_ms(pin.unpinned_at) if pin.unpinned_at else None,
        }
        for pin in pins
        if (card := shown.get(pin.product_id)) is not None
    ]


def media_ms(moment: datetime) -> int:
    """A moment as media time: milliseconds of the server's clock."""
    return round(moment.timestamp() * 1000)


def room_modules() -> list[str]:
    """Browser modules of the room, asked for at once instead of one import after another."""
    return [path for path in modules_of("web") if path.startswith(("web/shows/", "web/envelopes/"))]


def poster_address(show: Show, laid: Iterable[str]) -> str:
    """The show's own poster, else the first of the pictures laid out, else its community's cover, or the house's."""
    picture = show.poster or next(filter(None, laid), "") or show.community.cover
    return stored(picture) if picture else static("web/shows/poster.svg")


def pin_title(pin: dict[str, Any] | None) -> str:
    """The pinned product's name in the reader's language."""
    if pin is None:
        return ""
    return str(pin["title_en"] if get_language() == "en" else pin["title_ru"])
