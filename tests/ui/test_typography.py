"""Money, counts and names are written the Russian way in Russian and the English way in English."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from svoi.ui import typography


@pytest.mark.parametrize(
    ("minor", "russian", "english"),
    [
        (149000, "1\u202f490\u00a0₽", "₽1,490"),
        (4950, "49,50\u00a0₽", "₽49.50"),
        (0, "0\u00a0₽", "₽0"),
        (5, "0,05\u00a0₽", "₽0.05"),
        (-1284050, "\u221212\u202f840,50\u00a0₽", "\u2212₽12,840.50"),
        (123456700, "1\u202f234\u202f567\u00a0₽", "₽1,234,567"),
    ],
)
def test_money(minor: int, russian: str, english: str) -> None:
    assert typography.money_text(minor, "RUB", "ru") == russian
    assert typography.money_text(minor, "RUB", "en") == english


def test_an_unknown_currency_is_named_by_its_code() -> None:
    assert typography.money_text(100, "XTS", "ru") == "1\u00a0XTS"


@given(st.integers(-(10**12), 10**12))
def test_no_kopeck_is_lost_between_words_and_number(minor: int) -> None:
    words = typography.money_text(minor, "RUB", "ru").removesuffix("\u00a0₽")
    major, _, rest = words.replace("\u202f", "").replace("\u2212", "-").partition(",")
    sign = -1 if words.startswith("\u2212") else 1
    assert int(major) * 100 + sign * int(rest or 0) == minor
    whole, _, part = typography.decimal_text(minor).partition(".")
    assert int(whole.lstrip("-")) * 100 + int(part) == abs(minor)


@pytest.mark.parametrize(
    ("name", "letters"),
    [
        ("Вера Лебедева", "ВЛ"),
        ("Борис", "Б"),
        ("Анна-Мария Ю.", "АЮ"),
        ("— Gleb", "G"),
        ("42", "4"),
        ("", "·"),
        ("  ", "·"),
    ],
)
def test_initials(name: str, letters: str) -> None:
    assert typography.initials(name) == letters


@given(st.text())
def test_a_tone_is_steady_and_in_range(name: str) -> None:
    assert 1 <= typography.tone(name, 5) <= 5
    assert typography.tone(name, 5) == typography.tone(name, 5)
