"""The demo's week is planned once, whatever the day, with every state of an agreement and nothing that clashes."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime, timedelta

import pytest
from django.core.management import call_command
from django.utils import timezone

from svoi.jobs import demo_shop, demo_week
from svoi.planning.models import Slot, Studio

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.parametrize("ahead", range(7))
def test_opened_twice_on_any_day_it_is_planned_once(ahead: int) -> None:
    at = timezone.now() + timedelta(days=ahead)
    people = demo_shop.bring_people(at=at)
    place = demo_shop.open_community(people, at=at)
    if ahead == 0:
        call_command("import_feed", str(demo_shop.FOLDER / "feed.xml"), community=place.slug, verbosity=0)
    for _ in range(2):
        demo_week.bring_week(place, people, owner=people["anna"], at=at)
    described = demo_shop.told("week")
    assert Studio.objects.filter(community=place).count() == len(described["studios"])
    slots = Slot.objects.filter(show__community=place)
    assert min(slot.show.starts_at for slot in slots) > at
    single = Counter(one["title_ru"] for one in described["shows"])
    assert {title: slots.filter(show__title_ru=title).count() for title in single} == single
    assert slots.filter(show__title_ru=described["series"]["title_ru"]).count() >= 3
    assert datetime.now(tz=UTC) < max(slot.show.starts_at for slot in slots)
