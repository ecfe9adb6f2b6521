"""Products: found, priced and counted by hand, and a list of counts looked over before it is taken."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from svoi.catalog.actions import refresh_search
from svoi.catalog.models import Product, Stock, Variant
from svoi.pickup.models import PickupPoint
from tests import cast

LIST = "/studio/table/products/"
COUNTS = f"{LIST}counts"
POINTS = "/studio/table/points/"
CODED = 'code,name_ru,city_ru,address_ru\nMSK1,Точка,Москва,"Лесная, 1"\nSPB1,Нева,Петербург,"Садовая, 2"\n'


def deed(variant: Variant, name: str) -> str:
    return f"{LIST}{variant.product_id}/variants/{variant.pk}/{name}"


def left(variant: Variant) -> int:
    return Stock.objects.get(variant=variant).on_hand


def file(text: str, name: str = "counts.csv") -> dict[str, SimpleUploadedFile]:
    return {"file": SimpleUploadedFile(name, text.encode())}


def test_products_are_found_by_the_shops_own_search(desk, table, mug, towel):
    refresh_search(community_id=table.pk, whole=True)
    rows = desk.get(LIST, {"q": "полотенце"}).context["products"].rows
    assert [(row.card.product_id, row.left, row.variants, row.lowest_minor) for row in rows] == [
        (towel.product_id, 10, 1, 98_000)
    ]
    assert [row.card.product_id for row in desk.get(LIST).context["products"].rows] == [
        towel.product_id,
        mug.product_id,
    ]


def test_withdrawn_products_stand_apart(desk, mug, towel):
    Product.objects.filter(pk=mug.product_id).update(withdrawn_at=timezone.now())
    answers = [desk.get(LIST, {"section": "withdrawn", "q": words}) for words in ("", "круж", "полот")]
    assert [[row.card.product_id for row in one.context["products"].rows] for one in answers] == [
        [mug.product_id],
        [mug.product_id],
        [],
    ]


def test_lists_cost_the_same_for_one_and_for_three(desk, table, point):
    def cost(address: str) -> int:
        with CaptureQueriesContext(connection) as asked:
            assert desk.get(address).status_code == 200
        return len(asked)

    product = cast.product(table).product
    one = f"{LIST}{product.pk}/"
    first = [cost(address) for address in (LIST, one, POINTS)]
    for place in range(2):
        cast.product(table)
        cast.pickup_point(table, f"MORE{place}")
        Variant.objects.create(product=product, community=table, external_id=f"more{place}", price_minor=5)
    assert [cost(address) for address in (LIST, one, POINTS)] == first


class TestPrice:
    def test_it_is_changed_and_the_lowest_of_thirty_days_remembers(self, desk, mug):
        assert desk.post(deed(mug, "price"), {"price": "1 990,50", "old_price": "2500"}).status_code == 302
        mug.refresh_from_db()
        assert (mug.price_minor, mug.old_price_minor) == (199_050, 250_000)
        row = desk.get(f"{LIST}{mug.product_id}/").context["variants"][0]
        assert row.lowest_minor == 149_000
        assert len(cast.recorded("price_changed")) == 1

    @pytest.mark.parametrize(
        ("price", "old"), [("", ""), ("x", ""), ("-5", ""), ("0", ""), ("100", "50"), ("100", "x"), ("9999999999", "")]
    )
    @pytest.mark.django_db(transaction=True)
    def test_what_nobody_can_mean_changes_nothing(self, desk, mug, price, old):
        assert desk.post(deed(mug, "price"), {"price": price, "old_price": old}).status_code == 422
        mug.refresh_from_db()
        assert (mug.price_minor, mug.old_price_minor, cast.recorded("price_changed")) == (149_000, None, [])

    def test_the_same_price_is_no_news(self, desk, mug):
        assert desk.post(deed(mug, "price"), {"price": "1490"}).status_code == 302
        assert cast.recorded("price_changed") == []

    def test_a_variant_is_changed_only_on_its_own_products_page(self, desk, mug, towel):
        address = f"{LIST}{towel.product_id}/variants/{mug.pk}/price"
        assert desk.post(address, {"price": "5"}).status_code == 404


def test_a_count_said_by_hand_moves_what_is_left(desk, mug):
    assert desk.post(deed(mug, "count"), {"count": "7"}).status_code == 302
    assert left(mug) == 7
    Stock.objects.filter(variant=mug).update(on_hand=4)
    desk.post(deed(mug, "count"), {"count": "7"})
    assert left(mug) == 4
    desk.post(deed(mug, "count"), {"count": "9"})
    assert left(mug) == 6


@pytest.mark.parametrize("count", ["", "x", "-1", "1.5", "9999999", "\x00"])
def test_a_count_that_is_none_changes_nothing(desk, mug, count):
    assert desk.post(deed(mug, "count"), {"count": count}).status_code == 422
    assert left(mug) == 10


class TestCounts:
    def test_a_list_is_looked_over_and_then_taken(self, desk, mug, towel):
        Stock.objects.filter(variant=towel).update(feed_count=10)
        said = [(mug, 3), (towel, 10), (None, 5), (mug, 8), (towel, "x")]
        text = "код;остаток\n" + "".join(f"{one.external_id if one else 'nobody'};{n}\n" for one, n in said)
        seen = desk.post(COUNTS, file(text)).context
        assert [(one.place, one.left, one.would_be) for one in seen["seen"].changes] == [(2, 10, 3)]
        assert (seen["seen"].rows, seen["seen"].same) == (5, 1)
        assert [(one.place, one.reason) for one, _ in seen["broken"]] == [
            (4, "unknown_code"),
            (5, "repeated_code"),
            (6, "bad_count"),
        ]
        assert (left(mug), left(towel)) == (10, 10)
        taken = desk.post(COUNTS, {"rows": seen["rows"], "file_name": seen["file_name"]}).context["taken"]
        assert (taken.rows, taken.changed, taken.refused, left(mug)) == (1, 1, 0, 3)
        assert cast.recorded("stock_counted")[0][1]["source"] == "studio: counts.csv"

    def test_what_was_sold_meanwhile_stays_sold(self, desk, mug):
        Stock.objects.filter(variant=mug).update(on_hand=6, feed_count=10)
        assert desk.post(COUNTS, file(f"{mug.external_id};12")).context["seen"].changes[0].would_be == 8
        rows = desk.post(COUNTS, file(f"{mug.external_id};12")).context["rows"]
        Stock.objects.filter(variant=mug).update(on_hand=5)
        desk.post(COUNTS, {"rows": rows})
        assert left(mug) == 7

    def test_codes_with_marks_survive_the_way_through_the_page(self, desk, mug):
        Variant.objects.filter(pk=mug.pk).update(external_id='а";<b>&')
        answer = desk.post(COUNTS, file('"а"";<b>&";2\n'))
        assert "<b>&;" not in answer.content.decode()
        assert desk.post(COUNTS, {"rows": answer.context["rows"]}).context["taken"].changed == 1
        assert left(mug) == 2

    @pytest.mark.parametrize("content", [b"", b"PK\x03\x04zip", b"\xff\xfea\x00", b"x;1\n" * 10_001, b"1" * 500_000])
    def test_a_file_that_is_no_list_is_refused_whole(self, desk, mug, content):
        answer = desk.post(COUNTS, {"file": SimpleUploadedFile("list.csv", content)})
        assert (answer.status_code, answer.context["told"].code) == (422, "stock_list_refused")
        assert left(mug) == 10


class TestPoints:
    def test_a_list_is_taken_and_told_of(self, desk, table, point):
        gone = cast.pickup_point(table, "OLD1")
        answer = desk.post(POINTS, file(CODED, "points.csv"), follow=True)
        assert "Пунктов: 2, новых: 1, изменено: 0, закрыто: 1" in answer.content.decode()
        gone.refresh_from_db()
        assert gone.closed_at is not None
        assert [
            [one.code for one in desk.get(POINTS, {"section": s}).context["points"]] for s in ("open", "closed")
        ] == [
            ["MSK1", "SPB1"],
            ["OLD1"],
        ]
        assert [one.code for one in desk.get(POINTS, {"q": "нева"}).context["points"]] == ["SPB1"]

    @pytest.mark.parametrize(
        ("name", "text"),
        [("p.json", "{"), ("p.csv", "a,b\n1,2\n"), ("p.csv", CODED + "MSK1,x,y,z\n"), ("p.json", "[]")],
    )
    @pytest.mark.django_db(transaction=True)
    def test_an_unsound_list_changes_nothing(self, desk, point, name, text):
        answer = desk.post(POINTS, file(text, name))
        assert (answer.status_code, answer.context["told"].code) == (422, "points_refused")
        assert [(one.code, one.closed_at) for one in PickupPoint.objects.all()] == [("MSK1", None)]
