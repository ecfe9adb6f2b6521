"""Money is exact and never crosses currencies."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from svoi.kernel.money import Money, total

minors = st.integers(min_value=-(10**12), max_value=10**12)


@given(minors, minors, st.integers(min_value=-100, max_value=100))
def test_it_adds_up_as_whole_numbers_do(a: int, b: int, times: int):
    assert Money(a) + Money(b) == Money(a + b)
    assert Money(a) - Money(b) == Money(a - b)
    assert Money(a) * times == times * Money(a) == Money(a * times)
    assert -Money(a) == Money(-a)
    assert bool(Money(a)) == bool(a)
    assert (Money(a) < Money(b)) == (a < b)


@given(st.integers(min_value=-(10**11), max_value=10**11))
def test_its_decimal_reads_back(minor: int):
    assert Money.parse(Money(minor).decimal()) == Money(minor)


@pytest.mark.parametrize(
    ("text", "minor"), [("1490", 149_000), (" 1490.5 ", 149_050), ("1490,50", 149_050), ("0.01", 1), ("-3.20", -320)]
)
def test_it_reads_what_feeds_write(text: str, minor: int):
    assert Money.parse(text) == Money(minor)


@pytest.mark.parametrize("text", ["", "1 490", "1.005", "1e3", "NaN", "٣", "1.2.3", "--1", "9" * 13, "1.٣", "."])
def test_it_refuses_what_is_not_an_amount(text: str):
    with pytest.raises(ValueError, match="not an amount"):
        Money.parse(text)


@pytest.mark.parametrize("minor", [1.0, "1", True, None])
def test_minor_units_are_whole(minor):
    with pytest.raises(TypeError):
        Money(minor)


@pytest.mark.parametrize("times", [1.5, True])
def test_it_is_multiplied_by_whole_numbers(times):
    with pytest.raises(TypeError):
        Money(1) * times


@pytest.mark.parametrize("currency", ["rub", "RUBLE", ""])
def test_a_currency_has_three_letters(currency: str):
    with pytest.raises(ValueError, match="ISO 4217"):
        Money(1, currency)


def test_currencies_do_not_mix():
    with pytest.raises(ValueError, match="do not add up"):
        Money(1, "RUB") + Money(1, "USD")


def test_a_total_of_nothing_is_zero():
    assert total([]) == Money(0)
    assert total([Money(1, "USD"), Money(2, "USD")]) == Money(3, "USD")
