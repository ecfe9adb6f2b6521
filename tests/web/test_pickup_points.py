"""Choosing where to collect: wishes and words, the point of last time, one that closed since; what a map is told."""

from __future__ import annotations

import gzip
import re
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from svoi.communities.models import Community
from svoi.conf import env
from svoi.orders.models import Order
from svoi.pickup.models import PickupPoint
from svoi.pickup.queries import points_on_map
from svoi.web import maps
from tests import cast


def point(place: Community, code: str, **fields: Any) -> PickupPoint:
    told = {"name": f"Пункт {code}", "city": "Москва", "address": f"Лесная, {code}", "hours": "24/7", "features": []}
    return PickupPoint.objects.create(community=place, code=code, **(told | fields))


def listed(answer: Any) -> list[str]:
    """The addresses of the list, the chosen one with a star."""
    rows = re.findall(r'name="pickup_point" value="\d+"([^>]*)>\s*<span[^>]*><b>([^<]*)</b>', answer.content.decode())
    return [f"{address}*" if "checked" in rest else address for rest, address in rows]


def ticked(answer: Any) -> list[str]:
    return re.findall(r'name="has" value="(\w+)" checked', answer.content.decode())


@pytest.fixture
def hers(client: Client, vera, table) -> Client:
    cast.joins(vera, table)
    client.force_login(vera)
    return client


@pytest.fixture
def in_english(hers, vera) -> Client:
    vera.language = "en"
    vera.save()
    return hers


@pytest.fixture
def mug(table):
    return cast.product(table)


@pytest.fixture
def counter(mug) -> str:
    """The address where Vera orders the mug."""
    return f"/c/table/products/{mug.product_id}/orders"


# --- the list -----------------------------------------------------------------------------------------------------


def test_wishes_hold_by_plain_forms_and_by_fragments(hers, table, mug, counter):
    point(table, "A", features=["card", "fitting_room"])
    point(table, "B", features=["card"], hours="Mo-Su 10:00-20:00")
    point(table, "C", features=["sbp", "postamat"])
    asked = {"q": "лесная", "has": ["card", "whole_day", "nonsense"]}
    page = hers.get(counter, asked)
    assert (listed(page), ticked(page)) == (["Лесная, A"], ["card", "whole_day"])
    assert 'name="q" value="лесная"' in page.content.decode()
    assert f'<input type="hidden" name="variant" value="{mug.pk}">' in page.content.decode()
    fragment = hers.get("/pickup-points", {"community": table.pk, **asked})
    assert listed(fragment) == ["Лесная, A"]
    assert "<html" not in fragment.content.decode()


def test_the_sheet_of_a_show_finds_by_wishes_too(hers, anna, table, mug):
    show = cast.live_show(table, anna, mug)
    point(table, "A", features=["card"])
    point(table, "B")
    page = hers.get(f"/shows/{show.pk}/sheet", {"product": mug.product_id, "pin": 7, "has": "card"})
    assert (listed(page), ticked(page)) == (["Лесная, A"], ["card"])
    for field in (f'name="product" value="{mug.product_id}"', 'name="pin" value="7"'):
        assert f'<input type="hidden" {field}>' in page.content.decode()


def test_a_point_says_what_it_offers(in_english, table, counter):
    point(table, "A", features=["sbp", "cash", "postamat", "unheard_of"], storage_days=3)
    body = in_english.get(counter).content.decode()
    assert "<span>parcel locker, SBP, cash</span>" in body
    assert "works now · round the clock · kept for 3 days" in body
    PickupPoint.objects.update(hours="Mo-Su off")
    assert "works now" not in in_english.get(counter).content.decode().replace(">Works now<", "")
    PickupPoint.objects.update(hours="по звонку")
    assert "<span>по звонку · kept for 3 days</span>" in in_english.get(counter).content.decode()


@pytest.mark.parametrize(("count", "said"), [(20, "20 points found"), (21, "20 points shown, there are more")])
def test_a_list_that_goes_on_says_so(in_english, table, count, said):
    for number in range(count):
        point(table, f"{number:02}")
    answer = in_english.get("/pickup-points", {"community": table.pk})
    body = answer.content.decode()
    assert (len(listed(answer)), said in body) == (20, True)
    assert ("There are more points" in body) is (count > 20)


# --- last time ----------------------------------------------------------------------------------------------------


def test_the_point_of_last_time_is_chosen_and_stands_first(in_english, vera, table, mug, counter):
    first, second = point(table, "A"), point(table, "B")
    cast.unpaid_order(vera, mug, first)
    cast.unpaid_order(vera, mug, second)
    page = in_english.get(counter)
    assert listed(page) == ["Лесная, B*", "Лесная, A"]
    assert page.content.decode().count("As last time") == 1
    other = in_english.get("/pickup-points", {"community": table.pk, "pickup_point": first.pk})
    assert listed(other) == ["Лесная, A*", "Лесная, B"]
    assert re.search(r"Лесная, B</b><span[^>]*>As last time", other.content.decode())


def test_a_point_that_closed_since_last_time_is_told_by_name(hers, vera, anna, table, mug, counter):
    gone = point(table, "A", name="Точка <на> Лесной", closed_at=cast.NOON)
    point(table, "B")
    cast.unpaid_order(vera, mug, point(table, "C"))
    cast.unpaid_order(vera, mug, gone)
    said = "Закрылся пункт «Точка &lt;на&gt; Лесной» (Лесная, A); выберите другой."
    show = cast.live_show(table, anna, mug)
    for address in (counter, f"/shows/{show.pk}/sheet?product={mug.product_id}"):
        page = hers.get(address)
        assert said in page.content.decode()
        assert listed(page) == ["Лесная, B", "Лесная, C"]
    assert said not in hers.get("/pickup-points", {"community": table.pk}).content.decode()


@pytest.mark.django_db(transaction=True)
def test_a_point_that_closes_while_she_orders(hers, table, mug, counter):
    gone = point(table, "A", closed_at=cast.NOON)
    asked = {
        "product": mug.product_id, "variant": mug.pk, "quantity": 1, "pickup_point": gone.pk,
        f"shown_{mug.pk}": mug.price_minor, "currency": "RUB", "key": "5f1d7a0e-0f43-4a3d-9f0e-3b2f7c1d9a10",
    }  # fmt: skip
    page = hers.post(counter, asked)
    assert (page.status_code, Order.objects.count()) == (409, 0)
    assert "Закрылся пункт «Пункт A» (Лесная, A); выберите другой." in page.content.decode()
    assert 'data-refused="point_closed"' in page.content.decode()


def test_a_closed_point_of_another_shop_is_not_named(hers, table, cellar):
    foreign = point(cellar, "A", name="Тайный пункт", closed_at=cast.NOON)
    answer = hers.get("/pickup-points", {"community": table.pk, "pickup_point": foreign.pk})
    assert "Тайный" not in answer.content.decode()


# --- the map ------------------------------------------------------------------------------------------------------


def test_the_map_is_told_places_kinds_and_names(hers, table):
    near = point(table, "A", latitude=55.123456789, longitude=37.5, address_en="A, Lesnaya")
    box = point(table, "B", latitude=55.2, longitude=37.6, features=["postamat"])
    point(table, "C", latitude=55.3)
    point(table, "D", latitude=55.4, longitude=37.8, closed_at=cast.NOON)
    answer = hers.get("/pickup-points.json", {"community": table.pk})
    assert answer.json() == {
        "points": [[near.pk, 55.12346, 37.5, 0, "Лесная, A"], [box.pk, 55.2, 37.6, 1, "Постамат, Лесная, B"]],
        "notes": ["1\u00a0пункт без места на\u00a0карте; он есть в\u00a0списке."],
    }
    assert answer.headers["Cache-Control"] == "private, max-age=60"
    some = hers.get("/pickup-points.json", {"community": table.pk, "q": "лесная", "has": ["postamat", "open_now"]})
    assert [row[0] for row in some.json()["points"]] == [box.pk]
    none = hers.get("/pickup-points.json", {"community": table.pk, "q": "баумана"}).json()
    assert none == {"points": [], "notes": ["Такого пункта нет."]}


def test_the_map_says_what_does_not_fit_and_travels_packed(hers, table, monkeypatch):
    for number in range(9):
        point(table, str(number), latitude=55.0, longitude=37.0)
    asked = {"community": table.pk, "padding": "x"}
    whole = hers.get("/pickup-points.json", asked)
    packed = hers.get("/pickup-points.json", asked, headers={"Accept-Encoding": "gzip"})
    assert packed.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(packed.content) == whole.content
    monkeypatch.setitem(points_on_map.__kwdefaults__, "most", 5)
    told = hers.get("/pickup-points.json", asked).json()
    note = "Ещё 4\u00a0пункта не\u00a0уместились на\u00a0карте: назовите город или улицу."
    assert (len(told["points"]), told["notes"]) == (5, [note])


@pytest.mark.parametrize("address", ["/pickup-points", "/pickup-points.json"])
class TestDoors:
    def test_a_closed_community_is_not_there_for_strangers(self, client, dmitri, vera, cellar, address):
        point(cellar, "A", latitude=55.0, longitude=37.0)
        asked = {"community": cellar.pk}
        assert client.get(address, asked).status_code == 404
        client.force_login(dmitri)
        assert client.get(address, asked).status_code == 404
        client.force_login(cast.joins(vera, cellar))
        assert client.get(address, asked).status_code == 200

    @pytest.mark.parametrize("community", ["", "x", "0", "-1", "9" * 30, "1 or 1=1"])
    def test_nowhere(self, hers, address, community):
        assert hers.get(address, {"community": community}).status_code == 404

    def test_nothing_is_written_here(self, hers, table, address):
        assert hers.post(address, {"community": table.pk}).status_code == 405

    @pytest.mark.parametrize("q", ["\0", "%", "_", "' or ''='", "<script>", "а" * 5_000, "\ud800", "🫖", "\\"])
    def test_hostile_words_and_wishes(self, hers, table, address, q):
        point(table, "A", latitude=55.0, longitude=37.0)
        asked = {"community": table.pk, "q": q.encode("utf-8", "surrogatepass"), "has": ["\0", "card'", "<b>"]}
        answer = hers.get(address, asked)
        assert answer.status_code == 200
        assert "<script>" not in answer.content.decode()

    def test_queries_stay_the_same(self, hers, vera, table, mug, address):
        asked = {"community": table.pk, "q": "лесная", "has": ["open_now", "card"]}
        counted = []
        for codes in ("A", "BC"):
            for code in codes:
                made = point(table, code, latitude=55.0, longitude=37.0, features=["card"])
                cast.unpaid_order(vera, mug, made)
            with CaptureQueriesContext(connection) as done:
                assert hers.get(address, asked).content.decode().count("Лесная") == len(PickupPoint.objects.all())
            counted.append(len(done))
        assert counted[0] == counted[1]


def test_the_page_asks_the_same_for_one_point_and_for_three(hers, vera, table, mug, counter):
    counted = []
    for codes in ("A", "BC"):
        for code in codes:
            cast.unpaid_order(vera, mug, point(table, code))
        with CaptureQueriesContext(connection) as done:
            assert len(listed(hers.get(counter))) == PickupPoint.objects.count()
        counted.append(len(done))
    assert counted[0] == counted[1]


# --- the settings of the map --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("address", "origins"),
    [
        ("", []),
        ("/tiles/{z}/{x}/{y}.png", []),
        ("https://tiles.example.ru/{z}/{x}/{y}.png", ["https://tiles.example.ru"]),
        ("http://127.0.0.1:8090/{z}/{x}/{y}{r}.png?key=a-b", ["http://127.0.0.1:8090"]),
        ("https://{s}.example.ru/t?z={z}&x={x}&y={y}", [f"https://{server}.example.ru" for server in "abc"]),
    ],
)
def test_tiles_have_an_origin(monkeypatch, address, origins):
    monkeypatch.setenv("SVOI_MAP_TILES", address)
    assert env.tile_address("SVOI_MAP_TILES") == address
    assert maps.tile_origins(address) == origins


@pytest.mark.parametrize(
    "address",
    [
        "tiles",
        "https://tiles.example.ru/",
        "https://tiles.example.ru/{z}/{x}.png",
        "ftp://tiles.example.ru/{z}/{x}/{y}.png",
        "//tiles.example.ru/{z}/{x}/{y}.png",
        "https://tiles.example.ru/{z}/{x}/{y}.png; script-src *",
        "https://tiles.example.ru;script-src/{z}/{x}/{y}.png",
        "https://user:secret@tiles.example.ru/{z}/{x}/{y}.png",
        "javascript:alert(1)/{z}/{x}/{y}",
    ],
)
def test_what_is_no_address_of_tiles_is_named_at_the_start(monkeypatch, address):
    monkeypatch.setenv("SVOI_MAP_TILES", address)
    with pytest.raises(SystemExit, match=r"SVOI_MAP_TILES must be an address with \{z\}, \{x\} and \{y\}"):
        env.tile_address("SVOI_MAP_TILES")


@pytest.mark.parametrize(
    ("setting", "parts"),
    [
        ("", ("", "")),
        ("© Соседи", ("© Соседи", "")),
        ("© Соседи https://a.example/c", ("© Соседи", "https://a.example/c")),
        ("https://a.example/c", ("https://a.example/c", "https://a.example/c")),
        ("© Соседи javascript:alert(1)", ("© Соседи javascript:alert(1)", "")),
    ],
)
def test_whose_map_it_is(settings, setting, parts):
    settings.MAP_ATTRIBUTION = setting
    assert maps.attribution() == parts
