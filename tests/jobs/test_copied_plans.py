"""A show planned after another gets its rundown a moment later."""

from __future__ import annotations

import pytest
from django.db import transaction

from svoi.consequences import carry_out
from svoi.db.models import OutboxEvent
from svoi.db.outbox import record
from svoi.planning.events import ShowPlanned
from svoi.rundowns.models import Rundown, Segment
from tests import cast
from tests.cast import NOON
from tests.rundowns.desk import coming_show, plan, written

pytestmark = pytest.mark.django_db


def planned(show_id: int, after: int | None) -> None:
    """Recorded once and told twice, as the relay may."""
    with transaction.atomic():
        record(ShowPlanned(show_id=show_id, from_show_id=after, series_id=None))
    event = OutboxEvent.objects.latest("pk")
    for _ in range(2):
        carry_out(kind=event.kind, name="copy rundown", event_id=event.pk, payload=event.payload, at=NOON)


def test_a_copy_begins_with_the_rundown_of_its_model(table, anna):
    cast.product(table)
    model, copy, alone = (coming_show(table, anna) for _ in range(3))
    rundown = plan(model, anna)
    written(rundown, anna)
    written(rundown, anna, title_ru="Ещё")
    segments = Segment.objects.filter(rundown__show=model).count()
    planned(copy.pk, model.pk)
    planned(alone.pk, None)
    assert Segment.objects.filter(rundown__show=copy).count() == segments == 2
    assert not Rundown.objects.filter(show=alone).exists()
