"""Tags of the chooser of pickup points: what a point offers, whether it works now, and the map."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django import template
from django.conf import settings
from django.utils import timezone
from django.utils.functional import Promise

from svoi.pickup.models import PickupPoint
from svoi.pickup.queries import local_time
from svoi.pickup.rules.hours import is_open, week_of
from svoi.web.maps import attribution
from svoi.web.point_words import OFFER_WORDS, WISH_WORDS

register = template.Library()


@register.filter
def works_now(point: PickupPoint) -> str:
    """`open` or `closed` by the clock on its wall; nothing when its hours cannot be read."""
    if not week_of(point.hours):
        return ""
    return "open" if is_open(point.hours, local=local_time(point, timezone.now())) else "closed"


@register.filter
def offers(point: PickupPoint) -> list[str | Promise]:
    """What the point has, in words, always in the same order."""
    return [words for feature, words in OFFER_WORDS.items() if feature in point.features]


@register.simple_tag
def wishes(ticked: Collection[str] = ()) -> list[tuple[str, str | Promise, bool]]:
    """What can be wished of a point, as (name, words, is it ticked)."""
    return [(wish, words, wish in (ticked or ())) for wish, words in WISH_WORDS.items()]


@register.inclusion_tag("web/pickup/_map.html")
def point_map() -> dict[str, Any]:
    """The panel of the map, on the tiles of the settings."""
    owner, owner_address = attribution()
    return {"tiles": settings.MAP_TILES, "owner": owner, "owner_address": owner_address}
