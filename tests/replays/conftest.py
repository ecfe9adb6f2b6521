"""Anna's show that is over, and the mug that was explained in it."""

from __future__ import annotations

import pytest

from tests import cast
from tests.replays.stage import ended_show


@pytest.fixture
def mug(table):
    return cast.product(table)


@pytest.fixture
def show(table, anna, mug):
    return ended_show(table, anna, mug)
