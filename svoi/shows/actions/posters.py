"""Giving a show its poster, and taking it away."""

from __future__ import annotations

from datetime import datetime

from svoi.communities.queries import roles_of
from svoi.communities.rules import CREW, MAY_RUN_SHOWS, require_role
from svoi.db.outbox import record
from svoi.db.transaction import atomic
from svoi.members.models import Member
from svoi.shows.events import PosterChanged
from svoi.shows.models import Show


@atomic
def change_poster(*, show_id: int, poster: str, by: Member, at: datetime) -> None:
    """`poster` is the name of a kept picture, or empty for none; the same is no change.

    For who runs shows there, and for the show's own host. Raises `RoleMissing`.
    """
    show = Show.objects.select_for_update(of=("self",)).select_related("community").get(pk=show_id)
    require_role(roles_of(community=show.community, member=by), CREW if by.pk == show.host_id else MAY_RUN_SHOWS)
    if show.poster == poster:
        return
    Show.objects.filter(pk=show_id).update(poster=poster)
    record(PosterChanged(show_id=show_id, poster=poster, by_id=by.pk, changed_at=at))
