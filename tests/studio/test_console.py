"""The console as a page, and its figures."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone, translation

from svoi.shows.models import Show, WatchBeat, WatchSample
from svoi.studio.templatetags.crew import percent, whole_money
from svoi.ui.reason_words import BEYOND_HABIT, REASONS
from tests import cast
from tests.studio.stage import said, signed
from tests.studio.test_chat import bought

SKELETON = ('id="air"', 'id="strip"', 'id="signal"', 'id="tray"', 'id="talk"', 'id="muted"', 'id="policy"')


def figures(answer) -> list[str]:
    """The numbers of the strip in order, raw ones after their own."""
    shown = re.findall(r'class="figure-number"[^>]*>(.*?)</output>|-raw">(\d+)<', answer.content.decode())
    return [(number or raw).replace("\u202f", " ").replace("\xa0", " ") for number, raw in shown]


def watched(show: Show, viewers: int) -> None:
    at = timezone.now()
    for number in range(viewers):
        WatchBeat.objects.create(show=show, viewer=f"viewer{number}", at=at, playing=True, visible=True, counted=True)
    WatchSample.objects.create(show=show, at=at - timedelta(minutes=5), raw=90, counted=70)
    WatchSample.objects.create(show=show, at=at, raw=viewers + 3, counted=viewers)


def test_every_part_is_on_the_page(anna, show):
    page = signed(anna).get(f"/studio/shows/{show.pk}/").content.decode()
    assert [part for part in (*SKELETON, 'id="key"', 'id="choice"') if part not in page] == []
    assert page.count('id="strip"') == 1


def test_a_moderator_gets_the_page_without_what_runs_the_show(keeper, show):
    page = signed(keeper).get(f"/studio/shows/{show.pk}/").content.decode()
    assert [part for part in SKELETON if part not in page] == []
    assert re.findall(r'hx-(?:post|put|delete)="/studio/shows/\d+/(\w+)', page) == ["policy"]
    assert ('id="choice"' in page, 'id="key"' in page) == (False, False)


def test_the_figures_are_read_from_recorded_facts(anna, show, vera, gleb, mug):
    watched(show, 40)
    for buyer in (vera, vera, gleb):
        bought(show, buyer, mug)
    shown = figures(signed(anna).get(f"/studio/shows/{show.pk}/strip"))
    assert shown == ["40", "43", "70", "90", "0", "0", "0", "0", "3", "4 470 ₽", "5,0 %", "111 750 ₽"]


def test_before_anybody_watched_shares_are_dashes(anna, show):
    shown = figures(signed(anna).get(f"/studio/shows/{show.pk}/strip"))
    assert shown == ["0", "0", "0", "0", "0", "0", "0", "0", "0", "0 ₽", "—", "—"]


def test_every_figure_opens_its_definition(anna, show):
    strip = signed(anna).get(f"/studio/shows/{show.pk}/strip").content.decode()
    opened = re.findall(r'popovertarget="what-(\w+)"', strip)
    assert opened == [
        "viewers_counted",
        "viewers_peak",
        "reactions",
        "messages",
        "orders",
        "paid_sum",
        "conversion",
        "gpm",
    ]
    assert "UV" in strip


def told_why(page: str) -> list[tuple[str, str, str]]:
    """Each open-able list of reasons: its button, how many people, in which words."""
    found = re.findall(r"<svoi-why.*?</svoi-why>", page, re.DOTALL)
    return [
        (re.search(r"<button[^>]*>(.*?)<", one)[1], number, words)  # type: ignore[index]
        for one in found
        for number, words in re.findall(r'class="figures">(\d+)</b> <span>(.*?)</span>', one)
    ]


@pytest.mark.parametrize(("mode", "button"), [("shadow", "тень"), ("live", "почему")])
def test_lowered_numbers_open_their_reasons_and_the_shadow_says_so(anna, show, mode, button):
    reasons = {"viewers": {"surge": 2, "shared_device": 12}, "reactions": {"metronome": 1}, "messages": {"surge": 3}}
    shown = {"reactions_raw": 9, "reactions_counted": 8, "mode": mode, "reasons": reasons, "excess": 7}
    shown |= {"messages_raw": 6, "messages_counted": 5}
    WatchSample.objects.create(show=show, at=timezone.now(), raw=30, counted=22, present=28, weighed=22, **shown)
    page = signed(anna).get(f"/studio/shows/{show.pk}/strip").content.decode()
    with translation.override("ru"):
        told = [(button, people, str(words)) for people, words in (
            ("12", REASONS["shared_device"]), ("2", REASONS["surge"]), ("7", BEYOND_HABIT),
            ("1", REASONS["metronome"]), ("3", REASONS["surge"]),
        )]  # fmt: skip
    assert told_why(page) == told
    assert re.findall(r'data-live="messages(?:-raw)?">(\d+)<', page) == ["5", "6"]
    assert ("ничего ещё" in page) is (mode == "shadow")
    assert ("бы 22." in page.replace("\xa0", " ")) is (mode == "shadow")


def test_with_weights_off_there_is_nothing_to_open(anna, show):
    WatchSample.objects.create(show=show, at=timezone.now(), raw=30, counted=22, mode="off")
    assert told_why(signed(anna).get(f"/studio/shows/{show.pk}/strip").content.decode()) == []


def test_messages_that_nobody_counted_are_those_on_record(anna, show, vera):
    WatchSample.objects.create(show=show, at=timezone.now(), raw=1, counted=1, mode="off")
    said(show, vera)
    page = signed(anna).get(f"/studio/shows/{show.pk}/strip").content.decode()
    assert re.findall(r'data-live="messages(?:-raw)?">(\d+)<', page) == ["1", "1"]


def test_after_the_end_the_figures_are_final_and_are_read_less_often(anna, show):
    browser = signed(anna)
    live = browser.get(f"/studio/shows/{show.pk}/strip").content.decode()
    browser.post(f"/studio/shows/{show.pk}/end")
    over = browser.get(f"/studio/shows/{show.pk}/strip").content.decode()
    assert [(re.search(r'hx-trigger="every (\w+)', text)[1], "data-final" in text) for text in (live, over)] == [
        ("3s", False),
        ("30s", True),
    ]


def test_the_console_is_read_by_the_same_queries_for_one_of_everything_and_for_three(
    anna, table, show, vera, gleb, boris
):
    browser, address = signed(anna), f"/studio/shows/{show.pk}/"
    said(show, vera)
    bought(show, vera, show.tray.first().product.variants.get())
    with CaptureQueriesContext(connection) as one:
        browser.get(address)
    for seq, author in ((2, gleb), (3, boris)):
        said(show, author, seq=seq)
        mug = cast.product(table, name=f"Кружка {seq}")
        browser.post(f"{address}tray", {"product": str(mug.product_id)})
        browser.post(f"{address}mutes", {"member": str(author.pk)})
        bought(show, author, mug)
    with CaptureQueriesContext(connection) as three:
        assert browser.get(address).status_code == 200
    assert len(three) == len(one)


@pytest.mark.parametrize(
    ("share", "words"), [(None, "—"), (0.0, "0,0\u00a0%"), (0.0666, "6,7\u00a0%"), (1.5, "150,0\u00a0%")]
)
def test_shares_are_written_as_percent(share, words):
    assert percent(share) == words


@pytest.mark.parametrize(("minor", "words"), [(None, "—"), (65_208_333, "652\u202f083\u00a0₽"), (49, "0\u00a0₽")])
def test_an_average_is_written_in_whole_roubles(minor, words):
    assert whole_money(minor) == words
