"""How the search is carried out: by which index, and that nothing is asked whose answer is not needed."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from svoi.catalog.actions import refresh_search
from svoi.catalog.queries import search_products
from svoi.catalog.queries.searching import ALIKE, ALONE, FIND, place_mark
from svoi.catalog.rules.searching import Wanted
from svoi.communities.models import Community
from svoi.db.statements import load
from tests import cast
from tests.catalog.feeds import document, offer, take_in

NOTHING = {"category_id": None, "from_minor": None, "to_minor": None, "most": 1_000, "after": 0, "page": 24}


@pytest.fixture
def large(table: Community) -> Community:
    """Enough products and words that an index is worth its while, with statistics."""
    take_in(table, document(*[offer(f"m{n}", name=f"Вещь номер{n} из глины") for n in range(3_000)]))
    refresh_search(community_id=table.pk)
    with connection.cursor() as cursor:
        many = "select %s, md5(n::text), 1 from generate_series(1, 5000) n"
        cursor.execute(f"insert into svoi_searchword (community_id, word, spread) {many}", [table.pk])
        cursor.execute("set local enable_nestloop = on")  # the import went on in this very transaction
        cursor.execute("analyze svoi_producttext, svoi_product, svoi_variant, svoi_searchword")
    return table


def plan(statement: str, facts: dict[str, object], *, carried_out: bool = False) -> list[str]:
    how = "explain (analyze, costs off, timing off, buffers off)" if carried_out else "explain"
    with connection.cursor() as cursor:
        cursor.execute(f"{how} {statement}", facts)
        return [line.strip() for (line,) in cursor.fetchall()]


def test_who_sells_alone_is_seen_at_the_ends_of_an_index(large: Community) -> None:
    lines = plan(load(ALONE), {"community_id": large.pk})
    scans = [line for line in lines if " on svoi_product" in line]
    assert len(scans) == 2
    assert all("Index Only Scan" in line for line in scans), lines


@pytest.mark.parametrize("is_alone", [True, False])
def test_words_are_looked_up_in_their_index_with_a_mark_or_without(large: Community, is_alone: bool) -> None:
    place = None if is_alone else place_mark(large.pk)
    facts = {**NOTHING, "community_id": large.pk, "place": place, "text": "номер77", "sort": "best"}
    lines = plan(load(FIND), facts)
    asked = [line for line in lines if line.startswith("Index Cond: (words @@ ")]
    mark = "" if is_alone else f"''place:{large.pk}'' & "
    assert asked == [f"Index Cond: (words @@ '{mark}''номер77'''::tsquery)"], lines
    assert "Seq Scan on svoi_producttext" not in "\n".join(lines)


@pytest.mark.parametrize(
    ("written", "index", "letters"), [("глины", 0, 0), ("глинами", 1, 0), ("нмер77", 1, 1), ("ukbys", 1, 0)]
)
def test_what_is_known_is_not_compared_letter_by_letter(
    large: Community, written: str, index: int, letters: int
) -> None:
    """A word known by heart needs no index, other forms of it do; likeness is the last thing asked."""
    other = {"ukbys": "глины"}.get(written, "")
    facts = {"community_id": large.pk, "place": place_mark(large.pk), "words": [written], "others": [other], "most": 20}
    lines = plan(load(ALIKE), facts, carried_out=True)
    used = {
        name: [line for line in lines if f"Index Scan on {name}" in line]
        for name in ("product_words", "search_word_alike")
    }
    assert (len(used["product_words"]), len(used["search_word_alike"])) == (2, 1), lines
    assert sum("never executed" not in line for line in used["product_words"]) == index, lines
    assert sum("never executed" not in line for line in used["search_word_alike"]) == letters, lines


@pytest.mark.parametrize(
    ("text", "others", "is_marked"),
    [
        ("кружка", False, False),
        ("кружка", True, True),
        ("", False, True),
        ("кружка -вещь", False, True),
        ("-вещь", False, True),
    ],
)
def test_the_mark_is_asked_for_where_it_tells_something(
    table: Community, cellar: Community, text: str, others: bool, is_marked: bool
) -> None:
    cast.product(table)
    if others:
        cast.product(cellar)
    for place in (table, cellar):
        refresh_search(community_id=place.pk)
    with CaptureQueriesContext(connection) as asked:
        page = search_products(community_id=table.pk, wanted=Wanted(text=text))
    assert page.total == 1
    assert (f"place:{table.pk}" in asked[1]["sql"]) is is_marked
