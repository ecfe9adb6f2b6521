"""A week of the table's calendar: two studios, a host, and shows a few days from now by the real clock."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from django.utils import timezone

from svoi.members.models import Member
from svoi.planning.actions.placing import Place, plan_show
from svoi.planning.models import Slot, Studio
from tests import cast
from tests.planning import desk
from tests.studio.stage import signed


@pytest.fixture
def room(table, anna) -> Studio:
    return desk.studio(table, anna)


@pytest.fixture
def small(table, anna) -> Studio:
    return desk.studio(table, anna, name="Малая", name_en="Small")


@pytest.fixture
def host(boris, table) -> Member:
    return cast.joins(boris, table, "host")


@pytest.fixture
def noon() -> datetime:
    """Noon of the studio's clock on the Wednesday of the next week."""
    now = timezone.localtime()
    wednesday = now.date() + timedelta(days=9 - now.weekday())
    return timezone.make_aware(datetime.combine(wednesday, datetime.min.time())) + timedelta(hours=12)


@pytest.fixture
def plan(room, anna, noon):
    def made(hours: float = 0, *, host: Member = anna, studio: Studio = room, accepting: str = "", **told) -> Slot:
        place = Place(
            studio_id=studio.pk, starts_at=noon + timedelta(hours=hours), length_min=60, preparation_min=30, **told
        )
        return plan_show(
            community=room.community,
            place=place,
            host=host,
            words=desk.WORDS,
            by=anna,
            at=timezone.now(),
            accepting=accepting,
        )

    return made


@pytest.fixture
def slot(plan) -> Slot:
    return plan()


@pytest.fixture
def browser(anna, table):
    return signed(anna)
