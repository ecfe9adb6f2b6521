"""How offers of one group are named: the product by what they share, each variant by what tells it apart."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from svoi.catalog.rules.dictionary import Dictionary
from svoi.catalog.rules.naming import TITLE_LENGTH_MAX, Sister, name_sisters, split_names

WORDS = Dictionary({"Цвет": "Colour"}, {"Синий": "Blue"}, {"мл": "ml"})


def sister(name: str = "Кружка", *params: list[str], name_en: str = "", title_en: str = "", mark: str = "A") -> Sister:
    return Sister(name=name, name_en=name_en, title_en=title_en, params=params, mark=mark)


def named(*sisters: Sister) -> list[tuple[str, str, str, str]]:
    return [(each.product, each.product_en, each.title, each.title_en) for each in name_sisters(sisters)]


def colour(value: str) -> list[str]:
    return WORDS.param("Цвет", value, "")


def test_params_that_differ_make_the_title() -> None:
    material = ["Материал", "Глина", ""]
    assert named(
        sister("Кружка", colour("Синий"), material, ["Объём", "300", "мл"]),
        sister("Кружка", colour("Синий"), material, ["Объём", "450", "мл"]),
    ) == [("Кружка", "", "300 мл", ""), ("Кружка", "", "450 мл", "")]


def test_several_params_keep_the_order_of_the_feed() -> None:
    assert [title for _, _, title, _ in named(
        sister("К", ["Размер", "21", "см"], ["Цвет", "Синий", ""]),
        sister("К", ["Размер", "27", "см"], ["Цвет", "Белый", ""]),
    )] == ["21 см, Синий", "27 см, Белый"]  # fmt: skip


def test_one_alone_has_no_title() -> None:
    assert named(sister("Кружка", colour("Синий"), name_en="Mug")) == [("Кружка", "Mug", "", "")]


@pytest.mark.parametrize(
    ("names", "product", "tails"),
    [
        (["Кружка синяя", "Кружка белая"], "Кружка", ["синяя", "белая"]),
        (["Футболка, M", "Футболка, L"], "Футболка,", ["M", "L"]),
        (["Набор (2 шт)", "Набор (4 шт)"], "Набор", ["2 шт", "4 шт"]),
        (["Кружка", "Кружка большая"], "Кружка", ["", "большая"]),
        (["Кружка", "Тарелка"], "Кружка", ["", "Тарелка"]),
        (["Mug", "Mug"], "Mug", ["", ""]),
        (["", "Blue mug", "Blue cup"], "Blue", ["", "mug", "cup"]),
        (["", ""], "", ["", ""]),
    ],
)
def test_names_are_split_where_they_part(names: list[str], product: str, tails: list[str]) -> None:
    assert split_names(names) == (product.rstrip(","), tails)


def test_the_rest_of_the_name_speaks_when_no_param_differs() -> None:
    assert named(
        sister("Кружка синяя", name_en="Blue mug"), sister("Кружка белая", name_en="White mug")
    ) == [("Кружка", "Blue mug", "синяя", ""), ("Кружка", "Blue mug", "белая", "White mug")]  # fmt: skip


def test_what_nothing_tells_apart_has_its_code() -> None:
    titles = [title for _, _, title, _ in named(sister(mark="A"), sister(mark="B"))]
    assert titles == ["A", "B"]
    both = [sister("К", ["Цвет", value, ""], mark=value + str(n)) for n, value in enumerate(["С", "С", "Б"])]
    assert [title for _, _, title, _ in named(*both)] == ["С, С0", "С, С1", "Б"]


def test_english_is_told_only_when_all_of_it_is_known() -> None:
    assert [title_en for *_, title_en in named(sister("К", colour("Синий")), sister("К", colour("Белый")))] == [
        "Blue",
        "",
    ]
    assert [title_en for *_, title_en in named(sister(title_en="Small"), sister(title_en="Large"))] == [
        "Small",
        "Large",
    ]


@pytest.mark.parametrize(
    ("param", "stored"),
    [
        (("Цвет", "Синий", ""), ["Цвет", "Синий", "", "Colour", "Blue", ""]),
        (("Цвет", "RGB", ""), ["Цвет", "RGB", "", "Colour", "RGB", ""]),
        (("Цвет", "10", "мл"), ["Цвет", "10", "мл", "Colour", "10", "ml"]),
        (("Цвет", "10", "фунтов"), ["Цвет", "10", "фунтов"]),
        (("Цвет", "Белый", ""), ["Цвет", "Белый", ""]),
        (("Вес", "Синий", ""), ["Вес", "Синий", ""]),
    ],
)
def test_params_in_two_languages(param: tuple[str, str, str], stored: list[str]) -> None:
    assert WORDS.param(*param) == stored


TEXTS = st.text(st.sampled_from("аб (),"), max_size=150)


@given(st.lists(st.tuples(TEXTS, TEXTS), min_size=1, max_size=6))
def test_titles_fit_and_tell_apart(told: list[tuple[str, str]]) -> None:
    sisters = [
        sister(" ".join(name.split()) or "к", ["Цвет", value.strip() or "x", ""], mark=f"M{n}")
        for n, (name, value) in enumerate(told)
    ]
    titles = [title for _, _, title, _ in named(*sisters)]
    assert len(set(titles)) == len(titles)
    assert max(len(title) for title in titles) <= TITLE_LENGTH_MAX
