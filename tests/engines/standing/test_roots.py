"""A published root holds every head of the day, proves each alone, and no other."""

from __future__ import annotations

from dataclasses import replace
from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from svoi.engines.standing.chains import Head
from svoi.engines.standing.roots import Root, is_under, leaf
from svoi.engines.standing.units import Axis
from tests.engines.standing.given import patient

digests = st.binary(min_size=32, max_size=32)
heads = st.lists(
    st.tuples(
        st.builds(Head, st.integers(1, 9), st.integers(1, 3), st.sampled_from(Axis), st.integers(1, 99), digests),
        st.binary(min_size=16, max_size=16),
    ),
    min_size=1,
    max_size=20,
    unique_by=lambda one: (one[0].member, one[0].community, one[0].axis),
)


@given(heads, st.randoms())
@patient
def test_every_head_is_under_the_root_whatever_the_order(told: list[tuple[Head, bytes]], dice) -> None:  # type: ignore[no-untyped-def]
    root = Root(told)
    again = list(told)
    dice.shuffle(again)
    assert Root(again).digest == root.digest
    assert [is_under(root.digest, head, root.proof(head)) for head, _ in told] == [True] * len(told)


@given(heads, st.data())
@patient
def test_nothing_else_is_under_it(told: list[tuple[Head, bytes]], data: st.DataObject) -> None:
    root, (head, _) = Root(told), data.draw(st.sampled_from(told))
    proof = root.proof(head)
    for wrong in (
        replace(head, number=head.number + 1),
        replace(head, member=head.member + 1),
        replace(head, digest=sha256(head.digest).digest()),
    ):
        assert not is_under(root.digest, wrong, proof)
    for lie in (
        replace(proof, path=(*proof.path, bytes(32))),
        replace(proof, place=proof.size),
        replace(proof, place=-1),
        replace(proof, blind=bytes(17)),
        *([replace(proof, path=proof.path[:-1])] if proof.path else []),
    ):
        assert not is_under(root.digest, head, lie)
    assert not is_under(sha256(root.digest).digest(), head, proof)


@given(heads, st.data())
@patient
def test_the_end_of_a_hash_does_not_hide_in_the_blinding(told: list[tuple[Head, bytes]], data: st.DataObject) -> None:
    root, (head, blind) = Root(told), data.draw(st.sampled_from(told))
    shorter = replace(head, digest=head.digest[:-1])
    assert not is_under(root.digest, shorter, replace(root.proof(head), blind=head.digest[-1:] + blind))


def test_the_tree_is_that_of_rfc_6962() -> None:
    """Three leaves: the third goes up as it is; leaves and nodes are hashed apart."""
    told = [(Head(member, 1, Axis.BUYER, 1, bytes([member]) * 32), b"salt") for member in (1, 2, 3)]
    one, two, three = (leaf(*each) for each in told)
    pair = sha256(b"\x01" + one + two).digest()
    assert Root(told).digest == sha256(b"\x01" + pair + three).digest()
    assert Root(told).proof(told[2][0]).path == (pair,)
    assert Root(told[:1]).digest == one == sha256(b"\x00svoi-standing-1 1 1 buyer 1 " + b"\x01" * 32 + b"salt").digest()


def test_no_head_or_two_of_one_chain_are_refused() -> None:
    head = Head(1, 1, Axis.HOST, 1, bytes(32))
    for told in ([], [(head, b""), (replace(head, number=2), b"")]):
        with pytest.raises(ValueError, match="at least one head"):
            Root(told)
    with pytest.raises(KeyError):
        Root([(head, b"")]).proof(replace(head, member=2))
