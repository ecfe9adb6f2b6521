"""The calendar's addresses, a show's form filled in, and the show as it is now."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from svoi.planning.models import Slot

CALENDAR = "/studio/table/calendar"
REAL = pytest.mark.django_db(transaction=True)  # a refusal takes its whole transaction back


def of(slot: Slot, part: str = "") -> str:
    return f"{CALENDAR}/shows/{slot.pk}/{part}"


def form(noon, room, *, hours: float = 0, **more: str) -> dict[str, str]:
    starts = timezone.localtime(noon + timedelta(hours=hours))
    place = {"date": str(starts.date()), "time": starts.strftime("%H:%M"), "studio": str(room.pk)}
    return {**place, "length_min": "60", "preparation_min": "30", **more}


def now(slot: Slot) -> Slot:
    return Slot.objects.select_related("show").get(pk=slot.pk)
