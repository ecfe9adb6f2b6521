"""Shapes that would hang a careless engine are answered in about linear time."""

from __future__ import annotations

import time

import pytest

from bench.integrity.scaling import SHAPES
from svoi.engines.integrity import find_groups, rank_accounts

FACTS = 20_000
CPU_S_MAX = 10.0  # ten times what they take


@pytest.mark.parametrize("shape", SHAPES.values(), ids=[name.replace(" ", "-") for name in SHAPES])
def test_no_shape_takes_the_square_of_its_size(shape) -> None:
    find_groups(shape(1_000))
    table = shape(FACTS)
    began = time.process_time()
    find_groups(table)
    rank_accounts(table)
    assert time.process_time() - began < CPU_S_MAX
