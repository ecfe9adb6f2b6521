"""The log of claims: what was asked of it, and a claim as somebody of the crew marks it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from svoi.catalog.queries import cards
from svoi.communities.queries import crew_of
from svoi.members.models import Member
from svoi.replays.models import ClaimSaid
from svoi.replays.queries import CLAIMS_SHOWN_MAX, ClaimsAsked, claims_said, media_ms
from svoi.shows.models import Show
from svoi.studio.replays.span_words import place_read, place_words
from svoi.studio.templatetags.crew import card_name


@dataclass(frozen=True, slots=True)
class ClaimRow:
    """A claim with its place in the recording; `moment_ms` is its media time, `evidence` what was given with it."""

    claim: ClaimSaid
    place: str
    moment_ms: int
    evidence: str


def claim_rows(claims: list[ClaimSaid]) -> list[ClaimRow]:
    """In the order they come."""
    return [
        ClaimRow(one, _place(one), media_ms(one.media_at), ", ".join(str(value) for value in one.evidence.values()))
        for one in claims
    ]


def show_claims(show: Show) -> dict[str, Any]:
    """Claims of one show and what a new one is chosen from."""
    found = claims_said(community=show.community, asked=ClaimsAsked(show_id=show.pk))
    shown = cards([*show.tray.values_list("product_id", flat=True), *show.pins.values_list("product_id", flat=True)])
    speakers = {show.host_id: show.host.name} | {one.member_id: one.name for one in crew_of(community=show.community)}
    return {
        "rows": claim_rows(list(found.order_by("media_at", "pk")[:CLAIMS_SHOWN_MAX])),
        "products": sorted(((pk, card_name(card)) for pk, card in shown.items()), key=lambda one: one[1].casefold()),
        "speakers": list(speakers.items()),
    }


@dataclass(frozen=True, slots=True)
class Marked:
    """A claim as it was typed; raises nothing, the action refuses."""

    product_id: int
    said_by: Member
    media_at: datetime
    text: str
    evidence: dict[str, str]


def marked_claim(show: Show, told: Mapping[str, str], *, at: datetime) -> Marked | None:
    """What a form says; a place left empty is now. None when it cannot be read."""
    place = told.get("place", "").strip()
    seconds = place_read(place) if place else None
    if show.went_live_at is None or (place and seconds is None):
        return None
    media_at = at if seconds is None else show.went_live_at + timedelta(seconds=seconds)
    number, who = told.get("product", ""), told.get("said_by", "")
    if not all(one.isascii() and one.isdigit() and len(one) <= 18 for one in (number, who)):
        return None
    speaker = Member.objects.filter(pk=int(who)).first()
    evidence = " ".join(told.get("evidence", "").split())
    if speaker is None:
        return None
    return Marked(int(number), speaker, media_at, told.get("text", ""), {"words": evidence} if evidence else {})


def claims_asked(told: Mapping[str, str]) -> ClaimsAsked:
    """The filters of an address; what cannot be read is left out."""
    return ClaimsAsked(
        product_id=_number(told.get("product", "")),
        said_by_id=_number(told.get("host", "")),
        since=_day(told.get("since", "")),
        until=_day(told.get("until", "")),
    )


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) <= 18 else None


def _day(text: str) -> date | None:
    try:
        day = date.fromisoformat(text) if len(text) == 10 else None
    except ValueError:
        return None
    return day if day and date(2000, 1, 1) <= day <= date(2200, 1, 1) else None


def _place(claim: ClaimSaid) -> str:
    began_at = claim.show.went_live_at
    return place_words((claim.media_at - began_at).total_seconds()) if began_at else ""
