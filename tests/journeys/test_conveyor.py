"""The whole line: a planned week, a copied rundown, a show run by two, read by its host, moderated, looked back at."""

from __future__ import annotations

from uuid import uuid4

import pytest
from playwright.sync_api import expect

from tests.journeys import steps
from tests.journeys.camera import goes_on_air, opens_camera
from tests.journeys.conveyor import (
    CALENDAR,
    agrees,
    copies_rundown,
    cuts_clip,
    fires_deal,
    lays_out,
    next_segment,
    plans,
    takes_control,
    takes_poster,
    writes_note,
)

pytestmark = pytest.mark.journey
NOTE = "Свет слева: блик закрывал рисунок"
RUDE = "Купите лучше у меня"
EXPLAINED_MS = 14_000
SEGMENTS = ("Здороваемся и накрываем стол", "Кружка «Утро» во всех глазурях")


def test_from_a_planned_week_to_the_notes_of_the_next_show(visitors, studio, house):
    owner, producer = visitors.come(desktop=True), visitors.come(desktop=True)
    moderator, member, reader = visitors.come(desktop=True), visitors.come(), visitors.come()
    steps.sign_in(owner, "anna", then=f"{CALENDAR}")
    steps.sign_in(producer, "boris", then="/orders/")

    # A week: three shows, one of them agreed.
    name = f"Чай с утра {uuid4().hex[:6]}"
    first = 16 + 7 * (uuid4().int % 8)  # a house that stands keeps the weeks of earlier runs
    show = plans(owner, name, day=first, at="10:00")
    agrees(owner)
    later = plans(owner, f"Печём к чаю {uuid4().hex[:6]}", day=first + 2, at="10:00")
    plans(owner, f"Чашка на каждый день {uuid4().hex[:6]}", day=first + 4, at="10:00", host="Борис Ершов")
    copies_rundown(owner, show, of="Стол на двоих")
    lays_out(producer, show, "Кружка", "Чайник")

    # On air from a phone; the host reads her second device; two steer by turns.
    camera = opens_camera(studio, show)
    goes_on_air(camera)
    steps.sign_in(member, "darya", then=f"/shows/{show}/")
    steps.picture_moves(member)
    steps.sign_in(reader, "vera", then="/orders/")
    reader.goto(f"/studio/shows/{show}/prompter")
    producer.goto(f"/studio/shows/{show}/")
    owner.goto(f"/studio/shows/{show}/")
    takes_control(producer)  # going on air had given it to the host
    for title in SEGMENTS:
        next_segment(producer, title)
        expect(reader.locator(".prompt-title")).to_have_text(title, timeout=15_000)
        expect(owner.locator("#control .steer-now .steer-title")).to_have_text(title)

    # The second operator takes over, pins and fires; the room sees both.
    expect(owner.locator("#control .steer-who")).to_contain_text("Борис")
    takes_control(owner)
    expect(producer.locator("#control .steer-who")).to_contain_text("Анна", timeout=20_000)
    pinned = steps.pins(owner, 0)
    steps.sees_pinned(member, pinned)
    fires_deal(owner, price=1500)
    expect(member.locator("svoi-flash[data-phase=countdown], svoi-flash[data-phase=running]")).to_be_visible()
    member.wait_for_timeout(EXPLAINED_MS)
    steps.pins(owner, 1)

    # A moderator silences who is rude; what she said is hidden for all.
    steps.say(member, RUDE)
    steps.sign_in(moderator, "gleb", then=f"/studio/shows/{show}/")
    rude = moderator.locator("#talk .line[data-message]", has_text=RUDE).last
    rude.locator("[data-does=mute]").click()
    expect(member.locator(".composer-form input[name=text]")).to_be_disabled()
    rude.locator("[data-does=hide]").click()
    expect(steps.line(member, RUDE)).to_have_count(0)

    owner.click("#hold-release")
    expect(owner.locator("#control .steer-hold[data-mine]")).to_have_count(0)

    # The end, its clip and the poster from it, its debrief, and the note that comes back.
    camera.click("#air .air-end button")
    camera.click("#air .air-end button")
    expect(camera.locator('svoi-camera[data-state="ended"]')).to_be_attached()
    cuts_clip(producer, show)
    poster = takes_poster(producer, show)
    member.goto("/c/kromka/")
    expect(member.locator(f'.show-tile img[src="{poster}"]')).to_have_count(1)
    writes_note(producer, show, NOTE)
    expect(producer.locator("#plan")).to_be_visible()
    producer.goto(f"/studio/shows/{later}/debrief")
    expect(producer.locator("main")).to_contain_text(NOTE)
    for page in (owner, producer, moderator, member, reader, camera):
        assert page.problems == []
