"""Home: an invitation for a visitor, the day's table for a member."""

from __future__ import annotations

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from svoi.communities.models import Community
from svoi.members.models import Member
from svoi.shows.models import Show, WatchSample
from tests.cast import NOON, community, joins, live_show

pytestmark = pytest.mark.django_db


def words(response: object) -> str:
    return response.content.decode()  # type: ignore[attr-defined]


def test_a_visitor_reads_what_this_is_in_her_language(client: Client, table: Community) -> None:
    assert "Вещи, за\u00a0которые ручаются свои" in words(client.get("/"))
    assert "Things that our own people stand behind" in words(client.get("/", headers={"Accept-Language": "en"}))
    assert 'href="/c/table/"' in words(client.get("/"))


def test_the_show_on_air_is_seen_with_its_counted_viewers(client: Client, table: Community, anna: Member) -> None:
    show = live_show(table, anna)
    WatchSample.objects.create(show=show, at=NOON, raw=900, counted=412)
    page = words(client.get("/"))
    assert (f'href="/shows/{show.pk}/"' in page, "412" in page, "900" in page) == (True, True, False)


def test_closed_communities_and_their_shows_stay_unseen(
    client: Client, cellar: Community, anna: Member, dmitri: Member, vera: Member
) -> None:
    show = live_show(cellar, anna)
    joins(vera, cellar)
    for person, seen in ((None, False), (dmitri, False), (vera, True)):
        browser = Client()
        if person:
            browser.force_login(person)
        page = words(browser.get("/"))
        assert (f"/shows/{show.pk}/" in page, "/c/cellar/" in page) == (seen, seen)


def test_a_quiet_day_has_words_of_its_own(client: Client, vera: Member) -> None:
    client.force_login(vera)
    page = words(client.get("/"))
    assert "Пока тихо" in page
    assert "Вы\u00a0ещё нигде не\u00a0состоите" in page


@pytest.mark.parametrize("more", [1, 3])
@pytest.mark.parametrize(("signed_in", "queries"), [(False, 4), (True, 8)])
def test_home_costs_the_same_for_one_and_many(
    client: Client,
    anna: Member,
    more: int,
    signed_in: bool,
    queries: int,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    for place in range(more):
        table = community(anna, slug=f"place-{place}")
        live_show(table, anna)
        Show.objects.create(community=table, title_ru="Скоро", host=anna, starts_at=NOON)
    if signed_in:
        client.force_login(anna)
    with django_assert_num_queries(queries):
        client.get("/")
