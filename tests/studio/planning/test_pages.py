"""The calendar's pages by plain forms: what they show, what a post changes, what a refusal says and leaves alone."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.utils import timezone

from svoi.planning.actions.approving import ask_approval
from svoi.planning.actions.moving import move_slot
from svoi.planning.actions.placing import Place
from svoi.planning.actions.training import add_step
from svoi.planning.models import (
    ConflictAcceptance,
    PlanningTerms,
    Sample,
    SampleBooking,
    Series,
    Shift,
    ShowTemplate,
    Slot,
    Studio,
    TrainingMark,
    TrainingStep,
)
from svoi.shows.models import Show
from svoi.studio.planning.asking import wanted_calendar
from tests import cast
from tests.studio.stage import signed

CALENDAR = "/studio/table/calendar"
REAL = pytest.mark.django_db(transaction=True)  # a refusal takes its whole transaction back


@pytest.fixture
def browser(anna, table):
    return signed(anna)


def of(slot: Slot, part: str = "") -> str:
    return f"{CALENDAR}/shows/{slot.pk}/{part}"


def form(noon, room, *, hours: float = 0, **more: str) -> dict[str, str]:
    starts = timezone.localtime(noon + timedelta(hours=hours))
    place = {"date": str(starts.date()), "time": starts.strftime("%H:%M"), "studio": str(room.pk)}
    return {**place, "length_min": "60", "preparation_min": "30", **more}


def now(slot: Slot) -> Slot:
    return Slot.objects.select_related("show").get(pk=slot.pk)


# --- What is asked ----------------------------------------------------------------------------------------------------


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


# --- New shows --------------------------------------------------------------------------------------------------------


def test_a_show_is_planned_by_a_form(browser, room, host, noon):
    words = {"title_ru": "Лён", "title_en": "Linen", "host": str(host.pk), "about_ru": "", "about_en": ""}
    answer = browser.post(f"{CALENDAR}/shows", form(noon, room, **words))
    slot = Slot.objects.select_related("show__host").get()
    assert (answer.status_code, answer["Location"]) == (302, of(slot))
    assert (slot.show.title_ru, slot.show.host, slot.starts_at, slot.studio) == ("Лён", host, noon, room)


@REAL
def test_a_warning_asks_for_a_reason_in_the_same_form(browser, slot, room, host, noon):
    words = {"title_ru": "Лён", "host": str(host.pk)}
    doubtful = browser.post(f"{CALENDAR}/shows", form(noon, room, hours=1.75, **words))
    page = doubtful.content.decode()
    assert (doubtful.status_code, doubtful.context["told"].code) == (409, "plan_doubtful")
    assert ('name="accepting"' in page, 'value="Лён"' in page, "нужно 30\u00a0мин" in page) == (True, True, True)
    assert Slot.objects.count() == 1
    browser.post(f"{CALENDAR}/shows", form(noon, room, hours=1.75, accepting="Успеем", **words))
    assert (Slot.objects.count(), ConflictAcceptance.objects.get().reason) == (2, "Успеем")


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("title_ru", ""),
        ("date", "вчера"),
        ("date", "0001-01-01"),
        ("date", "9999-12-31"),
        ("time", "25:00"),
        ("length_min", "4"),
        ("length_min", "9" * 30),
        ("preparation_min", "-1"),
        ("studio", "0"),
        ("studio", "\x00"),
        ("host", "99999999999999999999"),
    ],
)
def test_what_cannot_be_planned_is_said_beside_its_field(browser, room, anna, noon, field, value):
    words = {"title_ru": "Лён", "host": str(anna.pk)}
    answer = browser.post(f"{CALENDAR}/shows", {**form(noon, room, **words), field: value})
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, [field])
    assert (Slot.objects.count(), Show.objects.count()) == (0, 0)


@pytest.mark.parametrize("query", ["date=2026-12-04&time=19:30&studio=9", "date=x&time=99&studio=\x00", "time=19"])
def test_a_form_begins_where_somebody_pointed(browser, room, query):
    assert browser.get(f"{CALENDAR}/shows?{query}").status_code == 200


# --- One plan ---------------------------------------------------------------------------------------------------------


def test_a_check_tells_where_it_would_be_and_changes_nothing(browser, slot, plan, host, room, noon):
    plan(3, host=host)
    told = {hours: browser.get(of(slot, "check"), form(noon, room, hours=hours)) for hours in (0.5, 1.25, 2.5, 9)}
    assert [(one.status_code, one.context["worst"]) for one in told.values()] == [
        (200, "none"),
        (200, "soft"),
        (200, "hard"),
        (200, "none"),
    ]
    assert "14:30–15:30" in told[2.5].content.decode()
    assert (now(slot).version, Slot.objects.count()) == (1, 2)
    assert browser.get(of(slot, "check"), {"date": "x"}).status_code == 422


def test_a_form_moves_a_show(browser, slot, small, noon):
    answer = browser.post(of(slot, "place"), form(noon, small, hours=3, seen="1", length_min="45"))
    assert (answer.status_code, answer["Location"]) == (302, of(slot))
    assert (now(slot).studio, now(slot).starts_at, now(slot).length_min) == (small, noon + timedelta(hours=3), 45)


@REAL
def test_a_stale_form_says_what_changed_and_can_be_sent_again_knowingly(browser, slot, room, anna, noon):
    later = Place(studio_id=room.pk, starts_at=noon + timedelta(hours=5), length_min=60, preparation_min=30)
    move_slot(slot_id=slot.pk, seen=1, place=later, by=anna, at=timezone.now())
    stale = browser.post(of(slot, "place"), form(noon, room, hours=3, seen="1"))
    page = stale.content.decode()
    assert (stale.status_code, stale.context["told"].code) == (409, "slot_stale")
    assert ("Anna: теперь" in page, "17:00–18:00" in page, 'name="seen" value="2"' in page) == (True, True, True)
    assert now(slot).starts_at == noon + timedelta(hours=5)


@REAL
def test_a_plan_is_approved_and_declined_by_buttons(browser, slot, anna):
    def press(**fields: str) -> int:
        return browser.post(of(slot, "approval"), {"seen": "1", **fields}).status_code

    assert [press(verb="approve"), press(verb="nonsense")] == [409, 422]
    assert [press(verb="ask"), press(verb="decline"), press(verb="decline", reason="Нет света")] == [302, 422, 302]
    assert now(slot).approval() == "declined"
    assert "Нет света" in browser.get(of(slot)).content.decode()
    assert [press(verb="ask"), press(verb="approve")] == [302, 302]
    assert now(slot).approval() == "approved"


@REAL
def test_an_approval_with_a_warning_asks_why(browser, slot, anna, table):
    add_step(community=table, title_ru="Шаг", title_en="", by=anna, at=timezone.now())
    ask_approval(slot_id=slot.pk, seen=1, by=anna, at=timezone.now())
    doubtful = browser.post(of(slot, "approval"), {"seen": "1", "verb": "approve"})
    assert (doubtful.status_code, 'name="accepting"' in doubtful.content.decode()) == (409, True)
    browser.post(of(slot, "approval"), {"seen": "1", "verb": "approve", "accepting": "Я рядом"})
    assert now(slot).approval() == "approved"


def test_a_copy_leads_to_the_copy(browser, slot, noon):
    day = noon.date() + timedelta(days=2)
    answer = browser.post(of(slot, "copies"), {"date": str(day), "time": "12:00"})
    copy = Slot.objects.latest("pk")
    assert (answer["Location"], copy.starts_at) == (of(copy), noon + timedelta(days=2))


def test_people_are_added_for_a_part_and_taken_off(browser, slot, host, noon):
    browser.post(of(slot, "shifts"), {"member": host.pk, "role": "moderator", "from_time": "12:00", "to_time": "12:30"})
    shift = Shift.objects.get(member=host)
    assert (shift.begins_at, shift.ends_at) == (noon, noon + timedelta(minutes=30))
    browser.post(of(slot, f"shifts/{shift.pk}/removal"))
    shift.refresh_from_db()
    assert shift.removed_at is not None


@REAL
def test_work_outside_the_show_is_refused(browser, slot, host):
    answer = browser.post(of(slot, "shifts"), {"member": host.pk, "role": "moderator", "from_time": "10:00"})
    assert (answer.status_code, answer.context["told"].code, Shift.objects.count()) == (422, "shift_outside", 1)


def test_samples_are_said_and_booked(browser, slot, table, host):
    mug = cast.product(table)
    browser.post(f"{CALENDAR}/house/samples", {"product": mug.product_id, "pieces": "3"})
    sample = Sample.objects.get()
    browser.post(of(slot, "samples"), {"sample": sample.pk, "pieces": "2", "holder": host.pk})
    assert list(SampleBooking.objects.values_list("slot", "pieces", "holder")) == [(slot.pk, 2, host.pk)]
    assert "Boris" in browser.get(of(slot)).content.decode()


def test_a_show_is_taken_out_with_a_reason(browser, slot):
    browser.post(of(slot, "removal"), {"seen": "1", "reason": "Нет света"})
    assert (now(slot).removed_for, now(slot).show.called_off_at is not None) == ("Нет света", True)
    page = browser.get(of(slot)).content.decode()
    assert ("Нет света" in page, "/place" in page) == (True, False)


def test_a_template_begins_a_form_and_is_dropped(browser, slot):
    browser.post(of(slot, "template"))
    template = ShowTemplate.objects.get()
    begun = browser.get(f"{CALENDAR}/shows?template={template.pk}").context["form"]
    assert (begun.initial["title_ru"], begun.initial["studio"]) == ("Льняная пятница", slot.studio_id)
    browser.post(f"{CALENDAR}/house/templates/{template.pk}")
    assert browser.post(f"{CALENDAR}/house/templates/{template.pk}").status_code == 404


# --- Series, the house ------------------------------------------------------------------------------------------------


def series_form(room, anna, noon, **more) -> dict[str, object]:
    told = {
        "title_ru": "Среда", "weekdays": ["2"], "time": "19:00", "length_min": "60", "preparation_min": "30",
        "studio": room.pk, "hosts": [anna.pk], "starts_on": str(noon.date()), "weeks_ahead": "4",
    }  # fmt: skip
    return {**told, **more}


def test_a_series_is_planned_changed_skipped_and_ended_by_forms(browser, room, anna, noon):
    made = browser.post(f"{CALENDAR}/series/", series_form(room, anna, noon))
    series = Series.objects.get()
    address = f"{CALENDAR}/series/{series.pk}/"
    assert made["Location"] == address
    count = Slot.objects.standing().count()
    assert count in (3, 4)
    browser.post(address + "shows")
    assert Slot.objects.count() == count
    browser.post(address + "skips", {"day": str(noon.date()), "reason": "Ярмарка"})
    assert Slot.objects.standing().count() == count - 1
    browser.post(address, series_form(room, anna, noon, seen="1", time="20:00"))
    hours = {timezone.localtime(one.starts_at).hour for one in Slot.objects.standing()}
    assert (hours, Slot.objects.standing().count()) == ({20}, count - 1)
    assert "Ярмарка" in browser.get(address).content.decode()
    browser.post(address + "end")
    assert (Slot.objects.standing().count(), Series.objects.get().ended_at is not None) == (0, True)


@REAL
def test_a_series_that_names_nothing_is_said_beside_its_fields(browser, room, anna, noon):
    wrong = series_form(room, anna, noon, weekdays=["9"], hosts=[], until="x")
    answer = browser.post(f"{CALENDAR}/series/", wrong)
    assert (answer.status_code, sorted(answer.context["form"].errors)) == (422, ["hosts", "until", "weekdays"])
    ends_before = browser.post(f"{CALENDAR}/series/", series_form(room, anna, noon, until="2026-01-01"))
    assert (ends_before.status_code, Series.objects.count()) == (422, 0)


def test_the_house_is_furnished_by_forms(browser, anna, table, host):
    house = f"{CALENDAR}/house"
    room = {"name_ru": "Большая", "name_en": "Large", "turn_around_min": "20", "time_zone": "Europe/Moscow"}
    browser.post(f"{house}/studios", room)
    studio = Studio.objects.get()
    changed = {f"studio-{studio.pk}-{name}": value for name, value in {**room, "turn_around_min": "45"}.items()}
    browser.post(f"{house}/studios/{studio.pk}", changed)
    studio.refresh_from_db()
    assert (studio.name_en, studio.turn_around_min) == ("Large", 45)
    limits = {"rest_min": "90", "day_max_h": "3", "week_max_h": "15", "untrained": "refuse", "time_zone": "Asia/Omsk"}
    browser.post(f"{house}/terms", limits)
    terms = PlanningTerms.objects.get()
    assert (terms.rest_min, terms.day_max_min, terms.week_max_min, terms.untrained, terms.time_zone) == (
        90, 180, 900, "refuse", "Asia/Omsk",
    )  # fmt: skip
    browser.post(f"{house}/steps", {"title_ru": "Прочитать правила", "title_en": ""})
    step = TrainingStep.objects.get()
    signed(host).post(f"/studio/shifts/steps/{step.pk}")
    browser.post(f"{house}/steps/{step.pk}", {"member": host.pk})
    assert list(TrainingMark.objects.values_list("member", "confirmed_by")) == [(host.pk, anna.pk)]
    browser.post(f"{house}/steps/{step.pk}", {"verb": "drop"})
    browser.post(f"{house}/studios/{studio.pk}", {"verb": "close"})
    assert (TrainingStep.objects.filter(dropped_at=None).count(), Studio.objects.filter(closed_at=None).count()) == (
        0,
        0,
    )
    assert browser.get(CALENDAR).content.decode().count("Студий пока нет") == 1


@REAL
def test_a_product_of_another_community_is_no_sample(browser, cellar, room):
    asked = {"product": cast.product(cellar).product_id, "pieces": "1"}
    assert browser.post(f"{CALENDAR}/house/samples", asked).status_code == 422
    assert browser.post(f"{CALENDAR}/house/samples", {**asked, "pieces": "x"}).status_code == 422
    assert Sample.objects.count() == 0


def test_the_studio_has_one_door_to_the_calendar(browser, host, slot):
    for person in (browser, signed(host)):
        assert person.get("/studio/").content.decode().count('href="/studio/table/calendar"') == 1


def test_pages_speak_english_too(browser, anna, slot):
    anna.language = "en"
    anna.save()
    page = browser.get(of(slot)).content.decode()
    assert ("Place and time" in page, "Who works on it" in page) == (True, True)
