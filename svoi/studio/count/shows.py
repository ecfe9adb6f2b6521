"""The latest shows on the page of honest counting: each number before and after checks, and why, in words."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from svoi.communities.models import Community
from svoi.shows.queries.counts import ShowCount, counts_of_shows
from svoi.studio.count.words import MODE_WORDS
from svoi.ui.reason_words import reason_rows

Said = str | Promise
OF_WHAT: dict[str, Said] = {"viewers": _("Viewers"), "reactions": _("Hearts"), "messages": _("Messages")}


@dataclass(frozen=True, slots=True)
class CountedShow:
    """A show with its numbers, the word of the mode, and (what, [(people, words)]) for what is lowered."""

    count: ShowCount
    mode: Said
    why: list[tuple[Said, list[tuple[int, Said]]]]


def counted_shows(place: Community) -> list[CountedShow]:
    """A fixed number of queries, however many shows there are."""
    return [CountedShow(one, MODE_WORDS.get(one.mode, ""), _why(one)) for one in counts_of_shows(community_id=place.pk)]


def _why(one: ShowCount) -> list[tuple[Said, list[tuple[int, Said]]]]:
    told = []
    for what, name in OF_WHAT.items():
        rows = reason_rows(one.why.get(what, {}), excess=one.excess if what == "viewers" else 0)
        if rows:
            told.append((name, rows))
    return told
