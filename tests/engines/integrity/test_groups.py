"""Groups that act together are found whole; nobody else is, and what is not a group never becomes one."""

from __future__ import annotations

import numpy as np
import pytest

from svoi.engines.integrity import find_groups
from tests.engines.integrity.shop import BEGIN_S, DAY_S, shop, with_group


@pytest.fixture(scope="module")
def found():
    table, members, targets = with_group(shop())
    return find_groups(table, seed=3), members, targets


def test_the_group_is_found_and_nobody_else(found):
    groups, members, targets = found
    assert len(groups) == 1
    assert set(groups[0].members.tolist()) == members
    assert set(groups[0].targets.tolist()) == set(targets.tolist())


def test_its_evidence_can_be_counted_again(found):
    group = found[0][0]
    assert group.q_value <= 0.01
    assert (group.evidence.accounts, group.evidence.targets) == (len(group.members), len(group.targets))
    assert group.evidence.verbs == ("like",)
    assert group.evidence.observed > 50 * group.evidence.expected
    assert group.evidence.accounted == ("activity", "popularity")
    assert dict(group.evidence.capped) == {"time": 3.0}
    assert BEGIN_S <= group.window[0] < group.window[1] <= BEGIN_S + 61 * DAY_S


def test_the_order_of_rows_and_the_ids_make_no_difference(found):
    table, members, _ = with_group(shop())
    mixed = np.random.default_rng(9).permutation(len(table["actor"]))
    table = {name: column[mixed] for name, column in table.items()}
    table["actor"] = table["actor"] + 2**40
    assert {actor - 2**40 for actor in find_groups(table, seed=3)[0].members.tolist()} == members


def test_of_two_groups_nobody_is_missed():
    table, first, _ = with_group(shop(), seed=1)
    table["actor"] = table["actor"] + (table["actor"] >= 900_000) * 10**6
    table, second, _ = with_group(table, accounts=20, targets=8, seed=5)
    found = {member for group in find_groups(table) for member in group.members.tolist()}
    assert found == {*(member + 10**6 for member in first), *second}


def test_an_honest_shop_has_no_groups():
    assert find_groups(shop()) == []


def test_a_raid_from_a_push_is_nobodys_fault():
    table, members, targets = with_group(shop(), targets=4, density=0.9)
    ids = np.full(len(table["actor"]), -1)
    pushed = np.isin(table["actor"], list(members))
    ids[pushed] = np.searchsorted(np.sort(targets), table["target"][pushed])
    shown = {
        "exposure": np.arange(4),
        "target": np.sort(targets),
        "at_s": [table["at_s"][pushed & (table["target"] == one)].min() - 60 for one in np.sort(targets)],
        "reach_n": np.full(4, 500),
    }
    assert find_groups(table) != []
    assert find_groups(table | {"exposure": ids}, shown) == []
    assert find_groups(table, shown) == []


def test_a_class_in_one_room_is_no_group():
    """The same people, targets and minutes behind an address each are one; in one room they had one cause."""
    table, members, _ = with_group(shop(), accounts=40, targets=8, density=0.9)
    in_class = np.isin(table["actor"], list(members))
    lesson = BEGIN_S + 20 * DAY_S + np.random.default_rng(2).uniform(0, 2_400.0, len(in_class))
    table["at_s"] = np.where(in_class, lesson, table["at_s"])
    assert find_groups(table | {"network": table["actor"]}) != []
    assert find_groups(table | {"network": np.where(in_class, 77, table["actor"])}) == []


def crowd(devices: int):
    """Forty accounts at one target within an hour, on so many devices; everybody else has a device of her own."""
    table = shop()
    added = {
        "actor": 500_000 + np.arange(40),
        "verb": np.full(40, "like"),
        "target": np.full(40, 1_001),
        "at_s": BEGIN_S + 20 * DAY_S + np.arange(40) * 60.0,
    }
    whole = {name: np.concatenate((table[name], added[name])) for name in table}
    device = np.where(whole["actor"] >= 500_000, 10**6 + whole["actor"] % devices, whole["actor"])
    return whole | {"device": device}


def test_one_target_and_few_devices_are_a_group():
    groups = find_groups(crowd(5))
    assert [set(group.members.tolist()) for group in groups] == [set(range(500_000, 500_040))]
    assert [name for name, _ in groups[0].evidence.families] == ["time", "device"]


def test_one_target_and_a_device_each_is_none():
    assert find_groups(crowd(40)) == []


def test_one_network_is_no_evidence():
    table = crowd(40)
    network = np.where(table["actor"] >= 500_000, 77, table["actor"])
    assert find_groups(table | {"network": network}) == []


@pytest.mark.parametrize(
    "table",
    [
        {"actor": [], "verb": [], "target": [], "at_s": []},
        {"actor": [1], "verb": [1], "target": [1], "at_s": [0.0]},
        {"actor": [5] * 300, "verb": ["like"] * 300, "target": [5] * 300, "at_s": [7.0] * 300},
        {"actor": np.arange(300), "verb": ["like"] * 300, "target": [5] * 300, "at_s": [7.0] * 300},
        {"actor": [2**63 - 1, 2**31, 0], "verb": [0, 1, 2], "target": [2**63 - 1, 2**32, 0], "at_s": [3, 2, -1]},
    ],
)
def test_small_and_strange_tables_give_nothing(table):
    assert find_groups(table) == []
