"""Counting in force or switched off, and the shows it counted."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from svoi.communities.models import Community
from svoi.members.models import Member
from svoi.shows.models import Recount, Show, WatchSample
from svoi.trust.models import RuleMode
from tests import cast
from tests.cast import NOON
from tests.studio.counting.page import HOME, switch, words
from tests.studio.stage import signed

# A refusal undoes its transaction: pages that go on reading after one need a test without a transaction round it.
pytestmark = pytest.mark.django_db(transaction=True)


def test_an_owner_switches_off_at_once_and_the_page_remembers(table, anna):
    browser, told = signed(anna), switch()
    for _ in range(2):
        assert browser.post(f"{HOME}modes", told)["Location"] == HOME
    assert [(one.rule, one.mode, one.by, one.why) for one in RuleMode.objects.all()] == [
        ("groups", "off", anna, "Проверяем")
    ]
    page = words(browser.get(HOME))
    for said in ("Выключено", "Проверяем", "Поставить в тень", "Правило переключено"):
        assert said in page


@pytest.mark.parametrize(
    ("changes", "status", "said"),
    [
        ({"mode": "live"}, 409, "Правило пробыло в тени недостаточно"),
        ({"mode": "shadow"}, 409, "Правило уже в этом режиме"),
        ({"rule": "room_habit", "mode": "live"}, 409, "За этим правилом только наблюдают"),
        ({"why": ""}, 422, "Скажите почему"),
        ({"mode": "harsh"}, 422, "Ничего не изменено."),
        ({"rule": "price"}, 422, "Ничего не изменено."),
        ({"key": ""}, 422, "Ничего не изменено."),
    ],
)
def test_a_switch_that_may_not_be_is_refused_in_words(table, anna, changes, status, said):
    answer = signed(anna).post(f"{HOME}modes", switch(**changes))
    assert (answer.status_code, said in words(answer)) == (status, True)
    assert RuleMode.objects.count() == 0


def ended(table: Community, anna: Member, title: str = "Эфир") -> Show:
    """A show with a farm of twelve in it; somebody beyond the habit for a moment, and messages of a timer."""
    show = cast.live_show(table, anna)
    reasons = {"viewers": {"shared_device": 12}, "reactions": {"metronome": 1}, "messages": {"metronome": 2}}
    shown = {"present": 20, "weighed": 14, "reactions_raw": 90, "reactions_counted": 80, "mode": "live"}
    shown |= {"messages_raw": 31, "messages_counted": 29, "reasons": reasons}
    for minute, (raw, counted, excess) in enumerate([(22, 14, None), (21, 13, 40 - 27)]):
        at = NOON + timedelta(minutes=minute)
        WatchSample.objects.create(show=show, at=at, raw=raw, counted=counted, excess=excess, **shown)
    Show.objects.filter(pk=show.pk).update(title_ru=title, ended_at=NOON + timedelta(hours=1))
    return show


def test_the_latest_shows_stand_there_raw_and_counted_with_the_reasons(table, anna, keeper, cellar):
    ended(table, anna)
    ended(cellar, anna, "Чужой эфир")
    for person in (anna, keeper):
        page = words(signed(person).get(HOME))
        found = re.findall(
            r'count-number figures">(\d+)</span> <span[^>]*>всего&nbsp;<span class="figures">(\d+)<', page
        )
        assert found == [("14", "22"), ("80", "90"), ("29", "31")]
        reasons = re.findall(r'<b class="figures">(\d+)</b> (.*?)</li>', page)
        assert [number for number, _ in reasons] == ["12", "13", "1", "2"]
        assert ("устройств" in reasons[0][1], "только наблюдение" in reasons[1][1]) == (True, True)
        assert "Чужой эфир" not in page


def test_the_log_tells_how_a_show_was_counted_anew(table, anna):
    show = ended(table, anna)
    told = {"version": 1, "viewers_raw": 30, "viewers_counted": 20, "peak_raw": 22, "peak_counted": 22}
    told |= {"reactions_raw": 90, "reactions_counted": 90, "messages_raw": 31, "messages_counted": 31}
    for minute, (is_dry, why) in enumerate([(True, "after the end"), (False, "Правило ошиблось")]):
        Recount.objects.create(
            show=show,
            at=NOON + timedelta(hours=2, minutes=minute),
            why=why,
            is_dry=is_dry,
            limits={},
            reasons={},
            **told,
        )
    page = words(signed(anna).get(HOME))
    log = page[page.index("Как пересчитывали эфиры") :]
    assert (log.index("Правило ошиблось") < log.index("после конца эфира"), "20 из 30" in log, "пробный" in log) == (
        True, True, True,
    )  # fmt: skip
    # What is shown follows the one that holds: everything is given back.
    assert re.findall(r'count-number figures">(\d+)<', page) == ["22", "90", "31"]
    assert "пересчитан" in page


def test_many_shows_cost_no_more_queries_than_one(table, anna):
    browser = signed(anna)
    ended(table, anna)
    browser.get(HOME)
    with CaptureQueriesContext(connection) as one:
        browser.get(HOME)
    for _ in range(3):
        ended(table, anna)
    with CaptureQueriesContext(connection) as many:
        assert words(browser.get(HOME)).count("count-pairs") == 4
    assert len(many) == len(one)


def test_after_its_days_it_can_be_put_in_force(table, anna):
    assert 'value="live"' not in words(signed(anna).get(HOME))
    Community.objects.filter(pk=table.pk).update(founded_at=timezone.now() - timedelta(days=15))
    assert 'value="live"' in words(signed(anna).get(HOME))
    signed(anna).post(f"{HOME}modes", switch(mode="live"))
    assert RuleMode.objects.get().mode == "live"
