"""How a show is announced: its titles and stories, and its poster."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from svoi.communities.queries import roles_of
from svoi.communities.rules import CREW, MAY_RUN_SHOWS, require_role
from svoi.db.outbox import record
from svoi.db.transaction import atomic
from svoi.members.models import Member
from svoi.shows.events import PosterChanged, ShowReworded
from svoi.shows.models import Show

WORDS = frozenset({"title_ru", "title_en", "about_ru", "about_en"})


@atomic
def reword_show(*, show_id: int, words: Mapping[str, str], by: Member, at: datetime) -> list[str]:
    """Other titles or stories; returns the names of those that changed. The same is no change.

    For who runs shows there and for its own host, at any time: a recording has a title too. Raises `RoleMissing`.
    """
    assert words.keys() <= WORDS
    show = _announced_by(show_id, by)
    changed = sorted(name for name, value in words.items() if getattr(show, name) != value)
    if changed:
        Show.objects.filter(pk=show_id).update(**{name: words[name] for name in changed})
        record(ShowReworded(show_id=show_id, names=changed, by_id=by.pk, changed_at=at))
    return changed


@atomic
def change_poster(*, show_id: int, poster: str, by: Member, at: datetime) -> None:
    """`poster` is the name of a kept picture, or empty for none; the same is no change.

    For who runs shows there, and for the show's own host. Raises `RoleMissing`.
    """
    show = _announced_by(show_id, by)
    if show.poster == poster:
        return
    Show.objects.filter(pk=show_id).update(poster=poster)
    record(PosterChanged(show_id=show_id, poster=poster, by_id=by.pk, changed_at=at))


def _announced_by(show_id: int, by: Member) -> Show:
    show = Show.objects.select_for_update(of=("self",)).select_related("community").get(pk=show_id)
    require_role(roles_of(community=show.community, member=by), CREW if by.pk == show.host_id else MAY_RUN_SHOWS)
    return show
