"""My shifts and the address a calendar follows: secret, one at a time, revocable, and readable by any calendar."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from svoi.planning.actions.crew import assign_shift
from svoi.planning.actions.moving import move_slot, remove_slot
from svoi.planning.actions.placing import Place
from svoi.planning.models import CalendarFeed, Shift
from svoi.shows.models import Show
from svoi.ui.calendar_lines import words
from tests.studio.planning.ics import moment, read, text
from tests.studio.stage import signed


@pytest.fixture
def address(host) -> str:
    page = signed(host).post("/studio/shifts/address", {"verb": "issue"}).content.decode()
    found = re.search(r'value="http://testserver(/studio/calendar/[\w-]{32}\.ics)"', page)
    assert found is not None
    return found[1]


def follow(address: str):
    """What a calendar program gets: no cookies, no signing in."""
    return Client().get(address)


def test_a_calendar_follows_her_shifts_without_signing_in(address, plan, host, anna, noon):
    slot = plan(host=host)
    plan(24)
    answer = follow(address)
    assert (answer.status_code, answer["Content-Type"]) == (200, "text/calendar; charset=utf-8")
    assert (answer["Referrer-Policy"], answer["X-Robots-Tag"]) == ("no-referrer", "noindex")
    (event,) = read(answer.content)
    shift = Shift.objects.get(member=host)
    assert (event["UID"], event["SEQUENCE"], event["STATUS"]) == (f"shift-{shift.pk}@testserver", "0", "CONFIRMED")
    assert (moment(event["DTSTART"]), moment(event["DTEND"])) == (slot.begins_at, slot.ends_at)
    assert text(event["SUMMARY"]) == "Льняная пятница (Ведущий)"
    assert (text(event["LOCATION"]), event["URL"]) == (
        "Большая",
        f"http://testserver/studio/table/calendar/shows/{slot.pk}/",
    )


def test_a_moved_shift_keeps_its_name_and_a_removed_one_says_so(address, plan, host, anna, room, noon):
    slot = plan(host=host)
    before = read(follow(address).content)[0]
    later = Place(studio_id=room.pk, starts_at=noon + timedelta(hours=2), length_min=60, preparation_min=30)
    move_slot(slot_id=slot.pk, seen=1, place=later, by=anna, at=timezone.now())
    moved = read(follow(address).content)[0]
    assert (moved["UID"], moved["SEQUENCE"]) == (before["UID"], "1")
    assert moment(moved["DTSTART"]) - moment(before["DTSTART"]) == timedelta(hours=2)
    assert moment(moved["DTSTAMP"]) >= moment(before["DTSTAMP"])
    remove_slot(slot_id=slot.pk, seen=2, reason="", by=anna, at=timezone.now())
    gone = read(follow(address).content)[0]
    assert (gone["UID"], gone["SEQUENCE"], gone["STATUS"]) == (before["UID"], "2", "CANCELLED")


def test_long_and_hostile_titles_are_folded_and_escaped(address, plan, host):
    slot = plan(host=host)
    title = "Лён; шёлк, «хлопок» \\n и\x07 очень длинная история о\u2028том, как " + "ткут " * 10
    Show.objects.filter(pk=slot.show_id).update(title_ru=title[:140], title_en="")
    (event,) = read(follow(address).content)
    kept = title[:140].replace("\x07", "").replace("\u2028", "\n")
    assert text(event["SUMMARY"]) == f"{kept} (Ведущий)"
    assert words("a\r\nb\nc") == "a\\nb\\nc"


def test_a_new_address_makes_the_old_one_void_and_a_revoked_one_leads_nowhere(address, host):
    browser = signed(host)
    page = browser.post("/studio/shifts/address", {"verb": "issue"}).content.decode()
    second = re.search(r"/studio/calendar/[\w-]{32}\.ics", page)[0]
    assert [follow(one).status_code for one in (address, second)] == [404, 200]
    assert second not in browser.get("/studio/shifts/").content.decode()
    browser.post("/studio/shifts/address", {"verb": "revoke"})
    assert [follow(one).status_code for one in (address, second)] == [404, 404]
    assert CalendarFeed.objects.filter(revoked_at=None).count() == 0


@pytest.mark.parametrize("token", ["", "x", "%00", "я" * 40, "../../etc", "x" * 5000])
def test_a_guess_leads_nowhere(address, token):
    assert follow(f"/studio/calendar/{token}.ics").status_code == 404


def test_an_erased_member_is_followed_by_nobody(address, host):
    host.email, host.erased_at = None, timezone.now()
    host.save()
    assert follow(address).status_code == 404


def test_the_feed_is_read_by_the_same_queries_for_one_shift_and_for_three(
    address, plan, host, django_assert_num_queries
):
    plan(host=host)
    with django_assert_num_queries(2):
        assert len(read(follow(address).content)) == 1
    plan(24, host=host)
    plan(48, host=host)
    with django_assert_num_queries(2):
        assert len(read(follow(address).content)) == 3


def test_my_shifts_and_the_weeks_shifts_are_read_by_the_same_queries(plan, host, anna, noon, django_assert_num_queries):
    browser, week = signed(host), f"/studio/table/calendar/shifts?day={noon.date()}"
    slot = plan(host=host)

    def rows() -> list[int]:
        return [browser.get(path).content.decode().count('class="') > 0 for path in ("/studio/shifts/", week)]

    with django_assert_num_queries(13):
        rows()
    plan(3, host=host)
    assign_shift(slot_id=slot.pk, member=anna, role="moderator", by=anna, at=timezone.now())
    with django_assert_num_queries(13):
        rows()
    mine, all_ = (browser.get(path).content.decode() for path in ("/studio/shifts/", week))
    assert (mine.count('class="row"'), all_.count('class="cal-other"'), all_.count("Модератор")) == (2, 3, 1)
