"""Whatever is done to a chain is found, at its place, and called by its name where it can be told."""

from __future__ import annotations

from dataclasses import fields, replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from svoi.engines.standing.chains import Fault, Head, Touch, beginning, chain, encoded, link, verify
from svoi.engines.standing.entries import Entry
from svoi.engines.standing.units import Axis
from tests.engines.standing.given import chains, entry, patient

some = chains(least=1)


def forged(one: Entry, field: str, value: object) -> Entry:
    """An entry as somebody with a hand in the table would leave it: no check is asked."""
    other = object.__new__(Entry)
    for named in fields(Entry):
        object.__setattr__(other, named.name, value if named.name == field else getattr(one, named.name))
    return other


@given(some)
@patient
def test_an_untouched_chain_is_whole(entries: list[Entry]) -> None:
    hashes = chain(entries)
    one = entries[0]
    assert verify(entries, hashes) is None
    for number, digest in enumerate(hashes, start=1):
        assert verify(entries, hashes, Head(one.member, one.community, one.axis, number, digest)) is None


@given(some, st.data())
@patient
def test_any_other_value_of_any_field_is_found(entries: list[Entry], data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(entries) - 1))
    field = data.draw(st.sampled_from([named.name for named in fields(Entry)]))
    was = getattr(entries[place], field)
    value = data.draw(
        (st.text("ab1") if isinstance(was, str) else st.none() | st.integers()).filter(lambda new: new != was)
    )
    touched = [*entries[:place], forged(entries[place], field, value), *entries[place + 1 :]]
    one = entries[0]
    head = Head(one.member, one.community, one.axis, len(entries), chain(entries)[-1])
    assert verify(touched, chain(entries), head) == Fault(place + 1, Touch.TAMPERED)


@given(some, st.data())
@patient
def test_any_other_byte_of_an_entry_or_a_hash_is_found(entries: list[Entry], data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(entries) - 1))
    hashes = chain(entries)
    flipped = bytearray(hashes[place])
    flipped[data.draw(st.integers(0, 31))] ^= data.draw(st.integers(1, 255))
    touched = [*hashes[:place], bytes(flipped), *hashes[place + 1 :]]
    assert verify(entries, touched) == Fault(place + 1, Touch.TAMPERED)


@given(chains(least=1, most=3), chains(least=1, most=3))
@patient
def test_different_entries_have_different_bytes(ours: list[Entry], theirs: list[Entry]) -> None:
    for one in ours:
        for other in theirs:
            assert (encoded(one) == encoded(other)) == (one == other)


@given(chains(least=2), st.data())
@patient
def test_a_missing_entry_is_missed(entries: list[Entry], data: st.DataObject) -> None:
    hashes, place = chain(entries), data.draw(st.integers(0, len(entries) - 2))
    left = [*entries[:place], *entries[place + 1 :]], [*hashes[:place], *hashes[place + 1 :]]
    assert verify(*left) == Fault(place + 1, Touch.MISSING)


@given(chains(least=2), st.data())
@patient
def test_a_chain_cut_short_is_seen_by_its_head(entries: list[Entry], data: st.DataObject) -> None:
    hashes, left = chain(entries), data.draw(st.integers(0, len(entries) - 1))
    one = entries[0]
    head = Head(one.member, one.community, one.axis, len(entries), hashes[-1])
    assert verify(entries[:left], hashes[:left]) is None
    assert verify(entries[:left], hashes[:left], head) == Fault(left + 1, Touch.MISSING)


@given(chains(least=2), st.data())
@patient
def test_an_entry_in_another_place_is_reordered(entries: list[Entry], data: st.DataObject) -> None:
    kept = list(zip(entries, chain(entries), strict=True))
    source = data.draw(st.integers(0, len(kept) - 1))
    target = data.draw(st.integers(0, len(kept) - 1).filter(lambda place: place != source))
    kept.insert(target, kept.pop(source))
    moved, hashes = map(list, zip(*kept, strict=True))
    assert verify(moved, hashes) == Fault(min(source, target) + 1, Touch.REORDERED)


@given(some, st.data())
@patient
def test_an_entry_put_between_is_inserted(entries: list[Entry], data: st.DataObject) -> None:
    hashes, place = chain(entries), data.draw(st.integers(0, len(entries) - 1))
    fake = entry(place + 1, axis=entries[0].axis, cause="forged")
    before = hashes[place - 1] if place else beginning(member=1, community=1, axis=entries[0].axis)
    told = [*entries[:place], fake, *entries[place:]]
    for digest in (bytes(32), link(before, fake)):
        fault = verify(told, [*hashes[:place], digest, *hashes[place:]])
        assert fault is not None
        assert (fault.place, fault.touch) == ((place + 1 if digest == bytes(32) else place + 2), Touch.INSERTED)


@given(some, st.data())
@patient
def test_a_chain_computed_anew_is_rewritten(entries: list[Entry], data: st.DataObject) -> None:
    one = entries[0]
    head = Head(one.member, one.community, one.axis, len(entries), chain(entries)[-1])
    place = data.draw(st.integers(0, len(entries) - 1))
    told = [*entries[:place], replace(entries[place], cause="forged"), *entries[place + 1 :]]
    assert verify(told, chain(told)) is None
    assert verify(told, chain(told), head) == Fault(len(entries), Touch.REWRITTEN)


def test_an_empty_chain() -> None:
    assert (chain([]), verify([], [])) == ([], None)
    assert verify([], [], Head(1, 1, Axis.HOST, 1, bytes(32))) == Fault(1, Touch.MISSING)
    with pytest.raises(ValueError, match="1 entries have 0 hashes"):
        verify([entry()], [])


def test_a_known_entry_has_a_known_hash() -> None:
    """These never change: a chain that was published stays checkable."""
    assert encoded(entry()) == (
        b"1:1,1:1,5:buyer,1:1,6:credit,7:1000000,10:order_kept,1:1,7:event-1,10:1728000000,1:7,0:,0:,0:,"
    )
    assert chain([entry()])[0].hex() == "846855a5172db6e7c7b8864e44c3f97c81ed7bb4af9844187737a41b719e0c44"
