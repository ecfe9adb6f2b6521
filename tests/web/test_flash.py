"""A deal in the room: taken over the plain path, paid in its sheet, kept longer; what hostile forms get."""

from __future__ import annotations

import json
import re
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from svoi.catalog.models import Variant
from svoi.flash.actions import claim_flash, lapse_claims
from svoi.flash.models import FlashClaim, FlashDeal
from svoi.orders.models import Order
from svoi.shows.models import Show
from svoi.web.flash_parts import phase_of
from tests import cast
from tests.flash.stall import PRICE, arm, fire
from tests.web.shows.sheet import embedded, told

pytestmark = pytest.mark.django_db(transaction=True)
SCRIPTS = {"Accept": "application/json"}


@pytest.fixture
def mug(table) -> Variant:
    return cast.product(table, stock=9)


@pytest.fixture
def show(table, anna, mug) -> Show:
    return cast.live_show(table, anna, mug)


@pytest.fixture
def point(table):
    return cast.pickup_point(table)


@pytest.fixture
def deal(show, mug, anna) -> FlashDeal:
    """Open since half a minute, by the real clock."""
    return fire(mug, anna, show_id=show.pk, at=timezone.now() - timedelta(minutes=1), per_person=2)


@pytest.fixture
def one_of_us(client, vera, table):
    cast.joins(vera, table)
    client.force_login(vera)
    return client


def paid(client, deal, point, **changes):
    filled = {f"shown_{deal.variant_id}": PRICE.minor, "currency": "RUB", "pickup_point": point.pk, "key": uuid4()}
    return client.post(f"/flash/{deal.pk}/orders", {**filled, **changes})


def test_a_plain_form_takes_and_goes_on_to_the_sheet(one_of_us, deal, vera):
    answer = one_of_us.post(f"/flash/{deal.pk}/claims", {"quantity": "2"})
    assert (answer.status_code, answer["Location"]) == (303, f"/flash/{deal.pk}/sheet")
    claim = FlashClaim.objects.get()
    assert (claim.member, claim.quantity, claim.position) == (vera, 2, 2)
    sheet = one_of_us.get(answer["Location"]).content.decode()
    assert 'data-ends-at="' + claim.until.isoformat() in sheet
    assert f'name="shown_{deal.variant_id}" value="99000"' in sheet


def test_scripts_get_what_is_hers_and_the_same_again(one_of_us, deal):
    asked = {"quantity": "1", "key": str(uuid4())}
    first = one_of_us.post(f"/flash/{deal.pk}/claims", asked, headers=SCRIPTS)
    again = one_of_us.post(f"/flash/{deal.pk}/claims", asked, headers=SCRIPTS)
    until = round(FlashClaim.objects.get().until.timestamp() * 1000)
    assert first.json() == {"deal_id": deal.pk, "quantity": 1, "until": until, "order": "", "lapsed": False}
    assert again.json() == first.json()


def test_the_room_shows_the_deal_and_what_is_hers(one_of_us, show, deal, vera):
    page = one_of_us.get(f"/shows/{show.pk}/")
    flash = embedded(page, "room-state")["flash"]
    assert (flash["price_minor"], flash["lowest_minor"], flash["left"], flash["closed_for"]) == (99_000, 149_000, 5, "")
    assert 'data-phase="running"' in page.content.decode()
    assert embedded(page, "room-mine") is None
    claim_flash(deal_id=deal.pk, member_id=vera.pk, quantity=1, key=uuid4(), at=timezone.now())
    page = one_of_us.get(f"/shows/{show.pk}/")
    assert embedded(page, "room-mine")["quantity"] == 1
    assert 'data-phase="mine"' in page.content.decode()


def test_paying_makes_one_order_at_the_deals_price(one_of_us, deal, point, show):
    one_of_us.post(f"/flash/{deal.pk}/claims", {"quantity": "2"})
    key = uuid4()
    answers = [paid(one_of_us, deal, point, key=key) for _ in range(2)]
    order = Order.objects.get()
    assert [(one.status_code, one["Location"]) for one in answers] == [(303, f"/orders/{order.number}/")] * 2
    assert (order.total_minor, order.origin_kind, order.origin_id) == (198_000, "show", show.pk)
    assert one_of_us.get(f"/flash/{deal.pk}/sheet")["Location"] == f"/orders/{order.number}/"


def test_more_time_is_one_press(one_of_us, deal):
    one_of_us.post(f"/flash/{deal.pk}/claims")
    before = FlashClaim.objects.get().kept_until
    FlashClaim.objects.get()
    for _ in range(10):
        answer = one_of_us.post(f"/flash/{deal.pk}/extension")
        assert answer.status_code == 200
    claim = FlashClaim.objects.get()
    assert (claim.extensions.count(), claim.kept_until >= before) == (10, True)
    kept = json.loads(answer["HX-Trigger"])["flash:kept"]["until"]
    assert kept == round(claim.kept_until.timestamp() * 1000)
    refused = one_of_us.post(f"/flash/{deal.pk}/extension")
    assert (refused.status_code, told(refused)) == (409, ["extended_enough"])


def test_what_ran_out_offers_the_usual_price(one_of_us, deal, point, vera, show):
    opened = timezone.now() - timedelta(seconds=20)
    claim_flash(deal_id=deal.pk, member_id=vera.pk, quantity=1, key=uuid4(), at=opened)
    FlashClaim.objects.get()
    lapse_claims(at=timezone.now() + timedelta(hours=1))
    refused = paid(one_of_us, deal, point)
    assert (refused.status_code, told(refused)) == (409, ["flash_ran_out"])
    body = refused.content.decode()
    assert "1" in re.sub(r"\s", "", body)
    assert f'href="/shows/{show.pk}/sheet?product={deal.variant.product_id}"' in body
    assert Order.objects.count() == 0


def test_a_price_of_ones_own_is_refused(one_of_us, deal, point):
    one_of_us.post(f"/flash/{deal.pk}/claims")
    refused = paid(one_of_us, deal, point, **{f"shown_{deal.variant_id}": 1})
    assert (refused.status_code, told(refused), Order.objects.count()) == (409, ["price_moved"], 0)


@pytest.mark.parametrize(
    ("quantity", "code"),
    [("3", "flash_limit"), ("99999999999999999", "flash_limit"), ("-1", ""), ("x", ""), ("\0", ""), ("0", "")],
)
def test_hostile_quantities(one_of_us, deal, quantity, code):
    answer = one_of_us.post(f"/flash/{deal.pk}/claims", {"quantity": quantity, "key": "'; drop"}, headers=SCRIPTS)
    assert answer.json().get("code", "") == code
    assert FlashClaim.objects.count() == (0 if code else 1)


@pytest.mark.parametrize("field", ["pickup_point", "key", "method"])
def test_hostile_orders_change_nothing(one_of_us, deal, point, field):
    one_of_us.post(f"/flash/{deal.pk}/claims")
    assert paid(one_of_us, deal, point, **{field: "\0'"}).status_code == 422
    assert Order.objects.count() == 0


@pytest.mark.parametrize(
    ("method", "path"), [("post", "claims"), ("get", "sheet"), ("post", "orders"), ("post", "extension")]
)
def test_strangers_find_nothing_in_a_closed_community(client, dmitri, anna, cellar, method, path):
    mug = cast.product(cellar)
    show = cast.live_show(cellar, anna, mug)
    deal = fire(mug, anna, show_id=show.pk)
    client.force_login(dmitri)
    assert getattr(client, method)(f"/flash/{deal.pk}/{path}").status_code == 404
    armed = arm(cast.product(cellar), anna, show_id=show.pk + 1)
    client.force_login(anna)
    assert getattr(client, method)(f"/flash/{armed.pk}/{path}").status_code == 404
    assert getattr(client, method)(f"/flash/{'9' * 30}/{path}").status_code == 404


def test_who_does_not_belong_is_told_and_a_visitor_signs_in(client, dmitri, deal, show):
    answer = client.post(f"/flash/{deal.pk}/claims")
    assert (answer.status_code, answer["Location"]) == (303, f"/sign-in?next=%2Fshows%2F{show.pk}%2F")
    client.force_login(dmitri)
    answer = client.post(f"/flash/{deal.pk}/claims", headers=SCRIPTS)
    assert (answer.status_code, answer.json()["code"]) == (403, "not_one_of_us")
    assert told(client.get(f"/flash/{deal.pk}/sheet")) == ["flash_nothing_taken"]


def test_a_sheet_asks_the_same_however_often_it_was_extended(one_of_us, deal, point):
    one_of_us.post(f"/flash/{deal.pk}/claims")

    def asked() -> int:
        with CaptureQueriesContext(
            connection,
        ) as queries:
            assert one_of_us.get(f"/flash/{deal.pk}/sheet").status_code == 200
        return len(queries)

    first = asked()
    for _ in range(3):
        one_of_us.post(f"/flash/{deal.pk}/extension")
    assert asked() == first


@pytest.mark.parametrize(
    ("change", "mine", "passed_s", "phase"),
    [
        (None, None, 0, "none"),
        ({}, None, -1, "countdown"),
        ({}, None, 0, "running"),
        ({}, None, 300, "over"),
        ({"closed_for": "called_off"}, None, -1, "over"),
        ({"closed_for": "sold_out"}, None, 10, "sold_out"),
        ({"closed_for": "sold_out"}, None, 360, "none"),
        ({}, {}, 10, "mine"),
        ({"closed_for": "ended"}, {}, 599, "mine"),
        ({}, {}, 600, "ran_out"),
        ({}, {"lapsed": True}, 10, "ran_out"),
        ({}, {"order": "ABC"}, 10, "ordered"),
        ({}, {"order": "ABC"}, 660, "none"),
    ],
)
def test_the_phases_agree_with_the_browsers(change, mine, passed_s, phase, node_phase):
    at = cast.NOON
    start = round(at.timestamp() * 1000)
    flash = None
    if change is not None:
        flash = {"deal_id": 7, "opens_at": start, "ends_at": start + 300_000, "closed_for": "", **change}
    hers = {"deal_id": 7, "until": start + 600_000, "order": "", "lapsed": False, **mine} if mine is not None else None
    now = at + timedelta(seconds=passed_s)
    assert phase_of(flash, hers, at=now) == phase
    assert node_phase(flash, hers, round(now.timestamp() * 1000)) == phase


@pytest.fixture
def node_phase():
    """The browser's rule, run by node."""
    import shutil
    import subprocess
    from pathlib import Path

    import svoi.web

    node = shutil.which("node")
    if node is None:
        pytest.skip("the browser's rule is run by node")
    module = (Path(svoi.web.__file__).parent / "static/web/shows/flash-phase.js").as_uri()

    def decide(flash, mine, now_ms):
        program = (
            f'const {{ phaseOf }} = await import("{module}"); console.log(phaseOf(...JSON.parse(process.argv[1])))'
        )
        command = [node, "--input-type=module", "--eval", program, json.dumps([flash, mine, now_ms])]
        return subprocess.run(command, capture_output=True, text=True, timeout=60, check=True).stdout.strip()

    return decide
