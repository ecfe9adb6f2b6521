"""Points in a real browser, under the real content policy: what a choice leaves to pay, and a budget armed first."""

from __future__ import annotations

from datetime import timedelta

from django.test import Client
from django.utils import timezone
from playwright.sync_api import Browser, Page, expect

from svoi.orders.models import Order
from tests import cast
from tests.chromium import needs_chromium
from tests.points.bank import earned, in_budget, points_on
from tests.web.cart.steps import lays_in
from tests.web.map_site import SITE, Site

pytestmark = needs_chromium


def opened(chromium: Browser, client: Client, path: str) -> tuple[Page, Site]:
    site = Site(client)
    context = chromium.new_context(viewport={"width": 390, "height": 844}, locale="ru-RU", reduced_motion="reduce")
    context.set_default_timeout(10_000)
    context.route("**/*", site.answer)
    page = context.new_page()
    page.on("pageerror", lambda fault: site.faults.append(str(fault)))
    page.on("console", site.heard)
    page.goto(SITE + path)
    return page, site


def test_the_choice_says_what_is_left_and_becomes_the_order(chromium, client, vera, anna, table):
    client.force_login(cast.joins(vera, table))
    mug = cast.product(table)
    cast.pickup_point(table)
    points_on(table, anna, budget=1_000, at=timezone.now() - timedelta(days=1))
    earned(table, vera, 1_000, at=timezone.now())
    lays_in(client, mug, quantity=2)
    page, site = opened(chromium, client, "/c/table/checkout")
    left = page.locator("svoi-left output")
    expect(left).to_have_text("2\u202f980\u00a0₽")
    page.get_by_label("Оплатить часть баллами").select_option("447")
    expect(left).to_have_text("2\u202f533\u00a0₽")
    page.locator("input[name=pickup_point]").first.check(force=True)
    page.get_by_role("button", name="Заказать").click()
    expect(page.locator("[data-points='447']")).to_contain_text("447 баллов")
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") == 0
    assert (site.context.run(lambda: Order.objects.get().points_spent), site.faults) == (447, [])


def test_a_budget_is_filled_by_the_second_press(chromium, client, anna, table):
    client.force_login(anna)
    page, site = opened(chromium, client, "/studio/table/budget/")
    page.get_by_label("Сколько баллов").fill("500")
    page.get_by_label("Почему").fill("День бренда")
    page.get_by_role("button", name="Внести в бюджет").click()
    armed = page.get_by_role("button", name="Нажмите ещё раз, чтобы внести")
    assert site.context.run(lambda: in_budget(table)) == 0
    armed.click()
    expect(page.get_by_text("День бренда")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") == 0
    assert (site.context.run(lambda: in_budget(table)), site.faults) == (500, [])
