"""What the page of an envelope shows: how far it is, what she has of it, and what she may do next."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from django.http import HttpRequest

from svoi.communities.queries import belongs
from svoi.envelopes.queries import EnvelopePage, ShareRow
from svoi.ui.refusals import Told
from svoi.web.returning import with_next


@dataclass(frozen=True, slots=True)
class Left:
    """What nobody took: while an envelope is open it waits, afterwards it went back."""

    shares: int
    points: int


def key_in(request: HttpRequest) -> UUID:
    """The key of the form; one of our own for a form that brought none that can be read."""
    try:
        return UUID(request.POST.get("key", ""))
    except ValueError:
        return uuid4()


def state_of(page: EnvelopePage, *, one_of_us: bool, at: datetime) -> str:
    """`hers`, `empty`, `over`, `door` (for those who do not belong), `others` (not on its list), or `closed`."""
    if page.hers is not None:
        return "hers"
    if page.closing is not None and page.closing.closed_for == "empty":
        return "empty"
    if page.closing is not None or at >= page.envelope.expires_at:
        return "over"
    if not one_of_us:
        return "door"
    return "closed" if page.is_guest else "others"


def gift_parts(
    request: HttpRequest, page: EnvelopePage, *, at: datetime, is_new: bool = False, told: Told | None = None
) -> dict[str, Any]:
    """Everything the fragment of an envelope reads. Who got what is for members only; counts are for everybody."""
    envelope = page.envelope
    one_of_us = belongs(community=envelope.community, member=request.user)
    state = state_of(page, one_of_us=one_of_us, at=at)
    address = f"/envelopes/{envelope.reference}/"
    return {
        "page": page,
        "envelope": envelope,
        "community": envelope.community,
        "state": state,
        "is_open": state in ("closed", "others", "door", "hers") and page.closing is None and at < envelope.expires_at,
        "is_new": is_new,
        "told": told,
        "key": request.POST.get("key") if told and request.POST.get("key") else str(uuid4()),
        "left": Left(envelope.shares - page.taken, envelope.total - page.points_taken),
        "rows": page.rows if one_of_us else [],
        "one_of_us": one_of_us,
        "luckiest": her_luck(page.rows),
        "seed": bytes(envelope.deal.seed).hex() if page.closing else "",
        "address": address,
        "sign_in": with_next("/sign-in", address),
    }


def her_luck(rows: list[ShareRow]) -> bool:
    """Did she get the largest share of an envelope that is over?"""
    return any(row.is_hers and row.is_luckiest for row in rows)
