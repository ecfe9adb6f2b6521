"""Honest counting in the studio: who sees what, what is drawn, and what the crew may say."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from svoi.communities.models import Community, RoleGrant
from svoi.members.models import Member
from svoi.shows.models import Recount, Show, WatchSample
from svoi.trust.models import FoundGroup, GroupVerdict, RuleMode
from svoi.trust.rules import target_number
from tests import cast
from tests.cast import NOON
from tests.studio.stage import signed
from tests.trust.finds import found_group
from tests.trust.village import Village, key_of, settlers, village

# A refusal undoes its transaction: pages that go on reading after one need a test without a transaction round it.
pytestmark = pytest.mark.django_db(transaction=True)
HOME = "/studio/table/honest-count/"


def words(answer: Any) -> str:
    return " ".join(answer.content.decode().replace("\u00a0", " ").replace("\u202f", " ").split())


@pytest.fixture
def place(table: Community) -> Village:
    return village(table, people=0, goods=3)


@pytest.fixture
def group(table: Community, place: Village) -> FoundGroup:
    """Three accounts that ordered three things, the last of them one thing less."""
    people = settlers(table, 3, name="Zinaida")
    for nth, one in enumerate(people):
        for minute, variant in enumerate(place.variants[: 3 if nth < 2 else 2]):
            place.buys(one, variant, NOON - timedelta(hours=2, minutes=-10 * minute - nth), paid_after_s=None)
    place.write()
    return found_group(table, people, targets=[target_number("product", one.product_id) for one in place.variants])


def page_of(group: FoundGroup) -> str:
    return f"{HOME}groups/{group.pk}/"


def verdict(**changes: str) -> dict[str, str]:
    return {"verdict": "dismissed", "reason": "Это кружок", "key": str(uuid4()), **changes}


def switch(**changes: str) -> dict[str, str]:
    return {"rule": "groups", "mode": "off", "why": "Проверяем", "key": str(uuid4()), **changes}


def live(table: Community, anna: Member) -> None:
    RuleMode.objects.create(community=table, rule="groups", mode="live", by=anna, why="x", key=key_of(7), at=NOON)


def test_the_studio_leads_there(anna, keeper, table):
    for person in (anna, keeper):
        assert f'href="{HOME}"' in words(signed(person).get("/studio/"))
    RoleGrant.objects.filter(member=keeper).update(role="host")
    assert f'href="{HOME}"' not in words(signed(keeper).get("/studio/"))


def test_before_anything_was_found(anna, table):
    page = words(signed(anna).get(HOME))
    for said in ("Честный счёт", "Вес зрителей эфира", "Поиск групп", "В тени", "Групп нет", "Поиска ещё не было."):
        assert said in page
    assert "Выключить сразу" in page


def test_strangers_and_plain_members_find_nothing(group, table, anna, vera, dmitri, gleb):
    cast.joins(vera, table)
    cast.joins(dmitri, table, "producer")
    cast.community(gleb, slug="lair")
    for person in (vera, dmitri, gleb):
        browser = signed(person)
        for path in (HOME, page_of(group)):
            assert browser.get(path).status_code == 404
        assert browser.post(f"{page_of(group)}verdicts", verdict()).status_code == 404
        assert browser.post(f"{HOME}modes", switch()).status_code == 404
        # Nor through a community of one's own.
        assert browser.get(page_of(group).replace("table", "lair")).status_code == 404
    for path in (HOME, page_of(group)):
        assert Client().get(path).status_code == 302
    assert (GroupVerdict.objects.count(), RuleMode.objects.count()) == (0, 0)


@pytest.mark.parametrize("number", ["0", "999999", "9" * 30])
def test_a_number_that_is_no_group_is_not_found(group, anna, number):
    browser = signed(anna)
    assert browser.get(f"{HOME}groups/{number}/").status_code == 404
    assert browser.post(f"{HOME}groups/{number}/verdicts", verdict()).status_code == 404


def test_the_same_key_at_another_group_is_another_verdict(group, anna, table):
    other = found_group(table, settlers(table, 3), targets=[18, 34, 50])
    browser, told = signed(anna), verdict()
    for one in (group, other, group):
        browser.post(f"{page_of(one)}verdicts", told)
    assert list(GroupVerdict.objects.order_by("pk").values_list("group_id", flat=True)) == [group.pk, other.pk]


def test_in_shadow_a_moderator_sees_the_rules_and_no_group(group, table, anna, keeper):
    browser = signed(keeper)
    page = words(browser.get(HOME))
    assert ("показано владельцу" in page, "найденное видит только владелец" in page) == (False, True)
    assert (page_of(group) in page, "Переключить" in page) == (False, False)
    assert browser.get(page_of(group)).status_code == 404
    assert browser.post(f"{page_of(group)}verdicts", verdict()).status_code == 404
    assert browser.post(f"{HOME}modes", switch()).status_code == 404
    live(table, anna)
    assert browser.get(page_of(group)).status_code == 200
    assert page_of(group) in words(browser.get(HOME))
    assert (GroupVerdict.objects.count(), RuleMode.objects.count()) == (0, 1)


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("ru", ("3 аккаунта, 3 товара", "Кто с кем", "Товар 1", "3 из 3", "2 из 3", "Ожидалось", "0,3",
                "со всеми остальными", "заказывает", "Из 2 500 групп", "то, что аккаунт новый",
                "Дальше помехи без человека ничего не происходит", "санкций в доме пока нет")),
        ("en", ("3 accounts, 3 products", "Who with whom", "Thing 1", "3 of 3", "2 of 3", "Expected", "0.3",
                "with all the others", "ordered", "Of 2 500 groups", "that an account is new",
                "Nothing beyond friction happens without a person", "there is no sanction in the house yet")),
    ],
)  # fmt: skip
def test_a_group_is_explained_without_names(group, anna, language, said):
    Member.objects.filter(pk=anna.pk).update(language=language)
    page = words(signed(anna).get(page_of(group)))
    assert [one for one in said if one not in page] == []
    assert "Zinaida" not in page
    assert [pk for pk in group.members.values_list("member_id", flat=True) if f'"{pk}"' in page] == []


def test_the_drawing_has_a_mark_for_each_deed_and_breaks_no_policy(group, anna):
    answer = signed(anna).get(page_of(group))
    svg = re.search(r"<svg class=\"count-drawing\".*?</svg>", answer.content.decode(), re.DOTALL)[0]
    assert len(re.findall("<use ", svg)) == 8
    assert len(set(re.findall('<use href="#(mark-[^"]+)"', svg))) == 3
    assert ("<title" in svg, "<desc" in svg, 'role="img"' in svg) == (True, True, True)
    # Numbers in a drawing never have a comma, whatever the language.
    assert re.findall(r'(?:x|y|x1|x2|y1|y2|height)="[^"]*,[^"]*"', svg) == []
    page = answer.content.decode()
    assert re.findall(r'<[^>]* style="', page) == []
    assert [one for one in re.findall(r"<script(?![^>]* src=)[^>]*>", page) if "nonce" not in one] == []


def test_the_table_says_the_same_as_the_drawing(group, anna):
    page = words(signed(anna).get(page_of(group)))
    assert page.count("<td>заказывает</td>") == 8


def test_a_verdict_is_given_once_and_another_may_follow(group, anna, table):
    browser, told = signed(anna), verdict()
    for _ in range(2):
        assert browser.post(f"{page_of(group)}verdicts", told)["Location"] == page_of(group)
    assert GroupVerdict.objects.count() == 1
    page = words(browser.get(page_of(group)))
    assert ("Ваше слово записано." in page, "Это кружок" in page, "Отклонена" in page) == (True, True, True)
    again = browser.post(f"{page_of(group)}verdicts", verdict())
    assert (again.status_code, "Последнее слово об этой группе такое же" in words(again)) == (409, True)
    browser.post(f"{page_of(group)}verdicts", verdict(verdict="confirmed"))
    assert list(GroupVerdict.objects.order_by("pk").values_list("verdict", flat=True)) == ["dismissed", "confirmed"]
    assert "Подтверждена" in words(browser.get(HOME))


@pytest.mark.parametrize(
    ("changes", "status", "said"),
    [
        ({"reason": " "}, 422, "Скажите почему"),
        ({"reason": "я" * 501}, 422, "Причина слишком длинная"),
        ({"verdict": "punish"}, 422, "Ничего не изменено. Откройте страницу заново."),
        ({"verdict": ""}, 422, "Ничего не изменено."),
        ({"key": "1"}, 422, "Ничего не изменено."),
        ({"reason": "\0"}, 422, "Скажите почему"),
    ],
)
def test_a_broken_verdict_is_refused_in_words(group, anna, changes, status, said):
    answer = signed(anna).post(f"{page_of(group)}verdicts", verdict(**changes))
    assert (answer.status_code, said in words(answer), 'role="alert"' in words(answer)) == (status, True, True)
    assert GroupVerdict.objects.count() == 0


def test_what_was_typed_is_kept_and_escaped(group, anna):
    typed = "</textarea><script>alert(1)</script>" + "я" * 500
    page = signed(anna).post(f"{page_of(group)}verdicts", verdict(reason=typed)).content.decode()
    assert ("<script>alert" in page, "&lt;/textarea&gt;&lt;script&gt;alert" in page) == (False, True)


def test_nobody_rules_in_her_own_case(group, table, anna):
    live(table, anna)
    accused = Member.objects.get(pk=group.members.first().member_id)
    RoleGrant.objects.create(community=table, member=accused, role="moderator")
    browser = signed(accused)
    page = words(browser.get(page_of(group)))
    assert ("ваш собственный аккаунт" in page, 'name="verdict"' in page) == (True, False)
    answer = browser.post(f"{page_of(group)}verdicts", verdict())
    assert (answer.status_code, "Это ваше собственное дело" in words(answer)) == (403, True)
    assert GroupVerdict.objects.count() == 0


def test_a_group_that_grew_brings_what_was_said_before(group, table, anna, place):
    signed(anna).post(f"{page_of(group)}verdicts", verdict())
    people = [row.member for row in group.members.select_related("member")]
    grown = found_group(table, [*people, *settlers(table, 1)], targets=group.targets, grown_from=group)
    page = words(signed(anna).get(page_of(grown)))
    assert ("О группе в её прежнем виде:" in page, "Это кружок" in page) == (True, True)
    assert (page_of(grown) in (home := words(signed(anna).get(HOME))), page_of(group) in home) == (True, False)


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


def test_the_list_costs_the_same_for_one_and_for_three(group, table, anna, django_assert_num_queries):
    browser = signed(anna)
    browser.get(HOME)
    with CaptureQueriesContext(connection) as one:
        browser.get(HOME)
    for nth in range(2):
        found_group(table, settlers(table, 3), targets=[18 + 16 * nth, 34, 50])
    with django_assert_num_queries(len(one)):
        browser.get(HOME)
