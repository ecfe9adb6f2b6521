"""The town within the bounds of the figures it is built by (`svoi/town/figures.py` says where each is from)."""

from __future__ import annotations

import numpy as np
import pytest

from svoi.town import Town, build, figures
from svoi.town.names import CODES

DAYS = 28
PEOPLE = 4_000


@pytest.fixture(scope="module")
def town() -> Town:
    return build(people=PEOPLE, seed=9, days=DAYS)


def of(town: Town, verb: str) -> dict[str, np.ndarray]:
    which = town.facts["verb"] == CODES[verb]
    return {name: column[which] for name, column in town.facts.items()} | {"value": town.values[which]}


def test_daily_over_monthly_actives(town: Town):
    acts = town.facts["device"] >= 0
    day = ((town.facts["at_s"] - town.plan.start_s) // 86_400).astype(int)[acts]
    actor = town.facts["actor"][acts]
    daily = len(np.unique(actor * DAYS + day)) / DAYS
    assert daily / len(np.unique(actor)) == pytest.approx(figures.DAY_TO_MONTH, abs=0.04)


def test_activity_is_heavy_tailed(town: Town):
    facts = np.sort(np.bincount(town.facts["actor"], minlength=PEOPLE))[::-1]
    assert 20 < np.median(facts) < 70
    assert 0.3 < facts[: PEOPLE // 10].sum() / facts.sum() < 0.6


def test_shows_keep_the_identity_of_concurrency_and_watching(town: Town):
    """ACU x duration = average watch x viewers, with the concurrency counted by looking every ten seconds."""
    watches, peaks = town.books["watches"], []
    for show in np.unique(watches["show"]):
        of_show = watches["show"] == show
        from_s, until_s = watches["from_s"][of_show], watches["until_s"][of_show]
        viewers = len(np.unique(watches["actor"][of_show]))
        assert viewers == of_show.sum()
        moments = np.arange(from_s.min(), until_s.max(), 10.0) + 5.0
        present = ((from_s[:, None] <= moments) & (moments < until_s[:, None])).sum(axis=0)
        acu, duration_s = present.mean(), len(moments) * 10.0
        assert acu * duration_s == pytest.approx((until_s - from_s).mean() * viewers, rel=0.03)
        if viewers > 100:
            peaks.append(present.max() / viewers)
    low, high = figures.PEAK_OF_UNIQUES
    assert low < np.median(peaks) < high
    length = watches["until_s"] - watches["from_s"]
    assert 150 < np.median(length) < 300
    assert 360 < length.mean() < 600


def test_beats_agree_with_the_watching(town: Town):
    beats, length = of(town, "heartbeat"), town.books["watches"]["until_s"] - town.books["watches"]["from_s"]
    assert len(beats["actor"]) == (length // town.plan.beat_s).sum()


def test_few_viewers_speak_and_fewer_buy(town: Town):
    watches = town.books["watches"]
    assert len(of(town, "chat")["actor"]) / len(watches["show"]) == pytest.approx(figures.CHATTERS, abs=0.02)
    orders, slots = town.books["orders"], town.exposures["kind"] == 1
    in_shows = np.isin(orders["exposure"], town.exposures["exposure"][slots])
    assert in_shows.sum() / len(watches["show"]) == pytest.approx(figures.SHOW_BUYERS, abs=0.006)


def test_who_orders_in_a_show_is_there(town: Town):
    orders, watches = town.books["orders"], town.books["watches"]
    slot = dict(zip(town.exposures["exposure"], town.exposures["at_s"], strict=True))
    in_shows = np.isin(orders["exposure"], town.exposures["exposure"][town.exposures["kind"] == 1])
    for buyer, at_s, exposure in zip(*(orders[name][in_shows] for name in ("buyer", "at_s", "exposure")), strict=True):
        hers = watches["actor"] == buyer
        assert ((watches["from_s"][hers] <= at_s) & (at_s <= watches["until_s"][hers])).any()
        assert at_s - slot[exposure] >= 0


def test_stories_a_day(town: Town):
    assert len(of(town, "story")["actor"]) / DAYS / PEOPLE == pytest.approx(figures.STORIES_PER_MEMBER_DAY, rel=0.3)


def test_orders_go_their_way_in_order(town: Town):
    orders = town.books["orders"]
    paid = ~np.isnan(orders["paid_s"])
    assert paid.mean() == pytest.approx(figures.PAID, abs=0.03)
    collected = ~np.isnan(orders["collected_s"])
    assert collected[paid].mean() == pytest.approx(figures.COLLECTED, abs=0.03)
    assert not collected[~paid].any()
    returned = ~np.isnan(orders["returned_s"])
    assert returned[collected].mean() == pytest.approx(figures.RETURNED, abs=0.03)
    kept_s = (orders["returned_s"] - orders["collected_s"])[returned]
    assert kept_s.max() <= figures.RETURN_WITHIN_S
    for earlier, later in (("at_s", "paid_s"), ("paid_s", "collected_s"), ("collected_s", "returned_s")):
        both = ~np.isnan(orders[earlier]) & ~np.isnan(orders[later])
        assert (orders[earlier] <= orders[later])[both].all()
    refunded = ~np.isnan(orders["refunded_s"])
    assert np.array_equal(refunded, returned | (paid & ~collected))


def test_facts_of_orders_are_those_of_the_book(town: Town):
    orders = town.books["orders"]
    for verb, column in (("order", "at_s"), ("paid", "paid_s"), ("collected", "collected_s")):
        told = orders[column] < town.plan.end_s
        assert np.array_equal(np.sort(of(town, verb)["at_s"]), np.sort(orders[column][told])), verb


def test_goods_are_collected_while_points_are_open(town: Town):
    hour = (of(town, "collected")["at_s"] - town.plan.start_s) % 86_400 / 3_600
    assert hour.min() >= 10
    assert np.quantile(hour, 0.99) < 22


def test_reviews_follow_collecting(town: Town):
    orders, reviews = town.books["orders"], of(town, "review")
    first = {}
    for buyer, product, at_s in zip(orders["buyer"], orders["product"], orders["collected_s"], strict=True):
        first[buyer, product] = np.fmin(first.get((buyer, product), np.nan), at_s)
    pairs = zip(reviews["actor"], reviews["target"], strict=True)
    assert all(at_s > first[pair] for pair, at_s in zip(pairs, reviews["at_s"], strict=True))
    assert set(reviews["value"]) <= {1.0, 2.0, 3.0, 4.0, 5.0}


def test_evenings_are_busier_than_nights(town: Town):
    hour = ((of(town, "view")["at_s"] - town.plan.start_s) % 86_400 // 3_600).astype(int)
    counts = np.bincount(hour, minlength=24)
    assert counts[19:22].mean() > 4 * counts[1:5].mean()


def test_networks_are_shared_by_homes_offices_and_operators(town: Town):
    views = of(town, "view")
    pairs = np.unique(views["network"] * PEOPLE + views["actor"])
    people_behind = np.unique(pairs // PEOPLE, return_counts=True)[1]
    assert np.median(people_behind) <= 2
    assert people_behind.max() > 100
    assert ((people_behind > 10) & (people_behind < 60)).sum() >= 10


def test_people_change_telephones_and_few_share_one(town: Town):
    views = of(town, "view")
    pairs = np.unique(views["actor"] * 4 * PEOPLE + views["device"])
    devices = np.unique(pairs // (4 * PEOPLE), return_counts=True)[1]
    assert 1.1 < devices.mean() < 1.6
    people_on = np.unique(pairs % (4 * PEOPLE), return_counts=True)[1]
    assert people_on.max() <= 4


def test_a_community_has_a_dense_core_of_its_own(town: Town):
    """The lively share more targets with each other than others do: density alone is no crime."""
    views = of(town, "view")
    counts = np.bincount(views["actor"], minlength=PEOPLE)
    lively = np.argsort(-counts)[:40]
    quiet = np.argsort(-counts)[PEOPLE // 2 : PEOPLE // 2 + 40]

    def shared(people: np.ndarray) -> float:
        seen = [set(views["target"][views["actor"] == person]) for person in people]
        return float(np.mean([len(one & other) for one in seen for other in seen if one is not other]))

    assert shared(lively) > 10 * shared(quiet)
