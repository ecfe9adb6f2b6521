"""Taking control from the camera page, in a real browser: asked twice, and the steps are hers then."""

from __future__ import annotations

import pytest
from django.utils import timezone
from playwright.sync_api import Browser, expect

from svoi.control.actions.steering import take_control
from svoi.control.queries.steering import standing_hold
from svoi.shows.models import Show
from tests import cast
from tests.chromium import needs_chromium
from tests.studio.live_site import LiveSite
from tests.studio.site import SITE
from tests.studio.stage import signed

pytestmark = [
    needs_chromium,
    pytest.mark.django_db(transaction=True),
]


def test_a_host_takes_control_from_her_camera(chromium: Browser, anna, vera, table, show):
    cast.joins(vera, table, "host")
    Show.objects.filter(pk=show.pk).update(host=vera)
    take_control(show_id=show.pk, seen=None, by=anna, at=timezone.now())
    site = LiveSite(signed(vera))
    context = chromium.new_context(viewport={"width": 390, "height": 844}, locale="ru-RU", reduced_motion="reduce")
    page = context.new_page()
    page.on("pageerror", lambda fault: site.faults.append(str(fault)))
    context.route("**/*", site.answer)
    page.goto(f"{SITE}/studio/shows/{show.pk}/camera")
    page.wait_for_selector("svoi-armed:defined", state="attached")
    take = page.locator("#hold button")
    expect(page.locator(".camera-who")).to_contain_text("Anna")
    take.click()
    page.wait_for_timeout(200)
    assert standing_hold(show_id=show.pk).member_id == anna.pk
    take.click()
    expect(page.locator("#hold[data-mine]")).to_be_visible()
    assert standing_hold(show_id=show.pk).member_id == vera.pk
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    assert site.faults == []
    context.close()
