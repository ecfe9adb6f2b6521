"""A planner's desk for the tests: studios, places, and plans made the short way."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta

import pytest
from django.db import transaction

from svoi.communities.models import Community
from svoi.kernel.refused import Refused
from svoi.members.models import Member
from svoi.planning.actions.houses import open_studio
from svoi.planning.actions.placing import Place, plan_show
from svoi.planning.models import Slot, Studio
from tests.cast import NOON, recorded

WORDS = {"title_ru": "Льняная пятница", "title_en": "Linen Friday", "about_ru": "Скатерти", "about_en": ""}


@contextmanager
def refused(kind: type[Refused]) -> Iterator[pytest.ExceptionInfo[Refused]]:
    """A verb that is refused takes its whole transaction back, as it does at the surfaces."""
    with pytest.raises(kind) as told, transaction.atomic():
        yield told


def studio(place: Community, by: Member, *, name: str = "Большая", turn_around_min: int = 30, **told: str) -> Studio:
    return open_studio(
        community=place,
        name_ru=name,
        name_en=told.get("name_en", ""),
        turn_around_min=turn_around_min,
        time_zone=told.get("time_zone", "Europe/Moscow"),
        by=by,
        at=NOON,
    )


def place(room: Studio, *, hours: float = 24, length_min: int = 60, preparation_min: int = 30) -> Place:
    """The show begins so many hours after noon of the cast's day."""
    return Place(
        studio_id=room.pk,
        starts_at=NOON + timedelta(hours=hours),
        length_min=length_min,
        preparation_min=preparation_min,
    )


def planned(room: Studio, host: Member, *, by: Member | None = None, accepting: str = "", **where: float) -> Slot:
    return plan_show(
        community=room.community,
        place=place(room, **where),
        host=host,
        words=WORDS,
        by=by or host,
        at=NOON,
        accepting=accepting,
    )


def after(hours: float) -> datetime:
    return NOON + timedelta(hours=hours)


def kinds(no) -> list[str]:
    return [one.kind for one in no.value.facts["conflicts"]]


def told(kind: str) -> list[dict[str, object]]:
    return [payload for _, payload in recorded(kind)]
