"""Reading of facts: what is sane is sorted and typed, what is broken is named."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pytest

from svoi.engines.integrity.facts import FactsBroken, read_exposures, read_facts


def table(**changed):
    columns = {"actor": [3, 1, 2], "verb": ["like", "buy", "like"], "target": [7, 8, 9], "at_s": [30.0, 10.0, 20.0]}
    return {name: values for name, values in (columns | changed).items() if values is not None}


def test_facts_are_sorted_by_time_and_typed():
    facts = read_facts(table(device=[5, None, float("nan")]))
    assert facts.actor.tolist() == [1, 2, 3]
    assert facts.verbs == ("buy", "like")
    assert facts.verb.tolist() == [0, 1, 1]
    assert facts.at_s.tolist() == [10.0, 20.0, 30.0]
    assert facts.device.tolist() == [-1, -1, 5]
    assert facts.network is None
    assert (facts.actor.dtype, facts.verb.dtype, facts.at_s.dtype) == (np.int64, np.int32, np.float64)


def test_equal_moments_keep_their_order():
    assert read_facts(table(at_s=[1, 1, 1])).actor.tolist() == [3, 1, 2]


def test_a_pyarrow_table_reads_as_the_same_columns_do():
    big = 2**62 + 1  # a float would round it
    columns = table(device=[big, None, 4], network=[1, 2, 3])
    of_arrow, of_lists = read_facts(pa.table(columns)), read_facts(columns)
    for name in ("actor", "verb", "target", "at_s", "device", "network"):
        assert getattr(of_arrow, name).tolist() == getattr(of_lists, name).tolist()
    assert of_arrow.device.tolist() == [-1, 4, big]
    assert of_arrow.verbs == of_lists.verbs


@pytest.mark.parametrize("ids", [[2**63 - 1, 0, 2**31], [1.0, 2.0, 3.0], [True, False, True], np.arange(3, dtype="u8")])
def test_whole_numbers_of_any_kind_are_ids(ids):
    assert sorted(read_facts(table(actor=ids)).actor.tolist()) == sorted(int(one) for one in ids)


def test_nothing_and_one_row_are_read():
    assert len(read_facts(table(actor=[], verb=[], target=[], at_s=[]))) == 0
    assert len(read_facts(table(actor=[1], verb=[4], target=[2], at_s=[0]))) == 1
    assert len(read_exposures(None)) == 0
    assert (
        len(
            read_facts(
                pa.table(
                    {
                        "actor": pa.array([], pa.int64()),
                        "verb": pa.array([], pa.string()),
                        "target": pa.array([], pa.int64()),
                        "at_s": pa.array([], pa.float64()),
                    }
                )
            )
        )
        == 0
    )


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"actor": None}, "column actor is missing"),
        ({"target": [1, 2]}, "target has 2 rows"),
        ({"at_s": [1.0, float("nan"), 2.0]}, "at_s has moments that are not finite"),
        ({"at_s": [1.0, float("inf"), 2.0]}, "at_s has moments that are not finite"),
        ({"at_s": [1.0, None, 2.0]}, "at_s"),
        ({"at_s": [1.7e12, 1.7e12, 1.7e12]}, "not in seconds"),
        ({"at_s": ["a", "b", "c"]}, "at_s does not hold numbers"),
        ({"actor": ["a", "b", "c"]}, "actor does not hold numbers"),
        ({"actor": [1, None, 2]}, "actor has empty values"),
        ({"actor": [1.5, 2.0, 3.0]}, "actor has values that are not whole"),
        ({"actor": [-1, 2, 3]}, "actor has values below 0"),
        ({"actor": [2**63, 2, 3]}, "actor"),
        ({"device": [-2, 2, 3]}, "device has values below -1"),
        ({"device": [1.5, None, 3]}, "device has values that are not whole"),
        ({"verb": ["like", None, "buy"]}, "verb"),
        ({"verb": [1.5, 2, 3]}, "verb has values that are not whole"),
        ({"target": [[1, 2], [3, 4], [5, 6]]}, "target has 2 dimensions"),
        ({"target": [[1, 2], [3], [5, 6]]}, "target"),
    ],
)
def test_what_is_broken_is_named(changed, sentence):
    with pytest.raises(FactsBroken, match=sentence):
        read_facts(table(**changed))


@pytest.mark.parametrize("thing", [None, 5, "facts", [1, 2, 3]])
def test_what_is_no_table_is_refused(thing):
    with pytest.raises(FactsBroken):
        read_facts(thing)


def test_exposures_are_read_and_checked():
    shown = {"exposure": [2, 1], "target": [5, 6], "at_s": [20, 10], "reach_n": [100, 0]}
    assert read_exposures(shown).exposure.tolist() == [1, 2]
    with pytest.raises(FactsBroken, match="reach_n has values below 0"):
        read_exposures(shown | {"reach_n": [-1, 3]})


def test_a_verb_may_be_a_rating_below_nought():
    assert read_facts(table(verb=[-10, 10, 3])).verbs == (-10, 3, 10)
    assert read_facts(table(verb=np.array([-1, 1, 1], dtype=object))).verbs == (-1, 1)
