"""A poll in the room: by plain forms, by script, for members only; strangers to a closed community find nothing."""

from __future__ import annotations

import re
from datetime import timedelta
from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone

from svoi.control.actions.polling import arm_poll, close_poll, fire_poll
from svoi.control.models import Poll, PollVote
from svoi.control.rules.polls import Wish
from svoi.shows.models import Show
from tests import cast
from tests.studio.stage import signed

pytestmark = pytest.mark.django_db(transaction=True)
WISH = Wish("Какой?", "Which?", (("<b>Синий</b>", "Blue"), ("Белый", "White")), 60)
PART = {"X-Part": "poll"}


@pytest.fixture
def show(table, anna) -> Show:
    return cast.live_show(table, anna, cast.product(table))


@pytest.fixture
def poll(show, anna) -> Poll:
    at = timezone.now()
    asked = arm_poll(show_id=show.pk, wish=WISH, by=anna, key=uuid4(), at=at)
    return fire_poll(show_id=show.pk, poll_id=asked.pk, seen="armed", by=anna, at=at)


def votes(browser: Client, poll: Poll, place: object = 1, **headers: str):
    return browser.post(f"/polls/{poll.pk}/votes", {"place": place}, headers=headers)


def words(answer) -> str:
    return re.sub(r"\s+", " ", answer.content.decode())


def test_a_member_votes_by_a_plain_form_and_comes_back_to_the_room(show, table, vera, poll):
    browser = signed(cast.joins(vera, table))
    page = words(browser.get(f"/shows/{show.pk}/"))
    assert (page.count('type="radio"'), "&lt;b&gt;Синий&lt;/b&gt;" in page, "<b>Синий" in page) == (2, True, False)
    answer = votes(browser, poll)
    assert (answer.status_code, answer["Location"]) == (302, f"/shows/{show.pk}/")
    assert list(PollVote.objects.values_list("member_id", "place")) == [(vera.pk, 1)]
    after = words(browser.get(f"/shows/{show.pk}/"))
    assert ('type="radio"' in after, after.count("data-mine>")) == (False, 1)


def test_by_script_she_gets_the_results_and_a_second_choice_is_refused_in_words(show, table, vera, poll):
    browser = signed(cast.joins(vera, table))
    assert votes(browser, poll, 1, **PART).status_code == 200
    refused = votes(browser, poll, 0, **PART)
    assert (refused.status_code, 'role="alert"' in words(refused)) == (409, True)
    assert list(PollVote.objects.values_list("place", flat=True)) == [1]


@pytest.mark.parametrize("place", ["", "2", "-1", "one", "9" * 30, "1.0"])
def test_a_place_that_is_none_is_refused(table, vera, poll, place):
    assert votes(signed(cast.joins(vera, table)), poll, place).status_code == 422
    assert PollVote.objects.count() == 0


def test_a_stranger_is_told_why_not_and_a_guest_signs_in_first(show, dmitri, poll):
    page = words(signed(dmitri).get(f"/shows/{show.pk}/"))
    assert ('type="radio"' in page, "Здесь голосуют участники сообщества" in page.replace("\xa0", " ")) == (False, True)
    assert votes(signed(dmitri), poll).status_code == 403
    guest = votes(Client(), poll)
    assert (guest.status_code, guest["Location"]) == (303, f"/sign-in?next=%2Fshows%2F{show.pk}%2F")
    assert PollVote.objects.count() == 0


def test_a_poll_of_a_closed_community_is_not_there_for_strangers(cellar, anna, dmitri):
    show, at = cast.live_show(cellar, anna), timezone.now()
    asked = arm_poll(show_id=show.pk, wish=WISH, by=anna, key=uuid4(), at=at)
    fire_poll(show_id=show.pk, poll_id=asked.pk, seen="armed", by=anna, at=at)
    for browser in (Client(), signed(dmitri)):
        assert [votes(browser, asked).status_code, browser.get(f"/shows/{show.pk}/poll").status_code] == [404, 404]


def test_a_poll_that_was_only_written_is_not_there(show, table, anna, vera):
    asked = arm_poll(show_id=show.pk, wish=WISH, by=anna, key=uuid4(), at=timezone.now())
    browser = signed(cast.joins(vera, table))
    assert votes(browser, asked).status_code == 404
    assert "Какой?" not in words(browser.get(f"/shows/{show.pk}/")) + words(browser.get(f"/shows/{show.pk}/room.json"))


def test_results_stay_in_the_replay(show, table, anna, vera, poll):
    votes(signed(cast.joins(vera, table)), poll)
    close_poll(show_id=show.pk, poll_id=poll.pk, seen="open", by=anna, at=timezone.now())
    Show.objects.filter(pk=show.pk).update(ended_at=timezone.now() + timedelta(seconds=1))
    page = words(Client().get(f"/shows/{show.pk}/"))
    assert re.findall(r'poll-words"><bdi>(.*?)</bdi>.*?figures">(\d+)<', page) == [
        ("&lt;b&gt;Синий&lt;/b&gt;", "0"), ("Белый", "1"),
    ]  # fmt: skip
    assert votes(signed(anna), poll).status_code == 409


def test_other_methods_are_refused(anna, show, poll):
    browser = signed(anna)
    assert [browser.get(f"/polls/{poll.pk}/votes").status_code, browser.post(f"/shows/{show.pk}/poll").status_code] == [
        405,
        405,
    ]
