"""Putting a show into the calendar."""

from __future__ import annotations

from datetime import datetime

from svoi.communities.models import Community
from svoi.communities.queries import roles_of
from svoi.communities.rules import CREW, MAY_RUN_SHOWS, require_role
from svoi.db.outbox import record
from svoi.db.transaction import atomic
from svoi.members.models import Member
from svoi.shows.events import ShowScheduled
from svoi.shows.models import Show


@atomic
def schedule_show(
    *,
    community: Community,
    host: Member,
    title_ru: str,
    title_en: str,
    about_ru: str,
    about_en: str,
    starts_at: datetime,
    by: Member,
    at: datetime,
    poster: str = "",
) -> Show:
    """Plan a show of a community; both who plans it and its host must hold a role there (`RoleMissing`)."""
    require_role(roles_of(community=community, member=by), MAY_RUN_SHOWS)
    require_role(roles_of(community=community, member=host), CREW)
    show = Show.objects.create(
        community=community,
        host=host,
        title_ru=title_ru,
        title_en=title_en,
        about_ru=about_ru,
        about_en=about_en,
        starts_at=starts_at,
        poster=poster,
        created_at=at,
    )
    record(ShowScheduled(show_id=show.pk))
    return show
