"""Announcing a show, changing what was announced, and calling it off."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from svoi.communities.models import Community
from svoi.communities.queries import roles_of
from svoi.communities.rules import CREW, MAY_RUN_SHOWS, require_role
from svoi.db.outbox import record
from svoi.db.transaction import atomic
from svoi.members.models import Member
from svoi.shows.actions.locking import locked_open_show
from svoi.shows.events import ShowCalledOff, ShowReplanned, ShowScheduled
from svoi.shows.models import Show, StreamKey
from svoi.shows.rules.airing import AlreadyLive


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


@atomic
def replan_show(
    *, show_id: int, starts_at: datetime, host: Member, at: datetime, words: Mapping[str, str] | None = None
) -> None:
    """Another time or host for a show that is still to come; `words` are titles and stories. The same is no change.

    Raises `AlreadyLive`, `ShowEnded`, `RoleMissing` for a host without a role.
    """
    told = dict(words or {})
    assert told.keys() <= {"title_ru", "title_en", "about_ru", "about_en"}
    show = _still_to_come(show_id)
    require_role(roles_of(community=show.community, member=host), CREW)
    wanted = {**told, "starts_at": starts_at, "host_id": host.pk}
    changed = {name: value for name, value in wanted.items() if getattr(show, name) != value}
    if changed:
        Show.objects.filter(pk=show_id).update(**changed)
        record(ShowReplanned(show_id=show_id, starts_at=starts_at))


@atomic
def call_off_show(*, show_id: int, at: datetime) -> None:
    """Say that a show will not be: nobody finds it any more, and its key opens nothing. Twice is once."""
    if Show.objects.filter(pk=show_id, called_off_at__isnull=False).exists():
        return
    show = _still_to_come(show_id)
    StreamKey.objects.filter(show=show, revoked_at__isnull=True).update(revoked_at=at)
    Show.objects.filter(pk=show_id).update(called_off_at=at)
    record(ShowCalledOff(show_id=show_id))


def _still_to_come(show_id: int) -> Show:
    show = locked_open_show(show_id)
    if show.went_live_at is not None:
        raise AlreadyLive()
    return show
