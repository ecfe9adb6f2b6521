"""The rundown's browser code in a real browser, under the real content policy, against the real views."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Browser, Page, expect

from svoi.catalog.models import Product
from svoi.rundowns.actions import move_segment, open_rundown
from svoi.rundowns.models import Rundown, Segment
from svoi.studio.product_choice import OFFERED_MAX
from tests import cast
from tests.chromium import needs_chromium
from tests.rundowns.desk import coming_show, order, version, written
from tests.studio.live_site import LiveSite
from tests.studio.site import SITE
from tests.studio.stage import signed

pytestmark = [
    needs_chromium,
    pytest.mark.django_db(transaction=True),
]
NAMES = ("Начало", "Кружка", "Полотенце", "Прощание")


@pytest.fixture
def rundown(chromium, table, anna) -> Rundown:
    show = coming_show(table, anna, starts_at=timezone.now() + timedelta(days=7))
    plan = open_rundown(show_id=show.pk, by=anna, at=timezone.now())
    for number, name in enumerate(NAMES, start=1):
        written(plan, anna, title_ru=name, length_s=60 * number)
    return plan


@pytest.fixture
def site(anna) -> LiveSite:
    return LiveSite(signed(anna))


@pytest.fixture
def page(chromium: Browser, site: LiveSite, rundown) -> Iterator[Page]:
    context = chromium.new_context(
        viewport={"width": 1440, "height": 900}, locale="ru-RU", timezone_id="Europe/Moscow", reduced_motion="reduce"
    )
    shown = context.new_page()
    shown.on("pageerror", lambda fault: site.faults.append(str(fault)))
    shown.on("console", lambda line: site.faults.append(line.text) if "Content Security" in line.text else None)
    context.route("**/*", site.answer)
    shown.goto(f"{SITE}/studio/shows/{rundown.show_id}/rundown")
    shown.wait_for_selector("svoi-rundown:defined")
    yield shown
    context.close()
    assert site.faults == []


def titles(page: Page) -> list[str]:
    return page.locator(".segment-title").all_inner_texts()


def after(page: Page) -> list[str]:
    return page.locator("[data-after]").all_inner_texts()


def grip(page: Page, name: str):
    return page.locator(".segment", has=page.get_by_role("heading", name=name, exact=True)).locator("[data-grip]")


def take(page: Page, name: str) -> None:
    box = grip(page, name).bounding_box()
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    page.mouse.down()


def over(page: Page, name: str, share: float = 0.2) -> None:
    box = page.locator(".segment", has=page.get_by_role("heading", name=name, exact=True)).bounding_box()
    page.mouse.move(box["x"] + 60, box["y"] + box["height"] * share, steps=6)


def test_a_drag_moves_rolls_the_times_and_is_kept(page: Page, site: LiveSite, rundown: Rundown):
    assert (titles(page), after(page)) == (list(NAMES), ["0:00", "1:00", "3:00", "6:00"])
    take(page, "Прощание")
    over(page, "Кружка")
    moved = ["Начало", "Прощание", "Кружка", "Полотенце"]
    # Times follow the hand before anything is sent.
    assert (titles(page), after(page)) == (moved, ["0:00", "1:00", "5:00", "7:00"])
    assert site.posted("/place") == []
    page.mouse.up()
    expect(page.locator("#rundown-said")).to_contain_text("«Прощание»: место 2")
    assert (titles(page), after(page)) == (moved, ["0:00", "1:00", "5:00", "7:00"])
    named = dict(Segment.objects.values_list("pk", "title_ru"))
    assert ([named[pk] for pk in order(rundown)], len(site.posted("/place"))) == (moved, 1)


def test_a_drag_to_the_end_and_one_that_is_taken_back(page: Page, site: LiveSite, rundown: Rundown):
    take(page, "Начало")
    over(page, "Прощание", 0.9)
    page.mouse.up()
    expect(page.locator("#rundown-said")).to_contain_text("«Начало»: место 4")
    before = version(rundown)
    take(page, "Начало")
    over(page, "Кружка")
    page.keyboard.press("Escape")
    assert (titles(page), after(page)) == (
        ["Кружка", "Полотенце", "Прощание", "Начало"],
        ["0:00", "2:00", "5:00", "9:00"],
    )
    page.mouse.up()
    take(page, "Кружка")
    page.mouse.up()
    page.wait_for_timeout(200)
    assert (version(rundown), len(site.posted("/place"))) == (before, 1)


def test_the_page_scrolls_under_a_drag_at_its_edge(page: Page):
    page.set_viewport_size({"width": 1440, "height": 420})
    take(page, "Начало")
    page.mouse.move(400, 410, steps=4)
    page.wait_for_timeout(500)
    assert page.evaluate("scrollY") > 100
    page.mouse.up()


def test_a_drag_somebody_else_was_faster_with_shows_how_it_stands(page: Page, rundown: Rundown, anna):
    first = order(rundown)
    move_segment(
        rundown_id=rundown.pk, segment_id=first[3], before=first[0], seen=version(rundown), by=anna, at=timezone.now()
    )
    take(page, "Кружка")
    over(page, "Прощание", 0.9)
    page.mouse.up()
    expect(page.locator("[data-refused=rundown_stale]")).to_be_visible()
    expect(page.locator(".segment-title").first).to_have_text("Прощание")
    assert titles(page) == ["Прощание", "Начало", "Кружка", "Полотенце"]


def test_the_keyboard_moves_and_keeps_its_place(page: Page, site: LiveSite, rundown: Rundown):
    second = order(rundown)[1]
    page.focus(f"#up-{second}")
    page.keyboard.press("Enter")
    expect(page.locator("#rundown-said")).to_contain_text("«Кружка»: место 1")
    assert titles(page) == ["Кружка", "Начало", "Полотенце", "Прощание"]
    expect(page.locator(f"#up-{second}")).to_be_focused()
    sent = len(site.posted("/place"))
    page.keyboard.press("Enter")  # it is the first already
    page.wait_for_timeout(200)
    assert len(site.posted("/place")) == sent
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator("#rundown-said")).to_contain_text("«Кружка»: место 2")
    expect(page.locator(f"#down-{second}")).to_be_focused()


def test_a_segment_is_written_in_place_and_two_presses_remove_one(page: Page, rundown: Rundown):
    second = order(rundown)[1]
    page.click(f"#edit-{second}")
    page.fill(f"#segment-{second} [name=title_ru]", "")
    page.click(f"#segment-{second} button[type=submit]")
    expect(page.locator(f"#segment-{second} .field-error")).to_be_visible()
    page.fill(f"#segment-{second} [name=title_ru]", "Чайник")
    page.fill(f"#segment-{second} [name=length]", "10:00")
    page.click(f"#segment-{second} button[type=submit]")
    expect(page.locator(f"#segment-{second} .segment-title")).to_have_text("Чайник")
    assert after(page) == ["0:00", "1:00", "11:00", "14:00"]
    page.click("#rundown-add")
    page.fill(".rundown-new [name=title_ru]", "Разговор")
    page.click(".rundown-new button[type=submit]")
    expect(page.locator(".segment-title").last).to_have_text("Разговор")
    page.click(f"#remove-{second}")
    assert len(titles(page)) == 5
    page.click(f"#remove-{second}")
    expect(page.locator(".segment-title")).to_have_text(["Начало", "Полотенце", "Прощание", "Разговор"])


def test_while_one_segment_is_written_no_other_is_moved(page: Page, rundown: Rundown):
    first, second = order(rundown)[:2]
    page.click(f"#edit-{second}")
    expect(page.locator(f"#segment-{second} [name=title_ru]")).to_be_visible()
    expect(page.locator(f"#up-{first}")).to_be_hidden()
    # Neither does anything else ask for the board, in which what is typed does not stand yet.
    expect(page.locator("#rundown-add")).to_be_hidden()
    expect(page.locator(".rundown-slot")).to_be_hidden()
    page.get_by_role("link", name="Отмена").click()
    expect(page.locator(f"#up-{first}")).to_be_visible()


def test_a_product_is_looked_for_by_name_and_nothing_typed_is_lost(page: Page, table, rundown: Rundown):
    Product.objects.bulk_create(
        Product(community=table, external_id=f"S{number}", name=f"Блюдце {number:03}") for number in range(OFFERED_MAX)
    )
    chest = cast.product(table, name="Ящик чайный")
    second = order(rundown)[1]
    page.click(f"#edit-{second}")
    page.fill(f"#segment-{second} [name=title_ru]", "Ящик и заварка")
    page.fill("[name=sought]", "чайный")
    expect(page.locator("#sought-said")).to_contain_text("1")
    expect(page.locator("#id_product option")).to_have_text(["—", "Ящик чайный"])
    expect(page.locator("[name=sought]")).to_be_focused()
    page.select_option("#id_product", label="Ящик чайный")
    page.fill("[name=sought]", "блюдце 05")
    expect(page.locator("#id_product option")).to_have_count(13)  # none, what was chosen, and eleven with 05
    expect(page.locator("#id_product")).to_have_value(str(chest.product_id))
    page.click(f"#segment-{second} button[type=submit]")
    expect(page.locator(f"#segment-{second} .segment-title")).to_have_text("Ящик и заварка")
    assert Segment.objects.get(pk=second).product_id == chest.product_id


@pytest.mark.parametrize("width", [320, 390, 820, 1100, 1440])
def test_nothing_sticks_out(page: Page, width: int):
    page.set_viewport_size({"width": width, "height": 900})
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
