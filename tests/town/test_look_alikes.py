"""Each honest crowd looks like an attack in the way it should, and can be told from one in the way it should."""

from __future__ import annotations

import numpy as np

from svoi.town import SCHEMES, Town, build
from svoi.town.names import CODES

# The honest crowds a detector must leave alone.
ASKED_FOR = {"raid", "flash_sale", "raffle", "classroom", "office", "family", "group_buy", "fandom"}


def played(name: str, *, intensity: str = "middle", people: int = 1_500, days: int = 30) -> Town:
    return build(people=people, seed=21, days=days, attacks=[f"{name}:{intensity}"])


def own(town: Town, verb: str) -> dict[str, np.ndarray]:
    which = (town.truth.fact_scheme == 1) & (town.facts["verb"] == CODES[verb])
    return {name: column[which] for name, column in town.facts.items()}


def orders_of(town: Town) -> dict[str, np.ndarray]:
    orders = town.books["orders"]
    return {name: column[orders["scheme"] == 1] for name, column in orders.items()}


def test_every_look_alike_asked_for_is_there():
    assert {name for name, scheme in SCHEMES.items() if not scheme.is_attack} == ASKED_FOR


def test_a_raid_is_a_burst_behind_a_push():
    town = played("raid")
    views = own(town, "view")
    assert np.quantile(views["at_s"], 0.9) - views["at_s"].min() < 3_600
    reach = dict(zip(town.exposures["exposure"], town.exposures["reach_n"], strict=True))
    assert (views["exposure"] >= 0).all()
    assert min(reach[exposure] for exposure in views["exposure"]) >= len(np.unique(views["actor"]))
    assert len(own(town, "react")["actor"]) < 0.6 * len(views["actor"])


def test_a_flash_sale_is_paid_by_as_many_cards_as_heads_and_collected():
    orders = orders_of(played("flash_sale"))
    assert len(orders["order"]) > 60
    assert np.quantile(orders["at_s"] % 1_800, 0.5) >= 0
    assert len(np.unique(orders["payment"])) > 0.9 * len(np.unique(orders["buyer"]))
    paid = ~np.isnan(orders["paid_s"])
    assert (~np.isnan(orders["collected_s"]))[paid].mean() > 0.8


def test_a_raffle_has_newcomers_who_all_do_the_same():
    town = played("raffle")
    (group,) = town.truth.groups
    new = group.accounts[group.accounts >= 1_500]
    assert len(new) == 40
    reacts = own(town, "react")
    each = np.array([(reacts["actor"] == account).sum() for account in new])
    assert np.median(each) == 4
    assert (reacts["exposure"] >= 0).all()
    assert len(np.unique(reacts["device"])) > 0.9 * len(np.unique(reacts["actor"]))


def test_a_classroom_is_one_network_and_many_telephones_without_an_exposure():
    town = played("classroom")
    joins, views = own(town, "join"), own(town, "view")
    assert len(np.unique(joins["network"])) == 1
    assert len(np.unique(joins["device"])) == 25
    assert np.ptp(joins["at_s"]) < 3_600
    assert (views["exposure"] == -1).all()


def test_an_office_shares_an_address_and_a_point_but_no_card():
    town = played("office")
    orders = orders_of(town)
    assert len(np.unique(own(town, "view")["network"])) == 1
    assert len(np.unique(orders["point"])) == 1
    assert len(np.unique(orders["payment"])) > 0.8 * len(np.unique(orders["buyer"]))


def test_a_family_shares_everything_and_collects_everything():
    orders = orders_of(played("family"))
    walks = np.unique((orders["collected_s"] // 1_200).astype(int) * 100 + orders["point"])
    assert len(walks) < 0.5 * len(orders["order"])
    assert not np.isnan(orders["collected_s"]).any()
    assert len(np.unique(orders["payment"])) <= 6
    assert len(np.unique(orders["buyer"])) > 12


def test_a_group_buy_is_one_product_at_one_point_paid_after_it_tipped():
    town = played("group_buy")
    orders, pledges = orders_of(town), own(town, "pledge")
    assert len(np.unique(orders["product"])) == 1
    assert len(np.unique(orders["point"])) == 1
    assert orders["at_s"].min() > pledges["at_s"].max()
    assert set(pledges["actor"]) == set(orders["buyer"])
    assert np.nanmax(orders["collected_s"]) - np.nanmin(orders["collected_s"]) < 2.5 * 86_400


def test_a_fandom_comes_again_and_again_and_watches_once_at_a_time():
    town = played("fandom")
    views, (group,) = own(town, "view"), town.truth.groups
    assert len(np.unique(views["target"])) >= 10
    per_head = np.unique(views["actor"], return_counts=True)[1]
    assert np.median(per_head) >= 8
    watches = town.books["watches"]
    hers = np.isin(watches["actor"], group.accounts)
    pairs = np.unique(watches["actor"][hers] * 10_000 + watches["show"][hers], return_counts=True)[1]
    assert pairs.max() == 1
