"""Anna's community with a studio, and Boris who hosts."""

from __future__ import annotations

import pytest

from svoi.members.models import Member
from svoi.planning.models import Studio
from tests import cast
from tests.planning import desk


@pytest.fixture
def room(table, anna) -> Studio:
    return desk.studio(table, anna)


@pytest.fixture
def host(boris, table) -> Member:
    return cast.joins(boris, table, "host")
