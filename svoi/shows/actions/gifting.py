"""An envelope for the room, from the budget, while the show is on."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from svoi.communities.queries import roles_of
from svoi.communities.rules import require_role
from svoi.db.transaction import atomic
from svoi.envelopes.actions import send_envelope
from svoi.envelopes.models import Envelope
from svoi.envelopes.rules import MAY_SPEND_BUDGET, Wish
from svoi.members.models import Member
from svoi.shows.actions.locking import locked_open_show
from svoi.shows.queries.tea import members_seen
from svoi.shows.rules.airing import require_on_air


@atomic
def send_into_show(
    *,
    show_id: int,
    by: Member,
    mode: str,
    total: int,
    shares: int,
    minutes: int,
    greeting: str,
    seed: bytes,
    key: UUID,
    at: datetime,
) -> Envelope:
    """Send from the budget of the show's community; "for tea" it is for those seen in the show for `minutes` by now.

    Raises `RoleMissing`, `ShowNotLive`, `ShowEnded`, and whatever `send_envelope` does. The same key is the same one.
    """
    show = locked_open_show(show_id)
    require_role(roles_of(community=show.community, member=by), MAY_SPEND_BUDGET)
    require_on_air(show.stage())
    guests = members_seen(show=show, minutes=minutes) if mode == "tea" else []
    return send_envelope(
        community=show.community,
        sender=by,
        place="show",
        place_id=show.pk,
        wish=Wish(mode=mode, purse="budget", total=total, shares=shares, guests=len(guests)),
        greeting=greeting,
        guests=guests,
        minutes=minutes if mode == "tea" else 0,
        seed=seed,
        key=key,
        at=at,
    )
