"""Who keeps the shop finds it; nobody else finds anything, and nothing happens when she tries."""

from __future__ import annotations

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from svoi.db.models import OutboxEvent
from svoi.orders.models import BulkRun
from svoi.pickup.models import Parcel, PickupPoint
from svoi.studio.shop.exports import SHEETS
from svoi.studio.shop_urls import urlpatterns
from tests import cast
from tests.studio.shop import shelf
from tests.studio.stage import signed

READ = [
    "orders/",
    "orders/{order}/",
    "orders/runs/{run}/",
    "payments/",
    "refunds/",
    "returns/",
    "products/",
    "products/counts",
    "products/{product}/",
    "points/",
    "budget/",
    *(f"exports/{name}.csv" for name in SHEETS),
]
WRITE = [
    ("orders/runs", {"verb": "pack", "order": "{order}"}),
    ("orders/{order}/packing", {}),
    ("orders/{order}/sending", {}),
    ("orders/{order}/calling-off", {}),
    ("orders/{order}/returns/{return_}", {"decision": "accept"}),
    ("orders/{order}/refunds/{refund}", {}),
    ("orders/{order}/receipts/{receipt}", {}),
    ("products/{product}/variants/{variant}/price", {"price": "10"}),
    ("products/{product}/variants/{variant}/count", {"count": "77"}),
    ("products/counts", {"rows": "x;1"}),
    ("points/", {}),
    ("budget/changes", {"verb": "fund", "amount": "5", "reason": "x", "key": "11111111-2222-4333-8444-555555555555"}),
    ("budget/policy", {"earn_percent": "5", "spend_percent": "30", "life_days": "0"}),
]


@pytest.fixture
def places(anna, vera, table, mug, order, point) -> dict[str, int]:
    run = BulkRun.objects.create(
        community=table, verb="pack", key="11111111-2222-4333-8444-555555555555", asked_by=anna
    )
    asked = shelf.asked_back(shelf.collected(shelf.paid(vera, mug, point), anna), late=True)
    return {
        "order": order.pk,
        "run": run.pk,
        "product": mug.product_id,
        "variant": mug.pk,
        "return_": asked.pk,
        "refund": 1,
        "receipt": 1,
    }


def filled(fields: dict[str, str], places: dict[str, int]) -> dict[str, str]:
    return {name: value.format(**places) for name, value in fields.items()}


def answers(browser: Client, places: dict[str, int]) -> set[int]:
    read = [browser.get(f"/studio/table/{path.format(**places)}").status_code for path in READ]
    wrote = [
        browser.post(f"/studio/table/{path.format(**places)}", filled(fields, places)).status_code
        for path, fields in WRITE
    ]
    return {*read, *wrote}


def test_every_address_is_tried_here():
    tried = {re.sub(r"\{\w+\}|(?<=exports/)[\w-]+", "*", path) for path in [*READ, *(path for path, _ in WRITE)]}
    assert {re.sub("<[^>]+>", "*", str(one.pattern)) for one in urlpatterns} == tried


def test_a_keeper_reads_everything(desk, places):
    assert {desk.get(f"/studio/table/{path.format(**places)}").status_code for path in READ} == {200}


@pytest.mark.parametrize("whose", ["stranger", "member", "moderator", "clerk", "keeper elsewhere"])
def test_nobody_else_finds_anything(dmitri, table, mug, places, point, whose):
    if whose == "keeper elsewhere":
        cast.community(dmitri, slug="lair")
    elif whose != "stranger":
        cast.joins(dmitri, table, *([] if whose == "member" else [whose]))
    before = OutboxEvent.objects.count()
    assert answers(signed(dmitri), places) == {404}
    mug.refresh_from_db()
    assert (OutboxEvent.objects.count(), mug.price_minor, Parcel.objects.count()) == (before, 149_000, 1)
    assert PickupPoint.objects.filter(closed_at=None).count() == 1


def test_a_visitor_is_sent_to_sign_in(places):
    assert answers(Client(), places) == {302}
    assert Client().get("/studio/table/orders/")["Location"] == "/sign-in?next=/studio/table/orders/"


def test_a_producer_keeps_the_shop_too(boris, table, places):
    cast.joins(boris, table, "producer")
    assert {signed(boris).get(f"/studio/table/{path.format(**places)}").status_code for path in READ} == {200}


def test_what_belongs_to_another_shop_is_not_found_through_ones_own(dmitri, table, places):
    cast.community(dmitri, slug="lair")
    browser = signed(dmitri)
    before = OutboxEvent.objects.count()
    single = [path for path in READ if "{" in path]
    assert {browser.get(f"/studio/lair/{path.format(**places)}").status_code for path in single} == {404}
    wrong = [(path, fields) for path, fields in WRITE if "{" in path]
    told = {browser.post(f"/studio/lair/{path.format(**places)}", filled(f, places)).status_code for path, f in wrong}
    assert (told, OutboxEvent.objects.count()) == ({404}, before)


def test_hostile_places_are_not_found(desk, places):
    huge = dict.fromkeys(places, 10**30)
    singles = [path for path in READ if "{" in path]
    assert {desk.get(f"/studio/table/{path.format(**huge)}").status_code for path in singles} == {404}
    wrong = [path for path, _ in WRITE if "{" in path]
    assert {desk.post(f"/studio/table/{path.format(**huge)}").status_code for path in wrong} == {404}
    assert desk.get("/studio/table/exports/members.csv").status_code == 404


@pytest.mark.parametrize(
    "query",
    [
        "?after=x&point=x&stage=x&origin=x&from=x&to=x&state=x&method=x&attention=x&section=x",
        "?after=-1&point=-1&from=-1&to=99999999999999999",
        f"?after={10**30}&point={10**30}&from={10**30}",
        "?after=999999999999999&point=999999999999999",
        "?q=%00&stage=%00",
        "?q=%25_%27+or+1%3D1+--&q=%ED%A0%80",
        "?q=" + "x" * 900,
    ],
)
def test_hostile_questions_are_answered(desk, places, query):
    lists = [path for path in READ if "{" not in path]
    assert {desk.get(f"/studio/table/{path}{query}").status_code for path in lists} == {200}


def test_only_the_offered_methods_are_answered(desk, places):
    assert {
        desk.post(f"/studio/table/{p.format(**places)}").status_code
        for p in READ
        if p not in ("points/", "products/counts")
    } == {405}
    gets = [path for path, _ in WRITE if path not in ("points/", "products/counts")]
    assert {desk.get(f"/studio/table/{path.format(**places)}").status_code for path in gets} == {405}


def test_a_file_is_needed_where_one_is_asked(desk, places):
    assert desk.post("/studio/table/points/", {"file": SimpleUploadedFile("points.csv", b"")}).status_code == 422
    assert desk.post("/studio/table/products/counts").status_code == 422
    assert PickupPoint.objects.filter(closed_at=None).count() == 1


def test_the_studio_leads_to_the_shop_only_who_keeps_it(anna, boris, table, desk):
    cast.joins(boris, table, "moderator")
    assert "/studio/table/orders/" in desk.get("/studio/").content.decode()
    assert "/studio/table/orders/" not in signed(boris).get("/studio/").content.decode()
