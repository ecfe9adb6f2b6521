"""Other words for a show by hand: its series lets them be."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from svoi.db.transaction import atomic
from svoi.members.models import Member
from svoi.planning.models import Slot
from svoi.shows.actions.announcing import reword_show


@atomic
def reword_planned(*, show_id: int, words: Mapping[str, str], by: Member, at: datetime) -> list[str]:
    """`reword_show`, and the plan remembers that somebody chose these words. Its place and approval stand."""
    changed = reword_show(show_id=show_id, words=words, by=by, at=at)
    if changed:
        Slot.objects.filter(show_id=show_id).update(reworded_at=at)
    return changed
