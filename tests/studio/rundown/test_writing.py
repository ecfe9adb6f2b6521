"""Segments of the rundown written by plain forms and in place, and refused when they do not fit."""

from __future__ import annotations

import re

import pytest
from django.utils import timezone

from svoi.rundowns.actions import edit_segment
from svoi.rundowns.models import Segment
from tests.cast import recorded
from tests.rundowns.desk import version, words, written
from tests.studio.rundown.board import code, filled, home, text, titles
from tests.studio.stage import send, signed

pytestmark = pytest.mark.django_db(transaction=True)
HOSTILE = "<script>alert(1)</script>"


def test_an_empty_plan_says_how_to_begin(anna, show):
    page = text(signed(anna).get(home(show)))
    assert (page.count("Пока ничего не\u00a0запланировано"), page.count('id="rundown-add"')) == (1, 1)


def test_a_plain_form_adds_a_segment_and_leads_back_to_it(anna, show, mug):
    browser = signed(anna)
    assert browser.get(f"{home(show)}/segments").status_code == 200
    answer = browser.post(
        f"{home(show)}/segments",
        filled(
            kind="product",
            product=mug.product_id,
            beats_ru="Раз\r\nДва",
            beats_en="One",
            flash_variant=mug.pk,
            flash_price="990",
            flash_quantity="5",
            envelope_mode="equal",
            envelope_total="50",
            envelope_shares="5",
            target="7",
            target_unit="orders",
        ),
    )
    made = Segment.objects.get()
    assert (answer.status_code, answer["Location"]) == (302, f"{home(show)}#segment-{made.pk}")
    assert (made.length_s, made.beats, made.flash_price_minor, made.envelope_total, made.target) == (
        330,
        [["Раз", "One"], ["Два", ""]],
        99_000,
        50,
        7,
    )
    page = text(browser.get(home(show)))
    assert titles(browser.get(home(show))) == ["Разговор"]
    assert page.count("Добавлено: Разговор.") == 1


def test_in_place_the_answer_is_the_board(anna, show, rundown):
    segment = written(rundown, anna)
    browser = signed(anna)
    form = browser.get(f"{home(show)}/segments/{segment.pk}", headers={"HX-Request": "true"})
    assert ("<html" in text(form), f'value="{version(rundown)}"' in text(form)) == (False, True)
    saved = send(
        browser, "post", f"{home(show)}/segments/{segment.pk}", filled(seen=version(rundown), title_ru="Иначе")
    )
    assert (saved.status_code, saved["HX-Retarget"], saved["HX-Reswap"]) == (200, "#rundown", "outerMorph")
    assert (titles(saved), "<html" in text(saved)) == (["Иначе"], False)


@pytest.mark.parametrize("way", ["plain", "in place"])
def test_two_who_write_one_segment_both_keep_their_words(anna, editor, show, rundown, way):
    segment = written(rundown, anna)
    saw = version(rundown)
    edit_segment(
        rundown_id=rundown.pk,
        segment_id=segment.pk,
        seen=saw,
        wording=words(title_ru="Борис написал"),
        by=editor,
        at=timezone.now(),
    )
    browser, address = signed(anna), f"{home(show)}/segments/{segment.pk}"
    mine = filled(seen=saw, title_ru="Анна написала")
    answer = browser.post(address, mine) if way == "plain" else send(browser, "post", address, mine)
    page = text(answer)
    assert (answer.status_code, code(answer)) == (409, "rundown_stale")
    assert ('value="Анна написала"' in page, "Борис написал" in page, "Boris" in page) == (True, True, True)
    assert Segment.objects.get().title_ru == "Борис написал"
    seen = re.search(r'name="seen" value="(\d+)"', page)[1]
    browser.post(address, {**mine, "seen": seen})
    assert Segment.objects.get().title_ru == "Анна написала"


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("title_ru", ""),
        ("title_ru", "я" * 141),
        ("length", "час"),
        ("length", "0"),
        ("length", "5:99"),
        ("length", "9" * 12),
        ("kind", "sermon"),
        ("product", "0"),
        ("product", "' or 1=1"),
        ("beats_ru", "я" * 10_000),
        ("beats_ru", "\n".join(["я"] * 41)),
        ("props", "я" * 501),
        ("target", "-1"),
        ("target_unit", "orders"),
        ("flash_price", "990"),
        ("envelope_total", "10"),
    ],
)
def test_what_does_not_fit_comes_back_with_the_reason_and_changes_nothing(anna, show, rundown, field, value):
    before = recorded()
    answer = send(signed(anna), "post", f"{home(show)}/segments", filled(**{field: value}))
    assert (answer.status_code, "field-error" in text(answer) or "banner-warn" in text(answer)) == (422, True)
    assert (Segment.objects.count(), recorded()) == (0, before)


@pytest.mark.parametrize("value", ["", "0x1", "-1", "١", "9" * 40, "\x00"])
def test_a_number_that_is_none_is_refused_before_anything_happens(anna, show, rundown, value):
    segment = written(rundown, anna)
    before, browser = recorded(), signed(anna)
    asked = [
        send(browser, "post", f"{home(show)}/segments/{segment.pk}/place", {"seen": value, "step": "up"}),
        send(browser, "post", f"{home(show)}/segments/{segment.pk}/removal", {"seen": value}),
        send(browser, "post", f"{home(show)}/slot", {"seen": value, "slot": "1:00:00"}),
    ]
    assert [(answer.status_code, code(answer)) for answer in asked] == [(422, "unreadable")] * 3
    assert recorded() == before


def test_words_are_written_as_words(anna, show, rundown, mug):
    written(
        rundown, anna, title_ru=HOSTILE, beats=((HOSTILE, HOSTILE),), props=HOSTILE, offer=HOSTILE, fallback=HOSTILE
    )
    browser = signed(anna)
    for address in (home(show), f"{home(show)}/print"):
        page = text(browser.get(address))
        assert ("alert(1)</script>" in page, "&lt;script&gt;" in page) == (False, True)
