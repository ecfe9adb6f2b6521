"""The table's show a week ahead; Boris edits stories there."""

from __future__ import annotations

import pytest

from svoi.catalog.models import Variant
from svoi.members.models import Member
from svoi.rundowns.models import Rundown
from svoi.shows.models import Show
from tests import cast
from tests.rundowns.desk import about, coming_show, plan


@pytest.fixture
def mug(table) -> Variant:
    return cast.product(table)


@pytest.fixture
def show(table, anna) -> Show:
    return coming_show(table, anna)


@pytest.fixture
def rundown(show, anna) -> Rundown:
    return plan(show, anna)


@pytest.fixture
def editor(boris, table) -> Member:
    return cast.joins(boris, table, "editor")


@pytest.fixture
def story(rundown, anna, mug):
    return about(rundown, anna, mug)[0]
