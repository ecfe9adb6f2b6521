"""The demo shop is whole: its feed is valid, every picture is there, both languages are present."""

from __future__ import annotations

import io
import json
import tomllib
from collections import Counter
from pathlib import Path

import pytest
import yandex_market_language
from lxml import etree
from PIL import Image

from svoi.pickup.rules.hours import is_whole_day, week_of

DEMO = Path(__file__).resolve().parents[2] / "svoi" / "jobs" / "demo"
OFFERS_ALLOWED = {
    "name",
    "url",
    "price",
    "oldprice",
    "currencyId",
    "categoryId",
    "vendor",
    "vendorCode",
    "picture",
    "description",
    "param",
}
OFFERS_ALLOWED |= {"barcode", "count", "store", "pickup", "delivery"}


@pytest.fixture(scope="module")
def feed() -> etree._Element:
    return etree.parse(DEMO / "feed.xml").getroot()


@pytest.fixture(scope="module")
def offers(feed: etree._Element) -> list[etree._Element]:
    return feed.findall("shop/offers/offer")


@pytest.fixture(scope="module")
def show() -> dict:
    return tomllib.loads((DEMO / "show.toml").read_text("utf-8"))


@pytest.fixture(scope="module")
def words() -> dict:
    return tomllib.loads((DEMO / "words.toml").read_text("utf-8"))


def params(offer: etree._Element) -> dict[str, str]:
    return {param.get("name"): param.text for param in offer.iterfind("param")}


def ean_holds(code: str) -> bool:
    total = sum(int(digit) * (3 if place % 2 else 1) for place, digit in enumerate(code))
    return len(code) == 13 and total % 10 == 0


def test_it_has_forty_products_in_eighty_two_offers(offers):
    groups = Counter(offer.get("group_id") or offer.get("id") for offer in offers)
    assert (len(offers), len(groups)) == (82, 40)
    assert min(groups[key] for key in groups if key.isdigit()) == 2


def test_offer_ids_vendor_codes_and_barcodes_are_their_own(offers):
    assert len({offer.get("id") for offer in offers}) == len(offers)
    assert len({offer.findtext("vendorCode") for offer in offers}) == len(offers)
    barcodes = [offer.findtext("barcode") for offer in offers]
    assert len(set(barcodes)) == len(offers)
    assert [code for code in barcodes if not ean_holds(code)] == []


def test_offers_use_only_elements_the_market_knows(offers):
    assert {element.tag for offer in offers for element in offer} == OFFERS_ALLOWED
    assert max(len(offer.get("id")) for offer in offers) <= 20


def test_the_category_tree_is_closed_and_used(feed, offers):
    parents = {category.get("id"): category.get("parentId") for category in feed.iterfind("shop/categories/category")}
    assert {parent for parent in parents.values() if parent} <= set(parents)
    leaves = set(parents) - set(parents.values())
    assert {offer.findtext("categoryId") for offer in offers} == leaves


def test_prices_are_whole_roubles_and_an_old_price_is_higher(offers):
    assert {offer.findtext("currencyId") for offer in offers} == {"RUB"}
    assert min(int(offer.findtext("price")) for offer in offers) > 0
    cut = [
        (int(offer.findtext("oldprice")), int(offer.findtext("price")))
        for offer in offers
        if offer.find("oldprice") is not None
    ]
    assert len(cut) == 8
    assert [pair for pair in cut if pair[0] <= pair[1]] == []


def test_one_is_the_last_and_one_is_gone(offers):
    stock = {offer.get("id"): int(offer.findtext("count")) for offer in offers}
    assert [key for key, count in stock.items() if count == 1] == ["wide-vase-milk"]
    assert [key for key, count in stock.items() if count == 0] == ["butter-dish-milk"]
    assert [offer.get("id") for offer in offers if offer.get("available") == "false"] == ["butter-dish-milk"]


def test_variants_of_a_product_share_its_words_and_differ_by_params(offers):
    groups: dict[str, list[etree._Element]] = {}
    for offer in offers:
        groups.setdefault(offer.get("group_id") or offer.get("id"), []).append(offer)
    for members in groups.values():
        assert len({(o.findtext("name"), o.findtext("description"), params(o)["name_en"]) for o in members}) == 1
        assert len({tuple(params(o).items()) for o in members}) == len(members)
        assert len({tuple(params(o)) for o in members}) == 1


def test_every_offer_speaks_both_languages(offers):
    for offer in offers:
        english = params(offer)
        assert offer.findtext("description").count("<p>") == english["description_en"].count("<p>") == 4
        assert english["name_en"].isascii()
        assert not any("а" <= letter <= "я" for letter in english["description_en"].lower())


def test_every_short_word_has_its_english(feed, offers, words):
    assert {category.text for category in feed.iterfind("shop/categories/category")} == set(words["categories"])
    own = [param for offer in offers for param in offer.iterfind("param") if not param.get("name").endswith("_en")]
    assert {param.get("name") for param in own} == set(words["params"])
    assert {param.get("unit") for param in own} - {None} == set(words["units"])
    said = {param.text for param in own if param.get("unit") is None}
    assert {word for word in said if not word.isdecimal()} == set(words["values"])


def test_every_picture_is_there_once_and_three_to_four(offers, show):
    named = {picture.text for offer in offers for picture in offer.iterfind("picture")}
    big = {show["show"]["poster"]: (1080, 1920), show["community"]["cover"]: (1600, 900)}
    kept = {f"pictures/{path.name}" for path in (DEMO / "pictures").iterdir()}
    assert kept == named | set(big)
    assert {len(offer.findall("picture")) for offer in offers} == {3}
    for name in kept:
        with Image.open(DEMO / name) as image:
            assert (image.format, image.size) == ("WEBP", big.get(name, (900, 1200)))


def test_the_pictures_stay_small():
    assert sum(path.stat().st_size for path in (DEMO / "pictures").iterdir()) < 4_000_000


def test_an_independent_parser_reads_the_feed(offers):
    """The library knows YML as it was before `count`, so that one element is taken out for it."""
    tree = etree.parse(DEMO / "feed.xml")
    etree.strip_elements(tree, "count", with_tail=False)
    parsed = yandex_market_language.parse(io.BytesIO(etree.tostring(tree)))
    assert [offer.offer_id for offer in parsed.shop.offers] == [offer.get("id") for offer in offers]
    assert [offer.price.value for offer in parsed.shop.offers] == [float(offer.findtext("price")) for offer in offers]
    assert [len(offer.pictures) for offer in parsed.shop.offers] == [3] * len(offers)
    assert parsed.shop.name == "Кромка"


def test_the_tray_lies_in_the_feed(offers, show):
    ids = {offer.get("id") for offer in offers}
    tray = show["show"]["tray"]
    assert [key for key in tray if key not in ids] == []
    assert len(set(tray)) == len(tray) == 8
    assert show["show"]["pinned"] == tray[0]
    assert "wide-vase-milk" in tray


def test_the_people_have_one_owner_and_run_the_show(show):
    people = tomllib.loads((DEMO / "people.toml").read_text("utf-8"))
    roles = {person["key"]: person["role"] for person in people["people"]}
    assert Counter(roles.values()) == {"owner": 1, "producer": 1, "host": 1, "moderator": 1, "member": 5, "none": 1}
    assert {role: roles[show["show"][role]] for role in ("host", "producer", "moderator")} == {
        "host": "host",
        "producer": "producer",
        "moderator": "moderator",
    }
    assert [person["email"] for person in people["people"]] == [f"{key}@example.com" for key in roles]
    assert len(people["password"]) >= 12


def test_community_and_show_speak_both_languages(show):
    for part in (show["community"], show["show"]):
        assert {key[:-3] for key in part if key.endswith("_ru")} == {key[:-3] for key in part if key.endswith("_en")}
    assert [set(rule) for rule in show["community"]["charter"]] == [{"ru", "en"}] * 7


def test_fourteen_pickup_points_in_four_cities():
    points = json.loads((DEMO / "points.json").read_text("utf-8"))
    assert Counter(point["city_en"] for point in points) == {
        "Moscow": 5,
        "Saint Petersburg": 4,
        "Kazan": 3,
        "Yekaterinburg": 2,
    }
    assert len({point["code"] for point in points}) == 14
    assert Counter(feature for point in points for feature in point["features"]) == {
        "fitting_room": 7,
        "card": 13,
        "sbp": 11,
        "postamat": 2,
    }
    assert {point["city_en"]: point["time_zone"] for point in points} == {
        "Moscow": "Europe/Moscow",
        "Saint Petersburg": "Europe/Moscow",
        "Kazan": "Europe/Moscow",
        "Yekaterinburg": "Asia/Yekaterinburg",
    }
    assert [point["code"] for point in points if is_whole_day(point["hours"])] == ["msk-05", "spb-04"]
    assert [point["code"] for point in points if week_of(point["hours"]) is None] == []
    assert [
        p["code"] for p in points if not (55 < p["lat"] < 61 and 29 < p["lon"] < 61 and 3 <= p["storage_days"] <= 14)
    ] == []
    assert len({frozenset(point) for point in points}) == 1
