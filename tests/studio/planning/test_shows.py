"""Shows planned, moved, approved and staffed by plain forms, and what a refusal says and leaves alone."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from svoi.planning.actions.approving import ask_approval
from svoi.planning.actions.moving import move_slot
from svoi.planning.actions.placing import Place
from svoi.planning.actions.training import add_step
from svoi.planning.models import ConflictAcceptance, Sample, SampleBooking, Shift, ShowTemplate, Slot
from svoi.shows.models import Show
from tests import cast
from tests.studio.planning.forms import CALENDAR, REAL, form, now, of


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
