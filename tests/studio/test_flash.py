"""Preparing and starting a deal in two presses, following it, calling it off; what the crew may, and hostile forms."""

from __future__ import annotations

import re
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from svoi.catalog.models import Stock
from svoi.flash.actions import claim_flash
from svoi.flash.models import FlashClosing, FlashDeal, FlashFiring
from svoi.shows.actions.airing import end_show
from svoi.shows.models import Show
from tests import cast
from tests.cast import recorded
from tests.flash.stall import arm
from tests.studio.stage import send, signed

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def desk(anna, show):
    """Anna's browser and the address of the show."""
    return signed(anna), f"/studio/shows/{show.pk}/flash"


def filled(mug, **changes) -> dict[str, str]:
    """The form as a browser sends it."""
    good = {
        "variant": mug.pk,
        "price": "990",
        "quantity": "5",
        "per_person": "1",
        "countdown_s": "30",
        "runs_s": "300",
        "reserve_s": "600",
        "key": uuid4(),
    }
    return {name: str(value) for name, value in {**good, **changes}.items()}


def stage_of(answer) -> str:
    return re.search(r'data-deal="(\w*)"', answer.content.decode())[1]


def code(answer) -> str:
    return re.search(r'data-refused="(\w+)"', answer.content.decode())[1]


def test_two_presses_start_it_and_the_first_says_what_the_second_does(desk, mug, anna):
    browser, address = desk
    answer = send(browser, "post", address, filled(mug))
    assert (answer.status_code, answer["HX-Trigger"]) == (200, "studio:flash")
    standing = browser.get(address)
    deal = FlashDeal.objects.get()
    assert (stage_of(standing), deal.price_minor, deal.lowest_minor) == ("armed", 99_000, 149_000)
    body = re.sub(r"\s", " ", standing.content.decode())
    assert "990 ₽" in body
    assert "1 490 ₽" in body
    assert f"{address}/{deal.pk}/firing" in body
    assert Stock.objects.get(variant=mug).on_hand == 10
    fired = send(browser, "post", f"{address}/{deal.pk}/firing", {})
    assert (fired.status_code, stage_of(fired)) == (200, "countdown")
    assert (FlashFiring.objects.get().fired_by, Stock.objects.get(variant=mug).on_hand) == (anna, 5)
    assert [kind for kind, _ in recorded()] == ["control_taken", "flash_armed", "flash_fired"]


def test_the_same_form_twice_prepares_once(desk, mug):
    browser, address = desk
    form = filled(mug)
    assert [send(browser, "post", address, form).status_code for _ in range(2)] == [200, 200]
    assert FlashDeal.objects.count() == 1


def test_the_running_deal_tells_what_is_left_and_can_be_called_off(desk, mug, vera, table, show, anna):
    browser, address = desk
    cast.joins(vera, table)
    now = timezone.now()
    deal = arm(mug, anna, show_id=show.pk, at=now - timedelta(minutes=2))
    from svoi.flash.actions import fire_deal

    fire_deal(deal_id=deal.pk, by=anna, at=now - timedelta(minutes=1))
    claim_flash(deal_id=deal.pk, member_id=vera.pk, quantity=1, key=uuid4(), at=now)
    running = browser.get(address)
    assert stage_of(running) == "running"
    assert re.findall(r'<dd class="figures">([^<]+)</dd>', running.content.decode()) == ["4 / 5", "1", "0"]
    off = browser.delete(f"{address}/{deal.pk}")
    assert (stage_of(off), FlashClosing.objects.get().returned) == ("called_off", 4)
    assert Stock.objects.get(variant=mug).on_hand == 9


def test_the_end_of_the_show_ends_its_deal(desk, mug, show, anna):
    browser, address = desk
    send(browser, "post", address, filled(mug))
    send(browser, "post", f"{address}/{FlashDeal.objects.get().pk}/firing", {})
    end_show(show_id=show.pk, by=anna, at=timezone.now())
    assert (FlashClosing.objects.get().closed_for, Stock.objects.get(variant=mug).on_hand) == ("called_off", 10)
    assert [kind for kind, _ in recorded()][-2:] == ["flash_over", "show_ended"]
    assert code(send(browser, "post", address, filled(mug))) == "show_ended"


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("price", "1490"),
        ("price", "-5"),
        ("price", "many"),
        ("price", "990.005"),
        ("price", "\0"),
        ("quantity", "0"),
        ("quantity", "11"),
        ("quantity", "9" * 30),
        ("per_person", "21"),
        ("per_person", "6"),
        ("countdown_s", "9"),
        ("runs_s", "5000"),
        ("reserve_s", "'; drop"),
        ("variant", "0"),
        ("variant", "x"),
        ("key", "1"),
    ],
)
def test_what_does_not_fit_comes_back_with_the_reason_and_changes_nothing(desk, mug, field, value):
    browser, address = desk
    answer = send(browser, "post", address, filled(mug, **{field: value}))
    assert answer.status_code == 422
    assert f'value="{5 if field != "quantity" else value}"' in answer.content.decode().replace("\0", "")
    assert (FlashDeal.objects.count(), recorded()) == (0, [])


def test_a_second_deal_waits_for_the_first(desk, mug, towel):
    browser, address = desk
    send(browser, "post", address, filled(mug))
    refused = send(browser, "post", address, filled(towel, price="500"))
    assert (refused.status_code, code(refused)) == (409, "deal_under_way")


def test_a_deal_of_another_show_is_not_fired_here(desk, mug, table, anna):
    browser, address = desk
    deal = arm(mug, anna, show_id=Show.objects.get().pk + 1, at=timezone.now())
    refused = send(browser, "post", f"{address}/{deal.pk}/firing", {})
    assert (refused.status_code, code(refused)) == (404, "flash_unknown")
    assert code(send(browser, "delete", f"{address}/{deal.pk}", {})) == "flash_unknown"
    assert FlashFiring.objects.count() == 0


def test_a_show_that_is_not_on_air_has_no_deals(desk, mug, show):
    browser, address = desk
    Show.objects.update(went_live_at=None)
    assert 'id="flash-prepare" type="button" data-opens="flash-sheet" disabled' in browser.get(address).content.decode()
    assert code(send(browser, "post", address, filled(mug))) == "show_not_live"


def test_who_keeps_order_looks_and_a_stranger_finds_nothing(desk, keeper, dmitri, mug, show):
    browser, address = desk
    send(browser, "post", address, filled(mug))
    deal = FlashDeal.objects.get()
    for person, looked in ((keeper, 200), (dmitri, 404)):
        other = signed(person)
        assert other.get(address).status_code == looked
        assert other.get(f"{address}/form").status_code == 404
        assert send(other, "post", address, filled(mug)).status_code == 404
        assert send(other, "post", f"{address}/{deal.pk}/firing", {}).status_code == 404
        assert other.delete(f"{address}/{deal.pk}").status_code == 404
    assert "flash-fire" not in signed(keeper).get(address).content.decode()
    assert (FlashFiring.objects.count(), FlashClosing.objects.count()) == (0, 0)


def test_the_form_asks_the_same_with_two_things_and_with_five(desk, show, table):
    browser, address = desk

    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert browser.get(f"{address}/form").status_code == 200
        return len(queries)

    first = asked()
    for position in range(3):
        show.tray.create(product=cast.product(table).product, position=position + 5)
    assert asked() == first
