"""The same plan is the same town; its columns are what the engine reads; nobody acts before she came."""

from __future__ import annotations

import hashlib
import subprocess
import sys

import numpy as np
import pytest

from svoi.town import INTENSITIES, SCHEMES, VERBS, Town, build, kind_of
from svoi.town.names import CODES
from tests.house.tree import ROOT

EVERYTHING = [f"{name}:low" for name in SCHEMES]
SMALL = {"people": 300, "days": 12}


def fingerprint(town: Town) -> str:
    digest = hashlib.sha256()
    tables = [town.facts, town.exposures, *town.books.values()]
    for column in [column for table in tables for column in table.values()]:
        digest.update(np.ascontiguousarray(column).tobytes())
    for column in (town.truth.scheme, town.truth.group, town.truth.fact_scheme, town.truth.fact_fake):
        digest.update(np.ascontiguousarray(column).tobytes())
    return digest.hexdigest()


@pytest.fixture(scope="module")
def town() -> Town:
    return build(seed=5, attacks=EVERYTHING, **SMALL)


def test_the_same_seed_is_the_same_town(town: Town):
    assert fingerprint(build(seed=5, attacks=EVERYTHING, **SMALL)) == fingerprint(town)


def test_another_seed_is_another_town(town: Town):
    assert fingerprint(build(seed=6, attacks=EVERYTHING, **SMALL)) != fingerprint(town)


def test_a_scheme_leaves_everyday_life_as_it_was(town: Town):
    """So that what a detector says of the honest can be compared with and without an attack."""
    alone = build(seed=5, **SMALL)
    with_lockstep = build(seed=5, attacks=["lockstep:high"], **SMALL)
    everyday = with_lockstep.truth.fact_scheme == 0
    for name in ("actor", "verb", "target", "at_s", "device", "network", "payment"):
        assert np.array_equal(with_lockstep.facts[name][everyday], alone.facts[name]), name


def test_facts_have_the_columns_of_the_engine(town: Town):
    assert {name: str(column.dtype) for name, column in town.facts.items()} == {
        "actor": "int64",
        "verb": "int8",
        "target": "int64",
        "at_s": "float64",
        "device": "int64",
        "network": "int64",
        "payment": "int64",
        "exposure": "int64",
    }
    assert {len(column) for column in town.facts.values()} == {len(town.values)} == {len(town.truth.fact_fake)}
    assert list(town.exposures) == ["exposure", "target", "at_s", "reach_n", "kind"]


def test_facts_are_in_order_and_within_the_days(town: Town):
    at_s = town.facts["at_s"]
    assert (np.diff(at_s) >= 0).all()
    assert town.plan.start_s <= at_s[0]
    assert at_s[-1] < town.plan.end_s


def test_nobody_acts_before_she_joined(town: Town):
    early = town.facts["at_s"] < town.truth.joined_s[town.facts["actor"]] - 1e-6
    assert [VERBS[code] for code in np.unique(town.facts["verb"][early])] == []


def test_exposures_named_by_facts_exist_and_were_first(town: Town):
    named = town.facts["exposure"] >= 0
    assert named.sum() > 100
    place = np.argsort(town.exposures["exposure"])
    at_s = town.exposures["at_s"][place][town.facts["exposure"][named]]
    assert (at_s <= town.facts["at_s"][named]).all()


def test_targets_tell_their_kind(town: Town):
    kinds = {
        "join": {"community"},
        "story": {"story"},
        "heartbeat": {"show"},
        "vouch": {"person"},
        "follow": {"person"},
        "order": {"product"},
        "vote": {"story"},
    }
    for verb, expected in kinds.items():
        targets = np.unique(town.facts["target"][town.facts["verb"] == CODES[verb]])
        assert {kind_of(target) for target in targets} <= expected, verb


def test_the_generator_needs_no_django():
    code = "import sys, svoi.town; print([name for name in ('django', 'psycopg', 'aiohttp') if name in sys.modules])"
    told = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    assert told.strip() == "[]"


@pytest.mark.parametrize("intensity", INTENSITIES)
@pytest.mark.parametrize("name", SCHEMES)
def test_every_scheme_tells_the_truth(name: str, intensity: str):
    town = build(seed=2, attacks=[f"{name}:{intensity}"], **SMALL)
    scheme, (group,) = SCHEMES[name], town.truth.groups
    assert len(group.accounts) >= 3
    assert len(group.targets) >= 1
    assert town.truth.of(int(group.accounts[0])) == (name, 0)
    assert np.array_equal(town.truth.accounts_of(name), np.sort(group.accounts))
    assert set(np.flatnonzero(town.truth.is_attacker)) == (set(group.accounts) if scheme.is_attack else set())
    told = town.truth.fact_scheme == 1
    assert set(town.facts["actor"][told]) <= set(group.accounts)
    assert bool(town.truth.fact_fake.any()) is scheme.is_attack
    assert not town.truth.fact_fake[~told].any()
    assert (group.stake_minor > 0) is scheme.is_attack


def test_no_exposure_is_named_by_more_people_than_it_reached(town: Town):
    """Else a detector would rightly say that its link was handed on."""
    named = town.facts["exposure"] >= 0
    pairs = np.unique(np.stack([town.facts["exposure"][named], town.facts["actor"][named]]), axis=1)
    exposures, people = np.unique(pairs[0], return_counts=True)
    reach = town.exposures["reach_n"][np.argsort(town.exposures["exposure"])]
    assert exposures[people > reach[exposures]].tolist() == []


def test_verbs_have_names(town: Town):
    assert set(town.verb_names) <= set(VERBS)
    assert (town.verb_names == "heartbeat").sum() == (town.facts["verb"] == CODES["heartbeat"]).sum()
