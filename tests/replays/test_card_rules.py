"""Cards of hosts and formats, summed over shows: pure decisions."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from svoi.replays.rules import SHOWS_MIN, SORTS, Card, Hosted, ShowFacts, card_of, format_of, in_order, rests_of
from tests.replays.facts import FACTS

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)


def hosted(number: int, facts: ShowFacts = FACTS, **fields: object) -> Hosted:
    told = {
        "buyers_seen": 10,
        "came_back": 4,
        "claims": 2,
        "claims_bare": 1,
        "rested": True,
        "format": "plain",
    } | fields
    return Hosted(show_id=number, starts_at=NOON, weekday=6, hour=15, facts=facts, **told)


def test_under_three_shows_a_card_says_only_how_many() -> None:
    assert card_of([hosted(1), hosted(2)]) == Card(2, 2.0, is_told=False)
    assert SHOWS_MIN == 3


def test_a_card_sums_first_and_divides_after() -> None:
    short = replace(
        FACTS, length_s=1800, late_s=500, paid_minor=100_000, returned_minor=0, watch_s=None, viewers_counted=None
    )
    card = card_of([hosted(1, rested=None), hosted(2, rested=False), hosted(3, short)])
    assert (card.hours, card.on_time, card.net_minor) == (2.5, 2 / 3, 3_100_000)
    assert card.net_hour_minor == 3_100_000 / 2.5
    assert (card.average_watch_s, card.viewers_counted, card.conversion) == (600, 200, 0.15)
    assert (card.retention, card.claims, card.claims_bare, card.rest) == (0.4, 6, 3, 0.5)
    assert card.return_rate == 200_000 / 3_300_000


def test_a_return_that_arrives_later_restates_the_card() -> None:
    shows = [hosted(number) for number in range(3)]
    later = [hosted(0, replace(FACTS, returned_minor=600_000)), *shows[1:]]
    assert card_of(shows).net_minor - card_of(later).net_minor == 500_000


def test_hosts_are_never_ordered_by_reach() -> None:
    assert not [name for name in SORTS if "viewer" in name or "reach" in name or "peak" in name]
    big, small = card_of([hosted(1, replace(FACTS, viewers_counted=9_000))] * 3), card_of([hosted(1)] * 3)
    few = card_of([hosted(1)])
    cards = [("Борис", big), ("анна", small), ("Вера", few)]
    assert [name for name, _ in in_order(cards, "viewers_counted")] == ["анна", "Борис", "Вера"]
    assert [name for name, _ in in_order(cards, "average_watch")] == ["анна", "Борис", "Вера"]


def test_rest_is_between_the_end_of_one_show_and_the_beginning_of_the_next() -> None:
    hour = timedelta(hours=1)
    shows = [(1, NOON, NOON + hour), (3, NOON + 22 * hour, NOON + 23 * hour), (2, NOON + 12 * hour, NOON + 13 * hour)]
    assert rests_of(shows) == {2: True, 3: False}


def test_a_format_is_read_from_the_facts() -> None:
    told = [format_of(has_deals=deals, has_gifts=gifts) for deals in (False, True) for gifts in (False, True)]
    assert told == ["plain", "gifts", "deals", "deals_and_gifts"]
