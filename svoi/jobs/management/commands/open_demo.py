"""Opens the demo shop: people, community, catalogue, pickup points, and a show waiting for its camera."""

from __future__ import annotations

import json
from contextlib import suppress
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.utils import timezone
from procrastinate.exceptions import AlreadyEnqueued

from svoi.jobs import demo_gifts, demo_rundown, demo_shop, demo_week
from svoi.jobs.tasks.shows import air_demo
from svoi.shows.models import Show


class Command(BaseCommand):
    """May be run again and again: what is there already stays."""

    help = "Open the demo shop and print its sign-ins as JSON."

    def handle(self, *args: Any, **options: Any) -> None:
        """Do everything through the same actions as people do."""
        now = timezone.now()
        people = demo_shop.bring_people(at=now)
        place = demo_shop.open_community(people, at=now)
        quiet = {"community": place.slug, "stdout": self.stderr, "verbosity": 0}
        call_command("import_feed", str(demo_shop.FOLDER / "feed.xml"), **quiet)
        call_command("import_points", str(demo_shop.FOLDER / "points.json"), **quiet)
        owner = demo_shop.owner_of(people)
        demo_gifts.bring_points(place, owner=owner, at=now)
        demo_gifts.bring_envelope(place, owner=owner, at=now)
        show = demo_shop.bring_show(place, people, at=now)
        described = demo_shop.told("show")["show"]
        producer = people[described["producer"]]
        demo_rundown.bring_rundown(show, host=people[described["host"]], checker=producer, at=now)
        demo_week.bring_week(place, people, owner=owner, at=now)
        demo_shop.bring_key(show, by=producer, at=now)
        if show.went_live_at is None:
            with suppress(AlreadyEnqueued):
                air_demo.defer(show_id=show.pk, producer_id=producer.pk, product_id=demo_shop.pinned_product(place))
        self.stdout.write(json.dumps(_told(show), ensure_ascii=False))


def _told(show: Show) -> dict[str, Any]:
    described = demo_shop.told("people")
    shown = [one for one in described["people"] if one["role"] not in ("member", "none")]
    shown += [one for one in described["people"] if one["role"] == "member"][:1]
    return {
        "show_url": f"/shows/{show.pk}/",
        "console_url": f"/studio/shows/{show.pk}/",
        "sign_ins": [{"role": one["role"], "login": one["email"], "password": described["password"]} for one in shown],
    }
