"""The sentence about a group, in both languages, with the forms that numbers ask for."""

from __future__ import annotations

from dataclasses import replace

import pytest

from svoi.engines.integrity.evidence import Evidence, Trace
from svoi.engines.integrity.wording import plural_ru, sentence

GROUP = Evidence(
    accounts=14,
    targets=9,
    observed=112,
    expected=0.3,
    window_s=2_400.0,
    is_one_window=True,
    verbs=("like",),
    accounted=("activity", "popularity", "exposures"),
    families=(("time", 80.0),),
    traces=(),
    by_chance=0.0,
)


def test_the_sentence_of_the_house():
    assert sentence(GROUP, language="ru") == (
        "14 аккаунтов, 9 товаров, одни и те же 40 минут; ожидалось 0,3 совпадения, наблюдали 112; "
        "эфир и рассылка учтены"
    )
    assert sentence(GROUP, language="en") == (
        "14 accounts, 9 products, the same 40 minutes; 0.3 coincidences expected, 112 observed; "
        "shows and mailings are accounted for"
    )


@pytest.mark.parametrize(
    ("changed", "russian", "english"),
    [
        ({"accounts": 21}, "21 аккаунт, ", "21 accounts, "),
        ({"accounts": 22, "targets": 1}, "22 аккаунта, 1 товар, ", "22 accounts, 1 product, "),
        ({"targets": 12}, "12 товаров", "12 products"),
        ({"window_s": 60.0}, "одна и та же минута;", "the same minute;"),
        ({"window_s": 21 * 3600.0}, "один и тот же 21 час;", "the same 21 hours;"),
        ({"window_s": 3 * 86_400.0}, "одни и те же 3 дня;", "the same 3 days;"),
        (
            {"window_s": 86_400.0, "is_one_window": False},
            "каждый раз в\u00a0пределах 24 часов;",
            "each time within 24 hours;",
        ),
        ({"expected": 0.001}, "ожидалось меньше 0,1 совпадения", "less than 0.1 coincidences expected"),
        ({"expected": 2.0}, "ожидалось 2 совпадения", "2 coincidences expected"),
        ({"expected": 31.4}, "ожидалось 31 совпадение", "31 coincidences expected"),
        (
            {"accounted": ("activity",)},
            "; активность и популярность учтены",
            "; activity and popularity are accounted for",
        ),
        ({"traces": (Trace("device", 12, 3, 0.2),)}, "12 аккаунтов на\u00a03 устройствах", "12 accounts on 3 devices"),
        (
            {"traces": (Trace("payment", 2, 1, 0.2),)},
            "2 аккаунта на\u00a01 платёжном средстве",
            "2 accounts on 1 means of payment",
        ),
    ],
)
def test_numbers_have_their_forms(changed, russian, english):
    evidence = replace(GROUP, **changed)
    assert russian in sentence(evidence, language="ru")
    assert english in sentence(evidence, language="en")


def test_the_three_russian_forms():
    assert [plural_ru(n) for n in (0, 1, 2, 4, 5, 11, 12, 14, 21, 22, 25, 101, 111, 112)] == [
        2,
        0,
        1,
        1,
        2,
        2,
        2,
        2,
        0,
        1,
        2,
        0,
        2,
        2,
    ]


def test_unknown_words_are_refused():
    with pytest.raises(ValueError, match="no words for"):
        sentence(GROUP, language="de")
    with pytest.raises(ValueError, match="no words for"):
        sentence(GROUP, language="ru", thing="cat")
