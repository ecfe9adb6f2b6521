"""The page of an envelope and taking a share of it, as a browser does it."""

from __future__ import annotations

import re
from datetime import timedelta
from uuid import uuid4

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from svoi.communities.models import Community
from svoi.envelopes.actions import claim_share, close_envelope, hide_taker
from svoi.envelopes.models import EnvelopeShare, QuietTaker
from svoi.members.models import Member
from tests.cast import joins
from tests.envelopes.purse import balance, crowd
from tests.web.envelopes.table import ENGLISH, HTMX, browser_of, now, old_member, sent, words

pytestmark = pytest.mark.django_db


def key_of(page: object) -> str:
    found = re.search(r'name="key" value="([^"]+)"', words(page))
    assert found is not None
    return found[1]


def test_she_opens_it_and_it_is_hers(table: Community, anna: Member, vera: Member) -> None:
    envelope = sent(table, anna, greeting="К чаю")
    old_member(table, vera)
    browser, address = browser_of(vera), f"/envelopes/{envelope.reference}/"
    closed = browser.get(address)
    assert all(
        said in words(closed) for said in ("К чаю", "Открыть гостинец", "5 из 5, 100 баллов", envelope.commitment)
    )
    assert envelope.deal.seed.hex() not in words(closed)
    taken = browser.post(f"{address}shares", {"key": key_of(closed)})
    assert (taken.status_code, taken["Location"]) == (303, address)
    share = EnvelopeShare.objects.get()
    assert balance(f"points:{table.pk}:{vera.pk}") == share.amount == envelope.deal.amounts[0]
    page = words(browser.get(address))
    assert 'data-state="hers"' in page
    assert "data-opening" not in page
    assert f"4 из 5, {100 - share.amount} балл" in page


def test_htmx_gets_the_same_part_opening_once(table: Community, anna: Member, vera: Member) -> None:
    envelope = sent(table, anna, mode="equal")
    old_member(table, vera)
    browser, form = browser_of(vera), {"key": str(uuid4())}
    first = browser.post(f"/envelopes/{envelope.reference}/shares", form, headers=HTMX)
    again = browser.post(f"/envelopes/{envelope.reference}/shares", form, headers=HTMX)
    assert ("<html" in words(first), first.status_code, again.status_code) == (False, 200, 200)
    assert 'data-opening data-words="Гостинец открыт: 20 баллов."' in words(first)
    assert "data-opening" not in words(again)
    assert (EnvelopeShare.objects.count(), balance(f"points:{table.pk}:{vera.pk}")) == (1, 20)


def test_a_form_with_another_key_is_still_one_share(table: Community, anna: Member, vera: Member) -> None:
    envelope = sent(table, anna, mode="equal")
    old_member(table, vera)
    for key in (str(uuid4()), str(uuid4()), "not a key", ""):
        browser_of(vera).post(f"/envelopes/{envelope.reference}/shares", {"key": key})
    assert EnvelopeShare.objects.count() == 1


def test_it_stands_in_a_sheet_without_its_page(table: Community, anna: Member, vera: Member) -> None:
    envelope = sent(table, anna)
    page = words(browser_of(vera).get(f"/envelopes/{envelope.reference}/", headers=HTMX))
    assert (page.startswith("<svoi-envelope"), "<html" in page) == (True, False)


@pytest.mark.parametrize("path", ["", "proof/"])
def test_an_envelope_of_a_closed_community_is_not_there_for_strangers(
    client: Client, cellar: Community, anna: Member, dmitri: Member, path: str
) -> None:
    envelope = sent(cellar, anna)
    for browser in (client, browser_of(dmitri)):
        assert browser.get(f"/envelopes/{envelope.reference}/{path}").status_code == 404
        assert browser.get(f"/envelopes/{uuid4()}/{path}").status_code == 404
        assert browser.post(f"/envelopes/{envelope.reference}/shares", {"key": str(uuid4())}).status_code == 404
    assert EnvelopeShare.objects.count() == 0


def test_a_visitor_is_asked_in_and_a_stranger_to_join(client: Client, table: Community, anna: Member, dmitri) -> None:
    envelope = sent(table, anna)
    address = f"/envelopes/{envelope.reference}/"
    assert f'href="/sign-in?next=%2Fenvelopes%2F{envelope.reference}%2F"' in words(client.get(address))
    to_sign_in = client.post(f"{address}shares", {"key": str(uuid4())})
    assert to_sign_in["Location"] == f"/sign-in?next=%2Fenvelopes%2F{envelope.reference}%2F"
    assert 'action="/c/table/memberships"' in words(browser_of(dmitri).get(address))
    refused = browser_of(dmitri).post(f"{address}shares", {"key": str(uuid4())})
    assert (refused.status_code, 'data-refused="not_one_of_us"' in words(refused)) == (403, True)


def test_names_are_for_members_and_quiet_takers_have_none(
    client: Client, table: Community, anna: Member, boris: Member, vera: Member
) -> None:
    envelope = sent(table, anna)
    old_member(table, boris, vera)
    for person in (boris, vera):
        claim_share(envelope_id=envelope.pk, member_id=person.pk, key=uuid4(), at=now())
    hide_taker(member=boris, at=now())
    page = words(browser_of(vera).get(f"/envelopes/{envelope.reference}/"))
    assert ("кто-то из своих" in page, "Boris" in page, "Vera" in page) == (True, False, True)
    outside = words(client.get(f"/envelopes/{envelope.reference}/"))
    assert ("Vera" in outside, "Имена видят участники" in outside) == (False, True)


def test_the_luckiest_is_shown_at_the_end_and_invited_to_send(
    table: Community, anna: Member, boris: Member, vera: Member
) -> None:
    envelope = sent(table, anna, shares=2)
    old_member(table, boris, vera)
    first, second = [
        claim_share(envelope_id=envelope.pk, member_id=one.pk, key=uuid4(), at=now()) for one in (boris, vera)
    ]
    lucky, other = (boris, vera) if first.amount >= second.amount else (vera, boris)
    address = f"/envelopes/{envelope.reference}/"
    page, others = words(browser_of(lucky).get(address)), words(browser_of(other).get(address))
    assert ("Отправить следующий" in page, "Отправить следующий" in others) == (True, False)
    assert (page.count("больше всех"), envelope.deal.seed.hex() in page) == (1, True)


def test_who_came_too_late_is_told_kindly(table: Community, anna: Member, boris: Member, vera: Member) -> None:
    envelope = sent(table, anna, shares=1)
    old_member(table, boris, vera)
    claim_share(envelope_id=envelope.pk, member_id=boris.pk, key=uuid4(), at=now())
    for answer in (
        browser_of(vera).get(f"/envelopes/{envelope.reference}/"),
        browser_of(vera).post(f"/envelopes/{envelope.reference}/shares", {"key": str(uuid4())}, headers=HTMX),
    ):
        assert 'data-state="empty"' in words(answer)
        assert "В этот раз они достались другим. Вы ничего не потеряли, и будут ещё." in words(answer)
        assert "data-refused" not in words(answer)
    assert answer.status_code == 410


def test_after_its_time_the_rest_is_back_and_the_page_says_so(table: Community, anna: Member, vera: Member) -> None:
    envelope = sent(table, anna, at=now() - timedelta(days=2))
    old_member(table, vera)
    page = words(browser_of(vera).get(f"/envelopes/{envelope.reference}/"))
    assert 'data-state="over"' in page
    close_envelope(envelope_id=envelope.pk, at=now())
    page = words(browser_of(vera).get(f"/envelopes/{envelope.reference}/"))
    assert ("<dt>Вернулось</dt><dd>100 баллов</dd>" in page, envelope.deal.seed.hex() in page) == (True, True)


def test_an_envelope_for_others_says_so_before_she_tries(table: Community, anna: Member, boris, vera) -> None:
    old_member(table, boris, vera)
    envelope = sent(table, anna, mode="addressed", guests=[boris.pk])
    assert 'data-state="others"' in words(browser_of(vera).get(f"/envelopes/{envelope.reference}/"))
    assert 'data-state="closed"' in words(browser_of(boris).get(f"/envelopes/{envelope.reference}/"))


@pytest.mark.parametrize(
    ("newcomer", "code", "russian", "english"),
    [
        (True, "too_new_to_take", "Вы с нами ещё недолго", "You are with us not long enough yet"),
        (False, "taken_too_soon", "Слишком быстро", "Too fast"),
    ],
)
def test_a_refusal_stands_over_the_envelope_in_both_languages(
    table: Community, anna: Member, vera: Member, newcomer: bool, code: str, russian: str, english: str
) -> None:
    envelope = sent(table, anna)
    if newcomer:
        joins(vera, table)
    else:
        old_member(table, vera)
        claim_share(envelope_id=sent(table, anna).pk, member_id=vera.pk, key=uuid4(), at=now())
    before = EnvelopeShare.objects.count()
    for language, said in (("ru", russian), ("en", english)):
        Member.objects.filter(pk=vera.pk).update(language=language)
        answer = browser_of(vera).post(f"/envelopes/{envelope.reference}/shares", {"key": str(uuid4())}, headers=HTMX)
        assert (f'data-refused="{code}"' in words(answer), said in words(answer)) == (True, True)
        assert answer.status_code == (403 if newcomer else 429)
    assert EnvelopeShare.objects.count() == before


def test_one_share_or_three_are_read_by_as_many_queries(
    table: Community, anna: Member, vera: Member, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    envelope, people = sent(table, anna), crowd(table, 3)
    old_member(table, vera)
    browser = browser_of(vera)
    for more in (people[:1], people[1:]):
        for one in more:
            claim_share(envelope_id=envelope.pk, member_id=one.pk, key=uuid4(), at=now())
        with django_assert_num_queries(8):
            browser.get(f"/envelopes/{envelope.reference}/")


def test_she_chooses_not_to_be_named_and_back(vera: Member) -> None:
    browser = browser_of(vera)
    assert "Участники видят ваше имя" in words(browser.get("/me"))
    assert browser.post("/me/quiet", {"quiet": "on"})["Location"] == "/me#my-envelopes"
    assert (QuietTaker.objects.filter(member=vera).count(), "Снова называть меня" in words(browser.get("/me"))) == (
        1,
        True,
    )
    browser.post("/me/quiet")
    assert QuietTaker.objects.count() == 0


def test_a_visitor_has_nothing_to_choose(client: Client) -> None:
    assert client.post("/me/quiet", {"quiet": "on"})["Location"] == "/sign-in?next=%2Fme"


def test_the_list_has_open_ones_first(
    client: Client, table: Community, anna: Member, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    assert "Гостинцев пока нет" in words(client.get("/c/table/envelopes/"))
    sent(table, anna, greeting="old", at=now() - timedelta(days=3))
    sent(table, anna, greeting="fresh")
    with django_assert_num_queries(3):
        page = words(client.get("/c/table/envelopes/"))
    assert page.index("Открыты сейчас") < page.index("fresh") < page.index("Прошедшие") < page.index(">old<")
    for _ in range(3):
        sent(table, anna)
        sent(table, anna, at=now() - timedelta(days=3))
    with django_assert_num_queries(3):
        client.get("/c/table/envelopes/", headers=ENGLISH)


def test_past_ones_go_on_page_by_page(client: Client, table: Community, anna: Member) -> None:
    for number in range(21):
        sent(table, anna, greeting=f"g{number:02}", at=now() - timedelta(days=3))
    page = words(client.get("/c/table/envelopes/"))
    more = re.search(r"\?before=(\d+)", page)
    assert more is not None
    later = words(client.get(f"/c/table/envelopes/?before={more[1]}"))
    assert ("g00" in page, "g01" in page, "g00" in later, "g01" in later) == (False, True, True, False)


@pytest.mark.parametrize("path", ["", "rules/", "new/"])
def test_lists_of_a_closed_community_are_not_there_for_strangers(
    client: Client, cellar: Community, dmitri: Member, path: str
) -> None:
    for browser in (client, browser_of(dmitri)):
        assert browser.get(f"/c/cellar/envelopes/{path}").status_code == 404


def test_the_rules_are_read_by_anybody_from_the_limits(client: Client, table: Community, anna: Member) -> None:
    page = words(client.get("/c/table/envelopes/rules/"))
    for said in (
        "7 дней или дольше",
        "5 долей на человека",
        "10 секунд",
        "24 часа",
        "30 дней",
        "5 000 баллов из своих",
    ):
        assert said in page
    assert ("Anna" in page, "не деньги" in page) == (True, True)
