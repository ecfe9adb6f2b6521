"""Pure decisions of the room."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from svoi.trust.rules import (
    TARGET_KINDS,
    group_key,
    is_same_group,
    may_see_groups,
    pseudonyms,
    target_number,
    target_of,
    thing_of,
)
from svoi.trust.rules.finding import KINDS_MAX

ids = st.integers(min_value=1, max_value=2**40)
some = st.sets(ids, min_size=1, max_size=30)


@given(st.sampled_from(TARGET_KINDS), ids)
def test_a_target_is_one_number_and_back(kind: str, own_id: int):
    assert target_of(target_number(kind, own_id)) == (kind, own_id)
    assert len(TARGET_KINDS) <= KINDS_MAX


@given(some, some)
def test_a_key_knows_members_and_targets_in_any_order(members: set[int], targets: set[int]):
    key = group_key(members, targets)
    assert key == group_key(sorted(members, reverse=True), sorted(targets))
    assert key != group_key({*members, max(members) + 1}, targets)
    assert key != group_key(members, {*targets, max(targets) + 1})


@given(some, st.text(max_size=9))
def test_pseudonyms_are_an_order_of_the_members_that_ids_do_not_tell(members: set[int], key: str):
    assert sorted(pseudonyms(group_key(members, [1]), members)) == sorted(members)
    assert pseudonyms(group_key(members, [1]), members) == pseudonyms(group_key(members, [1]), sorted(members))


def test_pseudonyms_do_not_follow_the_order_of_joining():
    members = range(1, 41)
    assert pseudonyms(group_key(members, [1]), members) != list(members)


@given(some, some)
def test_a_group_is_itself_and_no_other(members: set[int], targets: set[int]):
    assert is_same_group(members, targets, members, targets)
    assert not is_same_group(members, targets, {one + 2**41 for one in members}, targets)
    assert not is_same_group(members, targets, members, {one + 2**41 for one in targets})
    assert not is_same_group(members, targets, set(), targets)


@pytest.mark.parametrize(
    ("kinds", "thing"),
    [
        (["product"], "product"),
        (["show", "show"], "show"),
        (["product", "show"], "target"),
        (["envelope"], "target"),
        (["community"], "target"),
    ],
)
def test_a_sentence_names_things_of_one_kind(kinds, thing):
    assert thing_of([target_number(kind, nth + 1) for nth, kind in enumerate(kinds)]) == thing


def test_what_is_not_in_force_is_the_owners_to_see():
    assert [may_see_groups(mode=mode, is_owner=False) for mode in ("off", "shadow", "live")] == [False, False, True]
    assert all(may_see_groups(mode=mode, is_owner=True) for mode in ("off", "shadow", "live"))
