"""Points of the demo shop: rules, a budget, and an envelope that waits in the community, all by its owner's hand."""

from __future__ import annotations

import secrets
from datetime import datetime
from uuid import UUID, uuid5

from svoi.communities.models import Community
from svoi.engines.dealing import SEED_BYTES
from svoi.envelopes.actions import change_limits, send_envelope
from svoi.envelopes.models import EnvelopeLimits
from svoi.envelopes.rules import Limits, Wish
from svoi.members.models import Member
from svoi.points.actions import change_policy, fund_budget

BUDGET, POINTS, SHARES = 5_000, 200, 20
RULES = {"earn_percent": 5, "spend_percent": 30, "life_days": 365}
_DEMO = UUID("5d0f2c1e-6c0b-4f0e-9a55-5ee1d3a0c0de")  # names what is done once, however often the demo is opened


def bring_points(place: Community, *, owner: Member, at: datetime) -> None:
    """The shop gives points for what is kept. Everybody in the demo has just joined, so newcomers take part at once."""
    change_policy(community=place, by=owner, at=at, **RULES)
    fund_budget(community=place, amount=BUDGET, reason="К открытию", by=owner, key=_key(place, "budget"), at=at)
    if not EnvelopeLimits.objects.filter(community=place).exists():
        wanted = Limits(age_days=0).as_columns()
        change_limits(community=place, by=owner, wanted={name: str(value) for name, value in wanted.items()})


def bring_envelope(place: Community, *, owner: Member, at: datetime) -> None:
    """One for whoever comes first, open for a day from the first opening."""
    send_envelope(
        community=place,
        sender=owner,
        place="community",
        place_id=place.pk,
        wish=Wish(mode="random", purse="budget", total=POINTS, shares=SHARES),
        greeting="За знакомство",
        seed=secrets.token_bytes(SEED_BYTES),
        key=_key(place, "envelope"),
        at=at,
    )


def _key(place: Community, what: str) -> UUID:
    return uuid5(_DEMO, f"{place.pk} {what}")
