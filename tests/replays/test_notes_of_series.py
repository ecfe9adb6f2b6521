"""Notes of a show come back in the next rundown of its series, before those of other shows."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest

from svoi.planning.actions.series import make_series
from svoi.planning.models import Slot
from svoi.replays.actions.notes import close_note, write_note
from svoi.replays.queries import notes_for
from svoi.shows.models import Show
from tests import cast
from tests.cast import NOON
from tests.planning import desk
from tests.planning.test_series import friday_series
from tests.replays.stage import ended_show
from tests.studio.stage import signed

pytestmark = pytest.mark.django_db
WEEK = timedelta(weeks=1)


@pytest.fixture
def fridays(table, anna) -> list[Show]:
    """Four shows of a series, the first of them over."""
    series = friday_series(desk.studio(table, anna), anna)
    make_series(series_id=series.pk, by=anna, at=NOON)
    shows = [slot.show for slot in Slot.objects.standing().filter(series=series).order_by("local_date")]
    over = shows[0]
    over.went_live_at, over.ended_at = over.starts_at, over.starts_at + timedelta(hours=1)
    over.save(update_fields=["went_live_at", "ended_at"])
    return shows


def noted(show: Show, text: str, by) -> int:
    return write_note(show_id=show.pk, kind="change", text=text, key=uuid4(), by=by, at=NOON + WEEK).pk


def test_a_series_own_notes_come_first_then_the_hosts_then_the_others(table, anna, boris, fridays):
    first, coming = fridays[0], fridays[1]
    own, his = (ended_show(table, host, at=NOON + timedelta(days=6)) for host in (anna, boris))
    series_note = noted(first, "Свет", anna)
    noted(his, "Звук", anna)
    noted(own, "Фон", anna)
    Show.objects.filter(pk=first.pk).update(host=boris)
    assert [note.text for note in notes_for(show_id=coming.pk)] == ["Свет", "Фон", "Звук"]
    close_note(note_id=series_note, by=anna, at=NOON + WEEK)
    assert [note.text for note in notes_for(show_id=coming.pk)] == ["Фон", "Звук"]


def test_the_rundown_shows_them_to_whoever_looks_back_and_to_nobody_else(table, anna, boris, vera, fridays):
    noted(fridays[0], "Лампу ближе", anna)
    address = f"/studio/shows/{fridays[1].pk}/rundown"
    cast.joins(vera, table, "moderator")
    cast.joins(boris, table, "host")
    seen = {person.name: "Лампу" in signed(person).get(address).content.decode() for person in (anna, vera, boris)}
    assert seen == {"Anna": True, "Vera": False, "Boris": False}
