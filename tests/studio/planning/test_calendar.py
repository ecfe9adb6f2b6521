"""The calendar itself: what is asked for, what its board shows, and its one door from the studio."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.utils import timezone

from svoi.planning.models import Slot
from svoi.shows.models import Show
from svoi.studio.planning.asking import wanted_calendar
from tests.studio.planning.forms import CALENDAR, REAL, form, of
from tests.studio.stage import signed


@pytest.mark.parametrize(
    ("asked", "monday", "day"),
    [
        ({"week": "2026-W49"}, date(2026, 11, 30), None),
        ({"day": "2026-12-04"}, date(2026, 11, 30), date(2026, 12, 4)),
        ({"week": "2026-W54"}, date(2026, 11, 23), None),
        ({"week": "0001-W01"}, date(2026, 11, 23), None),
        ({"week": "٢٠٢٦-W01"}, date(2026, 11, 23), None),
        ({"day": "9999-12-31"}, date(2026, 11, 23), None),
        ({"day": "\x00"}, date(2026, 11, 23), None),
        ({"week": "2099-W52"}, date(2099, 12, 21), None),
    ],
)
def test_a_calendar_is_asked_for_by_week_or_day(asked, monday, day):
    wanted = wanted_calendar(asked, today=date(2026, 11, 27))
    assert (wanted.monday, wanted.day, wanted.by, wanted.who) == (monday, day, "studio", None)
    assert len(wanted.days) == (1 if day else 7)
    assert wanted_calendar(dict([one.split("=") for one in wanted.query().split("&")]), today=monday) == wanted


def test_steps_lead_to_the_neighbours_and_end_where_calendars_end():
    wanted = wanted_calendar({"week": "2026-W49", "by": "host", "who": "7"}, today=date(2026, 1, 1))
    assert (wanted.before, wanted.after) == ("week=2026-W48&by=host&who=7", "week=2026-W50&by=host&who=7")
    monday = wanted_calendar({"day": "2026-11-30"}, today=date(2026, 1, 1))
    assert (monday.before, monday.after) == ("day=2026-11-29&by=studio", "day=2026-12-01&by=studio")
    last = wanted_calendar({"day": "2099-12-27"}, today=date(2026, 1, 1))
    assert last.after == last.query()


# --- The board --------------------------------------------------------------------------------------------------------


def test_shows_stand_in_their_day_and_are_narrowed_by_studio_and_host(browser, plan, host, small, noon):
    first, second, third = plan(), plan(24, host=host, studio=small), plan(24.5)
    year, number, _ = noon.isocalendar()
    week = f"{CALENDAR}?week={year}-W{number:02d}"

    def shown(query: str) -> list[tuple[str, list[int]]]:
        board = browser.get(f"{week}{query}").context["board"]
        return [(one.key, [card.slot.pk for card in one.cards]) for one in board.columns if one.cards]

    days = [str(noon.date()), str(noon.date() + timedelta(days=1))]
    assert shown("") == [(days[0], [first.pk]), (days[1], [second.pk, third.pk])]
    assert shown(f"&who={small.pk}") == [(days[1], [second.pk])]
    assert shown(f"&by=host&who={host.pk}") == [(days[1], [second.pk])]
    day = browser.get(f"{CALENDAR}?day={days[1]}&by=host").context["board"]
    assert [(one.title, [card.slot.pk for card in one.cards]) for one in day.columns] == [
        ("Anna", [third.pk]),
        ("Boris", [second.pk]),
    ]


def test_a_card_tells_its_conflicts_and_the_list_below_says_why(browser, plan, host, noon):
    first, second = plan(), plan(1.75, host=host, accepting="Успеем")
    answer = browser.get(f"{CALENDAR}?day={noon.date()}")
    page = answer.content.decode()
    assert page.count("cal-warned") == 0  # accepted ones do not shout
    assert page.count("Между двумя эфирами в\u00a0студии только 15\u00a0мин, нужно 30\u00a0мин.") == 2
    assert page.count("Успеем") == 2
    assert [card.slot.pk for card in answer.context["board"].cards] == [first.pk, second.pk]


def test_a_calendar_is_read_by_the_same_queries_for_one_show_and_for_three(
    browser, plan, host, noon, django_assert_num_queries
):
    day = f"{CALENDAR}?day={noon.date()}"
    plan()
    plan(1.75, accepting="Успеем")
    with django_assert_num_queries(22):
        browser.get(day)
    plan(4, host=host, accepting="Успеем")
    plan(5.75, accepting="Успеем")
    with django_assert_num_queries(22):
        assert len(browser.get(day).context["board"].cards) == 4


def test_shows_without_a_place_are_offered_one(browser, room, table, anna, noon):
    show = Show.objects.create(community=table, host=anna, title_ru="Без места", starts_at=noon)
    assert f"{CALENDAR}/unplaced/{show.pk}" in browser.get(CALENDAR).content.decode()
    answer = browser.post(f"{CALENDAR}/unplaced/{show.pk}", form(noon, room, hours=2))
    slot = Slot.objects.get()
    assert (answer["Location"], slot.show, slot.starts_at) == (of(slot), show, noon + timedelta(hours=2))


def test_the_studio_has_one_door_to_the_calendar(browser, host, slot):
    for person in (browser, signed(host)):
        assert person.get("/studio/").content.decode().count('href="/studio/table/calendar"') == 1


def test_pages_speak_english_too(browser, anna, slot):
    anna.language = "en"
    anna.save()
    page = browser.get(of(slot)).content.decode()
    assert ("Place and time" in page, "Who works on it" in page) == (True, True)


@REAL
def test_days_that_are_gone_are_marked_in_the_week_of_today_alone(browser, room):
    today = timezone.localdate()
    for weeks, gone in ((0, today.weekday()), (-1, 0), (1, 0)):
        year, week, _ = (today + timedelta(weeks=weeks)).isocalendar()
        page = browser.get(f"{CALENDAR}?week={year}-W{week:02}").content.decode()
        assert page.count("cal-gone") == gone
