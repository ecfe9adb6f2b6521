"""The shelf of a shop: the aisles among it, and searching it with hostile questions."""

from __future__ import annotations

import re
from html import unescape

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from svoi.catalog.actions import refresh_search
from svoi.catalog.models import Category
from svoi.catalog.queries.shelves import PAGE_CARDS
from svoi.communities.models import Community
from svoi.members.models import Member
from tests.cast import product
from tests.catalog.feeds import document, offer, take_in
from tests.web.products.page import words


@pytest.mark.django_db
class TestAisles:
    """The way among the shelves."""

    @pytest.fixture
    def shop(self, table: Community) -> dict[str, Category]:
        """Everything is under one shelf: clay with mugs and bowls below it, and linen."""
        made: dict[str, Category] = {}
        for name, parent in (("all", ""), ("clay", "all"), ("linen", "all"), ("mugs", "clay"), ("bowls", "clay")):
            made[name] = Category.objects.create(community=table, external_id=name, name=name, parent=made.get(parent))
        for shelf in ("mugs", "bowls", "linen"):
            thing = product(table, name=f"a thing of {shelf}").product
            thing.category = made[shelf]
            thing.save()
        return made

    @pytest.mark.parametrize(
        ("standing", "ways", "things"),
        [
            ("", ["clay", "linen"], ["mugs", "bowls", "linen"]),
            ("all", ["clay", "linen"], ["mugs", "bowls", "linen"]),
            ("clay", ["clay", "mugs", "bowls"], ["mugs", "bowls"]),
            ("mugs", ["clay", "mugs", "bowls"], ["mugs"]),
            ("linen", ["clay", "linen"], ["linen"]),
        ],
    )
    def test_a_shelf_shows_what_is_on_it_and_the_ways_on(
        self, client: Client, shop: dict[str, Category], standing: str, ways: list[str], things: list[str]
    ) -> None:
        page = words(client.get("/c/table/products/", {"category": shop[standing].pk} if standing else {}))
        assert re.findall(r"chip-link.*?<span>(\w+)</span>", page) == ["Всё", *ways]
        assert re.findall(r"a thing of (\w+)</a>", page) == things

    def test_another_shop_s_shelf_is_empty_here(
        self, client: Client, shop: dict[str, Category], cellar: Community
    ) -> None:
        strange = Category.objects.create(community=cellar, external_id="1", name="secret")
        page = client.get("/c/table/products/", {"category": strange.pk})
        assert (page.status_code, "secret" in words(page)) == (200, False)


@pytest.mark.django_db
class TestSearching:
    """The box on the shelf."""

    @pytest.fixture
    def shop(self, table: Community) -> Community:
        take_in(
            table,
            document(
                offer("mug", name="Кружка глиняная", price=1490),
                offer("bowl", name="Миска глиняная", price=990, categoryId=1),
            ),
        )
        refresh_search(community_id=table.pk)
        return table

    def found(self, client: Client, **asked: object) -> tuple[list[str], str]:
        page = words(client.get("/c/table/products/", asked))
        return re.findall(r'thing-name two-lines"[^>]*>([^<]+)</a>', page), page

    @pytest.mark.parametrize(
        ("asked", "names"),
        [
            ({"q": "кружки"}, ["Кружка глиняная"]),
            ({"q": "глина"}, []),
            ({"q": "глиняные", "to": 1000}, ["Миска глиняная"]),
            ({"from": 1000}, ["Кружка глиняная"]),
            ({"sort": "cheap"}, ["Миска глиняная", "Кружка глиняная"]),
            ({"q": "", "from": "", "to": "", "sort": "best"}, ["Кружка глиняная", "Миска глиняная"]),
        ],
    )
    def test_it_finds(self, client: Client, shop: Community, asked: dict[str, object], names: list[str]) -> None:
        assert self.found(client, **asked)[0] == names

    def test_it_says_what_was_meant(self, client: Client, shop: Community) -> None:
        names, page = self.found(client, q="rhe;rf")
        assert (names, "Показано: «кружка»" in page) == (["Кружка глиняная"], True)
        names, page = self.found(client, q="кружкка", to=5)
        assert (names, 'href="/c/table/products/?q=%D0%BA%D1%80%D1%83%D0%B6%D0%BA%D0%B0"' in page) == ([], True)
        names, page = self.found(client, q="<b>самовар</b>")
        assert (names, "ничего не\u00a0нашлось" in page, "<b>самовар" in page) == ([], True, False)

    @pytest.mark.parametrize(
        "asked",
        [
            {"q": "\0"}, {"q": "a" * 9_000}, {"q": "'\"<>&%_\\"}, {"from": "-1", "to": "x"}, {"from": "9" * 40},
            {"sort": "<x>"}, {"sort": "dear", "after": "9" * 18}, {"after": "abc", "q": "кружка"}, {"category": "٣"},
        ],
    )  # fmt: skip
    def test_hostile_questions_are_answered(self, client: Client, shop: Community, asked: dict[str, str]) -> None:
        assert client.get("/c/table/products/", asked).status_code == 200

    def test_htmx_gets_what_was_found_alone(self, client: Client, shop: Community) -> None:
        answer = client.get("/c/table/products/", {"q": "кружка"}, headers={"HX-Request": "true"})
        page = words(answer)
        assert ("<html" in page, page.startswith('<div id="found">'), "HX-Request" in answer["Vary"]) == (
            False,
            True,
            True,
        )

    def test_the_question_stays_on_the_way_to_the_next_page_and_another_shelf(
        self, client: Client, table: Community
    ) -> None:
        take_in(table, document(*[offer(f"m{n}") for n in range(PAGE_CARDS + 1)]))
        refresh_search(community_id=table.pk)
        page = words(client.get("/c/table/products/", {"q": "кружка", "sort": "dear"}))
        more = unescape(re.search(r'hx-get="([^"]+after[^"]+)"', page)[1])  # type: ignore[index]
        assert more == f"/c/table/products/?after={PAGE_CARDS}&q=%D0%BA%D1%80%D1%83%D0%B6%D0%BA%D0%B0&sort=dear"
        assert len(re.findall("<article", words(client.get(more, headers={"HX-Request": "true"})))) == 1
        assert "?category=" in page
        assert "&amp;q=%D0%BA" in page

    def test_a_stranger_finds_no_closed_shelf(self, client: Client, cellar: Community, dmitri: Member) -> None:
        client.force_login(dmitri)
        for headers in ({}, {"HX-Request": "true"}):
            assert client.get("/c/cellar/products/", {"q": "кружка"}, headers=headers).status_code == 404

    @pytest.mark.parametrize("count", [1, 3])
    def test_a_search_costs_the_same_for_one_and_many(
        self, client: Client, table: Community, count: int, django_assert_num_queries: DjangoAssertNumQueries
    ) -> None:
        take_in(table, document(*[offer(f"m{n}") for n in range(count)]))
        refresh_search(community_id=table.pk)
        with django_assert_num_queries(6):
            client.get("/c/table/products/", {"q": "кружка"})
