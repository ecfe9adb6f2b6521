"""What a segment can be about in a shop of more products than a list shows: the tray, and what is found by words."""

from __future__ import annotations

import re

import pytest

from svoi.catalog.models import Product, Variant
from svoi.rundowns.models import Segment
from svoi.shows.models import TrayItem
from svoi.studio.product_choice import OFFERED_MAX
from tests import cast
from tests.rundowns.desk import written
from tests.studio.rundown.board import filled, home, text
from tests.studio.stage import signed

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def chest(table) -> Variant:
    """The last by name of one more product than a list shows."""
    saucers = range(OFFERED_MAX)
    Product.objects.bulk_create(
        Product(community=table, external_id=f"S{number}", name=f"Блюдце {number:03}") for number in saucers
    )
    return cast.product(table, name="Ящик чайный")


def offered(answer) -> dict[str, str]:
    select = re.search(r'<select name="product".*?</select>', text(answer), re.DOTALL)[0]
    return {name: pk for pk, name in re.findall(r'<option value="(\d+)"[^>]*>([^<]+)</option>', select)}


def chosen(answer) -> list[str]:
    return re.findall(r'<option value="(\d+)" selected>', text(answer))


def test_a_small_shop_is_a_list_without_a_search(anna, show, mug):
    form = signed(anna).get(f"{home(show)}/segments")
    assert (list(offered(form)), 'name="sought"' in text(form)) == (["Кружка"], False)


def test_the_tray_is_first_and_the_last_of_the_shop_is_found_by_its_words(anna, show, mug, chest):
    browser = signed(anna)
    TrayItem.objects.create(show=show, product=mug.product, position=0)
    form = browser.get(f"{home(show)}/segments")
    names = list(offered(form))
    assert (names[0], len(names), "Ящик чайный" in names) == ("Кружка", OFFERED_MAX + 1, False)
    assert "Сначала товары подборки" in text(form)
    found = browser.get(f"{home(show)}/segments", {"sought": "чайн ящ"})
    assert list(offered(found)) == ["Кружка", "Ящик чайный"]
    assert re.search(r"Найден 1\sтовар<", text(found))
    assert f'<option value="{chest.pk}">Ящик чайный</option>' in text(found)


def test_what_was_chosen_stays_chosen_while_others_are_looked_for(anna, show, mug, chest):
    asked = {"sought": "нет такого", "product": chest.product_id, "flash_variant": mug.pk}
    found = signed(anna).get(f"{home(show)}/segments", asked)
    assert list(offered(found)) == ["Ящик чайный", "Кружка"]
    assert chosen(found) == [str(chest.product_id), str(mug.pk)]


def test_a_product_beyond_the_list_is_written_and_read_back(anna, show, rundown, chest):
    browser = signed(anna)
    deal = {"flash_variant": chest.pk, "flash_price": "990", "flash_quantity": "5"}
    answer = browser.post(
        f"{home(show)}/segments", filled(kind="product", product=chest.product_id, title_ru="Ящик", **deal)
    )
    made = Segment.objects.get()
    assert (answer.status_code, made.product_id, made.flash_variant_id) == (302, chest.product_id, chest.pk)
    assert chosen(browser.get(f"{home(show)}/segments/{made.pk}"))[-2:] == [str(chest.product_id), str(chest.pk)]


def test_nothing_of_another_shop_is_offered_or_taken(anna, show, rundown, chest):
    theirs = cast.product(cast.community(cast.member("Galina"), slug="other"), name="Чужое")
    browser, address = signed(anna), f"{home(show)}/segments"
    asked = {"product": theirs.product_id, "flash_variant": theirs.pk}
    assert "Чужое" not in text(browser.get(address, {**asked, "sought": "чужое"}))
    assert browser.post(address, filled(kind="product", **asked)).status_code == 422
    assert not Segment.objects.exists()


@pytest.mark.parametrize(
    "sought", ["\0", "%", "_", "'; drop table svoi_product; --", "я" * 5000, "<script>alert(1)</script>"]
)
def test_hostile_words_find_nothing_and_break_nothing(anna, show, rundown, chest, sought):
    segment = written(rundown, anna)
    found = signed(anna).get(f"{home(show)}/segments/{segment.pk}", {"sought": sought, "product": "9" * 30})
    assert (found.status_code, "<script>alert" in text(found)) == (200, False)
