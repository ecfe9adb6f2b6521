"""The demo's rundown is written once, and shows every state a story can be in."""

from __future__ import annotations

import pytest
from django.core.management import call_command
from django.utils import timezone

from svoi.jobs import demo_rundown, demo_shop
from svoi.rundowns.queries import rundown_of

pytestmark = pytest.mark.django_db(transaction=True)


def test_opened_twice_it_is_planned_once() -> None:
    at = timezone.now()
    people = demo_shop.bring_people(at=at)
    place = demo_shop.open_community(people, at=at)
    call_command("import_feed", str(demo_shop.FOLDER / "feed.xml"), community=place.slug, verbosity=0)
    show = demo_shop.bring_show(place, people, at=at)
    for _ in range(2):
        demo_rundown.bring_rundown(show, host=people["vera"], checker=people["boris"], at=timezone.now())
    plan = rundown_of(show_id=show.pk)
    assert plan is not None
    assert [(one.kind, one.state) for one in plan.segments] == [
        ("opening", "free"),
        ("product", "approved"),
        ("product", "asked"),
        ("envelope", "free"),
        ("product", "sent_back"),
        ("flash", "draft"),
        ("talk", "free"),
        ("closing", "free"),
    ]
    assert (plan.total_s, plan.slot_s) == (3480, 3600)
    assert all(one.title_en and all(beat.en for beat in one.beats) for one in plan.segments)
    flash = plan.segments[5].flash
    assert flash is not None
    assert (flash.price_minor, flash.lowest_minor) == (49_000, 59_000)
