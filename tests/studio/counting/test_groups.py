"""Found groups in the studio: who sees what, what is drawn, and the verdicts of the crew."""

from __future__ import annotations

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from svoi.communities.models import RoleGrant
from svoi.members.models import Member
from svoi.trust.models import GroupVerdict, RuleMode
from tests import cast
from tests.studio.counting.page import HOME, live, page_of, switch, verdict, words
from tests.studio.stage import signed
from tests.trust.finds import found_group
from tests.trust.village import settlers

# A refusal undoes its transaction: pages that go on reading after one need a test without a transaction round it.
pytestmark = pytest.mark.django_db(transaction=True)


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


def test_the_list_costs_the_same_for_one_and_for_three(group, table, anna, django_assert_num_queries):
    browser = signed(anna)
    browser.get(HOME)
    with CaptureQueriesContext(connection) as one:
        browser.get(HOME)
    for nth in range(2):
        found_group(table, settlers(table, 3), targets=[18 + 16 * nth, 34, 50])
    with django_assert_num_queries(len(one)):
        browser.get(HOME)
