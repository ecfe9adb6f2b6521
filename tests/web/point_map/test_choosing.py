"""Choosing a point: on the map, in the list and by keys, each showing what the other chose."""

from __future__ import annotations

from playwright.sync_api import BrowserContext, Page, expect

from svoi.orders.models import Order
from svoi.pickup.models import PickupPoint
from tests import cast
from tests.chromium import needs_chromium
from tests.web.map_site import SITE, Site
from tests.web.point_map.hand import chosen, mark, open_map, pressed

pytestmark = needs_chromium


def test_a_mark_chooses_in_the_list(page: Page, points) -> None:
    page.fill('#find-points [name="q"]', "москва")
    expect(page.locator("#points .point")).to_have_count(4)
    open_map(page)
    expect(page.locator("[data-chosen]")).to_have_text("Пункт ещё не\u00a0выбран.")
    mark(page, "Постамат, Снежная, 52").click()
    expect(page.locator("[data-chosen] b")).to_have_text("Снежная, 52")
    assert (chosen(page), pressed(page)) == ([str(points["locker"].pk)], ["Постамат, Снежная, 52"])
    mark(page, "Арбат, 5").click()
    expect(page.locator("[data-chosen] b")).to_have_text("Арбат, 5")
    assert (chosen(page), pressed(page)) == ([str(points["arbat"].pk)], ["Арбат, 5"])
    page.get_by_role("tab", name="Список").click()
    assert page.locator("#points input:checked").is_visible()
    page.click("button[form=buy-form]")
    page.wait_for_url("**/orders/*/")
    assert Order.objects.get().pickup_point == points["arbat"]


def test_the_list_chooses_on_the_map(page: Page, points) -> None:
    open_map(page)
    assert pressed(page) == []
    page.get_by_role("tab", name="Список").click()
    page.locator(f'#points input[value="{points["arbat"].pk}"]').check()
    page.get_by_role("tab", name="Карта").click()
    expect(page.locator("[data-chosen] b")).to_have_text("Арбат, 5")
    page.wait_for_function("document.querySelector('.point-cluster-chosen, .point-mark[aria-pressed=true]')")
    assert chosen(page) == [str(points["arbat"].pk)]


def test_the_map_opens_around_what_is_chosen(page: Page, points) -> None:
    """Kazan is far from all others: its own town is shown, not half the country."""
    page.locator(f'#points input[value="{points["kazan"].pk}"]').check()
    open_map(page)
    expect(mark(page, "Баумана, 51")).to_have_attribute("aria-pressed", "true")
    assert page.locator(".point-cluster").count() == 0


def test_a_mark_that_the_list_does_not_show_is_fetched_into_it(page: Page, site: Site, table) -> None:
    PickupPoint.objects.bulk_create(
        PickupPoint(
            community=table, code=f"n{n}", name="П", city="Абакан", address=f"Мира, {n}", latitude=53.7, longitude=91.4
        )
        for n in range(25)
    )
    page.fill('#find-points [name="q"]', "мира")
    expect(page.locator("#points .point")).to_have_count(20)
    expect(page.locator("#points")).to_contain_text("Пунктов больше: назовите город, улицу или станцию метро.")
    open_map(page)
    page.locator(".point-cluster").press("Enter")
    expect(page.locator(".point-mark")).to_have_count(25)
    listed = page.eval_on_selector_all("#points b", "(found) => found.map((one) => one.textContent)")
    hidden = next(f"Мира, {n}" for n in range(25) if f"Мира, {n}" not in listed)
    mark(page, hidden).dispatch_event("click")
    expect(page.locator("[data-chosen] b")).to_have_text(hidden)
    expect(page.locator("#points .point")).to_have_count(21)
    expect(page.locator("#points .point").first).to_contain_text(hidden)
    assert (chosen(page), pressed(page)) == ([str(PickupPoint.objects.get(address=hidden).pk)], [hidden])
    assert len(site.asked_for("pickup-points.json")) == 1


def test_a_mark_that_closed_a_moment_ago_is_told_in_the_list(page: Page, points) -> None:
    page.fill('#find-points [name="q"]', "москва")
    expect(page.locator("#points .point")).to_have_count(4)
    open_map(page)
    PickupPoint.objects.filter(pk=points["arbat"].pk).update(closed_at=cast.NOON)
    page.evaluate(f"document.querySelector('#points input[value=\"{points['arbat'].pk}\"]').closest('li').remove()")
    mark(page, "Арбат, 5").click()
    expect(page.locator(".points-closed")).to_have_text("Закрылся пункт «Пункт arbat» (Арбат, 5); выберите другой.")
    expect(page.get_by_role("tab", name="Список")).to_have_attribute("aria-selected", "true")
    assert chosen(page) == []


def test_everything_is_reached_by_keys(page: Page, points) -> None:
    page.fill('#find-points [name="q"]', "москва")
    expect(page.locator("#points .point")).to_have_count(4)
    page.get_by_role("tab", name="Список").focus()
    page.keyboard.press("ArrowRight")
    expect(page.get_by_role("tab", name="Карта")).to_be_focused()
    expect(mark(page, "Арбат, 5")).to_be_visible()
    stops = []
    for _ in range(12):
        page.keyboard.press("Tab")
        stops.append(page.evaluate("document.activeElement.getAttribute('aria-label')"))
        if stops[-1] == "Арбат, 5":
            break
    assert stops[0] == "Карта пунктов выдачи"
    page.keyboard.press("Enter")
    expect(page.locator("[data-chosen] b")).to_have_text("Арбат, 5")
    assert chosen(page) == [str(points["arbat"].pk)]
    page.get_by_role("tab", name="Карта").focus()
    page.keyboard.press("Home")
    expect(page.locator("#points")).to_be_visible()
    assert page.locator("#points-map").is_hidden()


def test_wishes_and_words_hold_for_both(page: Page, site: Site) -> None:
    open_map(page)
    page.get_by_text("Примерочная", exact=True).click()
    expect(page.locator(".point-mark")).to_have_count(1)
    expect(mark(page, "Арбат, 5")).to_be_visible()
    expect(page.locator("#points .point")).to_have_count(1)
    page.fill('#find-points [name="q"]', "казань")
    expect(page.locator("[data-notes]")).to_have_text("Такого пункта нет.")
    expect(page.locator(".point-mark")).to_have_count(0)
    expect(page.locator("#points .points-none")).to_be_attached()
    assert len(site.asked_for("pickup-points.json")) == 3


def test_a_forgotten_choice_is_asked_for_where_it_can_be_made(page: Page) -> None:
    open_map(page)
    page.click("button[form=buy-form]")
    expect(page.get_by_role("tab", name="Список")).to_have_attribute("aria-selected", "true")
    assert page.evaluate("document.activeElement.name") == "pickup_point"
    assert Order.objects.count() == 0


def test_the_sheet_of_a_show_has_the_same_map(context: BrowserContext, site: Site, anna, table, mug, points) -> None:
    show = cast.live_show(table, anna, mug)
    page = context.new_page()
    page.goto(f"{SITE}/shows/{show.pk}/sheet?product={mug.product_id}")
    page.fill('#find-points [name="q"]', "москва")
    expect(page.locator("#points .point")).to_have_count(4)
    open_map(page)
    mark(page, "Арбат, 5").click()
    expect(page.locator("[data-chosen] b")).to_have_text("Арбат, 5")
    page.click("button[form=buy-form]")
    page.wait_for_url("**/orders/*/")
    assert Order.objects.get().pickup_point == points["arbat"]
