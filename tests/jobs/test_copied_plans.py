"""A show planned after another gets its rundown a moment later."""

from __future__ import annotations

import pytest
from django.db import transaction

from svoi.consequences import carry_out
from svoi.db.outbox import record
from svoi.planning.events import ShowPlanned
from svoi.rundowns.models import Rundown, Segment
from tests import cast
from tests.cast import NOON
from tests.rundowns.desk import coming_show, plan, written

pytestmark = pytest.mark.django_db


def planned(show_id: int, after: int | None, event_id: int) -> None:
    """Twice, as the relay may tell it."""
    told = {"show_id": show_id, "from_show_id": after, "series_id": None}
    for _ in range(2):
        carry_out(kind="show_planned", name="copy rundown", event_id=event_id, payload=told, at=NOON)


def test_a_copy_begins_with_the_rundown_of_its_model(table, anna):
    cast.product(table)
    model, copy, alone = (coming_show(table, anna) for _ in range(3))
    rundown = plan(model, anna)
    written(rundown, anna)
    written(rundown, anna, title_ru="Ещё")
    segments = Segment.objects.filter(rundown__show=model).count()
    with transaction.atomic():
        record(ShowPlanned(show_id=copy.pk, from_show_id=model.pk, series_id=None))
    planned(copy.pk, model.pk, 1)
    planned(alone.pk, None, 2)
    assert Segment.objects.filter(rundown__show=copy).count() == segments == 2
    assert not Rundown.objects.filter(show=alone).exists()
