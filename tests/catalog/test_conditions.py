"""A thing that is not new says so: an element of the feed, params of the variant, and the same element again."""

from __future__ import annotations

import pytest

from svoi.catalog.models import Variant
from svoi.catalog.rules.conditions import Condition, condition_params, part_condition
from svoi.communities.models import Community
from tests.catalog.exported import export, offers_of, rows_of
from tests.catalog.feeds import complaints, document, offer, param, take_in, totals

USED = '<condition type="preowned"><quality>good</quality><reason>Есть\n царапина</reason></condition>'


def test_a_condition_is_shown_among_the_details_and_goes_out_again(table: Community, cellar: Community) -> None:
    take_in(table, document(offer("a", more=USED + param("Цвет", "Синий"))))
    assert Variant.objects.get().params == [
        ["Цвет", "Синий", ""],
        ["Состояние", "б/у", ""],
        ["Внешний вид", "хороший", ""],
        ["О состоянии", "Есть царапина", ""],
    ]

    feed = export(table)

    element = offers_of(feed)["a"]
    assert [each.tag for each in element][-2:] == ["count", "condition"]
    assert [each.get("name") for each in element.iter("param")] == ["Цвет"]
    assert (element[-1].attrib, [(each.tag, each.text) for each in element[-1]]) == (
        {"type": "preowned"},
        [("quality", "good"), ("reason", "Есть царапина")],
    )
    assert totals(take_in(cellar, feed)) == (1, 0, 0, 0)
    assert rows_of(cellar) == rows_of(table)


@pytest.mark.parametrize(
    "more",
    [
        '<condition type="likenew"><reason>Без коробки</reason></condition>',
        '<condition type="refurbished"/>',
        '<condition type="mysterious"><quality>odd</quality></condition>',
        '<condition type="preowned"><quality>odd</quality></condition>',
        param("Состояние", "б/у"),
        param("Состояние", "б/у") + param("Цвет", "Синий"),
        param("Состояние", "б/у", "шт"),
        param("О состоянии", "б/у"),
        USED + param("Состояние", "новое"),
    ],
)
def test_whatever_is_said_of_it_comes_through(table: Community, cellar: Community, more: str) -> None:
    take_in(table, document(offer("a", more=more)))
    feed = export(table)
    assert totals(take_in(cellar, feed)) == (1, 0, 0, 0)
    assert rows_of(cellar) == rows_of(table)
    assert totals(take_in(cellar, feed)) == (0, 0, 0, 0)


@pytest.mark.parametrize("more", ["<condition/>", "<condition><reason>x</reason></condition>", '<condition type=" "/>'])
def test_a_condition_without_a_kind_is_none(table: Community, more: str) -> None:
    take_in(table, document(offer("a", more=more)))
    assert Variant.objects.get().params == []


def test_a_condition_that_tells_too_much_is_refused(table: Community) -> None:
    long = f'<condition type="used"><reason>{"а" * 1001}</reason></condition>'
    assert complaints(take_in(table, document(offer("a", more=long), offer("b")))) == [("a", "too_long")]


@pytest.mark.parametrize(
    "condition",
    [
        Condition("used"),
        Condition("used", "good"),
        Condition("used", reason="x"),
        Condition("reduction", "perfect", "x"),
    ],
)
def test_only_the_last_params_are_a_condition(condition: Condition) -> None:
    said = condition_params(condition)
    colour = ("Цвет", "Синий", "")
    assert part_condition([colour, *said]) == ([colour], condition)
    assert part_condition([*said, colour]) == ([*said, colour], None)
    assert part_condition([]) == ([], None)
