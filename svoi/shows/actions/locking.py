"""A show under lock, for verbs that change what is true of it."""

from __future__ import annotations

from svoi.db.transaction import required
from svoi.shows.models import Show
from svoi.shows.rules.airing import ShowEnded


def locked_show(show_id: int) -> Show:
    """The show's row, held until the end of the caller's transaction."""
    required()
    return Show.objects.select_for_update(no_key=True).get(pk=show_id)


def locked_open_show(show_id: int) -> Show:
    """The same, for what can no longer happen once the show is over or called off."""
    show = locked_show(show_id)
    if show.ended_at is not None or show.called_off_at is not None:
        raise ShowEnded()
    return show
