"""What a room and a sheet show of a flash deal: its phase, and what the reader holds of it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.contrib.auth.models import AnonymousUser

from svoi.flash.models import FlashClaim
from svoi.flash.queries import claim_of
from svoi.members.models import Member

LINGERS_MS = 60_000  # how long the end of a deal stays on the screen


def mine_of(flash: dict[str, Any] | None, reader: Member | AnonymousUser) -> dict[str, Any] | None:
    """Her claim on the deal a room shows, as values the page's scripts go on with; None when she took nothing."""
    if flash is None or not reader.is_authenticated:
        return None
    claim = claim_of(deal_id=flash["deal_id"], member_id=reader.pk)
    return None if claim is None else claim_told(claim)


def claim_told(claim: FlashClaim) -> dict[str, Any]:
    """Pieces, the end of her time in Unix milliseconds, and what became of them."""
    ending = getattr(claim, "ending", None)
    order = ending.order if ending is not None else None
    return {
        "deal_id": claim.deal_id,
        "quantity": claim.quantity,
        "until": round(claim.kept_until.timestamp() * 1000),
        "order": order.number if order else "",
        "lapsed": ending is not None and order is None,
    }


def phase_of(flash: dict[str, Any] | None, mine: dict[str, Any] | None, *, at: datetime) -> str:
    """What the card shows now; flash-phase.js goes on deciding the same."""
    if flash is None:
        return "none"
    now = at.timestamp() * 1000
    if mine is not None:
        return _hers(flash, mine, now)
    if flash["closed_for"] == "" and now < flash["opens_at"]:
        return "countdown"
    if flash["closed_for"] == "" and now < flash["ends_at"]:
        return "running"
    if now >= flash["ends_at"] + LINGERS_MS:
        return "none"
    return "sold_out" if flash["closed_for"] == "sold_out" else "over"


def _hers(flash: dict[str, Any], mine: dict[str, Any], now: float) -> str:
    if not mine["order"] and not mine["lapsed"] and now < mine["until"]:
        return "mine"
    if now >= max(flash["ends_at"], mine["until"]) + LINGERS_MS:
        return "none"
    return "ordered" if mine["order"] else "ran_out"
