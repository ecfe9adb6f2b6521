"""«Remind me» on the page of a show to come: asked, shown, taken back, and the letter that comes once."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone

from svoi.consequences import carry_out
from svoi.db.models import OutboxEvent
from svoi.letters.models import Letter
from svoi.planning.actions.reminding import ring_reminders
from svoi.planning.models import Reminder
from svoi.shows.actions.scheduling import call_off_show
from svoi.shows.models import Show
from tests import cast


@pytest.fixture
def show(table, anna) -> Show:
    starts_at = timezone.now().replace(microsecond=0) + timedelta(days=2)
    return Show.objects.create(community=table, host=anna, title_ru="Эфир", title_en="A show", starts_at=starts_at)


@pytest.fixture
def browser(vera) -> Client:
    signed = Client()
    signed.force_login(vera)
    return signed


def ask(browser: Client, show: Show, **fields: str):
    return browser.post(f"/shows/{show.pk}/reminder", fields)


def ring(show: Show) -> int:
    return ring_reminders(at=show.starts_at - timedelta(minutes=15))


def deliver(event: OutboxEvent, *, at) -> bool:
    return carry_out(event_id=event.pk, kind=event.kind, name="write letter", payload=event.payload, at=at)


def test_a_member_asks_sees_it_and_takes_it_back(browser, show, vera):
    assert ask(browser, show, ahead_min="15")["Location"] == f"/shows/{show.pk}/"
    assert list(Reminder.objects.values_list("show", "member", "ahead_min")) == [(show.pk, vera.pk, 15)]
    page = browser.get(f"/shows/{show.pk}/").content.decode()
    assert ('value="recall"' in page, 'name="ahead_min"' in page) == (True, False)
    ask(browser, show, verb="recall")
    page = browser.get(f"/shows/{show.pk}/").content.decode()
    assert ('value="recall"' in page, 'name="ahead_min"' in page) == (False, True)
    assert Reminder.objects.get().recalled_at is not None


def test_only_times_that_are_still_ahead_are_offered(browser, show):
    Show.objects.filter(pk=show.pk).update(starts_at=timezone.now() + timedelta(minutes=20))
    page = browser.get(f"/shows/{show.pk}/").content.decode()
    assert [minutes for minutes in (5, 15, 30, 60) if f'<option value="{minutes}"' in page] == [5, 15]


@pytest.mark.parametrize("ahead_min", ["", "7", "-5", "1e3", "15\x00", "٥", "9" * 30])
@pytest.mark.django_db(transaction=True)
def test_what_is_not_offered_is_not_kept(browser, show, ahead_min):
    assert ask(browser, show, ahead_min=ahead_min).status_code == 302
    assert Reminder.objects.count() == 0


def test_a_stranger_to_a_closed_community_finds_nothing_and_a_visitor_signs_in(cellar, anna, browser, show):
    closed = Show.objects.create(community=cellar, host=anna, title_ru="Тихо", starts_at=show.starts_at)
    assert ask(browser, closed, ahead_min="15").status_code == 404
    visitor = Client().post(f"/shows/{show.pk}/reminder", {"ahead_min": "15"})
    assert (visitor.status_code, visitor["Location"]) == (302, f"/sign-in?next=/shows/{show.pk}/")
    assert (browser.get(f"/shows/{show.pk}/reminder").status_code, Reminder.objects.count()) == (405, 0)


def test_somebody_without_an_address_is_offered_the_file_alone(show):
    person = cast.Member.objects.create(name="Нина", phone="+79990000000")
    phone = Client()
    phone.force_login(person)
    page = phone.get(f"/shows/{show.pk}/").content.decode()
    assert ("/reminder" in page, "/calendar.ics" in page) == (False, True)


def test_the_letter_comes_once(browser, show, vera, settings):
    settings.MAIL_URL = "smtp://mail.example"
    ask(browser, show, ahead_min="15")
    assert (ring(show), ring(show)) == (1, 0)
    event = OutboxEvent.objects.get(kind="reminder_rang")
    at = show.starts_at - timedelta(minutes=15)
    assert [deliver(event, at=at) for _ in range(2)] == [True, False]
    letter = Letter.objects.get()
    assert (letter.member, letter.kind, letter.subject) == (vera, "reminder_rang", f"show:{show.pk}")
    assert letter.title == "Скоро в эфире: Эфир"
    assert f"/shows/{show.pk}/" in letter.text
    assert ("Итого" in letter.text, "заказ" in letter.text) == (False, False)
    assert [sent.subject for sent in mail.outbox] == [letter.title]
    assert ask(browser, show, ahead_min="5").status_code == 302
    assert ring_reminders(at=show.starts_at - timedelta(minutes=5)) == 0


def test_no_letter_about_a_show_that_was_called_off_meanwhile(browser, show):
    ask(browser, show, ahead_min="15")
    ring(show)
    call_off_show(show_id=show.pk, at=timezone.now())
    deliver(OutboxEvent.objects.get(kind="reminder_rang"), at=show.starts_at)
    assert Letter.objects.count() == 0
    assert browser.get(f"/shows/{show.pk}/").status_code == 404
