"""The table's show a week ahead by the real clock, and Boris who edits stories there."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from svoi.rundowns.models import Rundown
from svoi.shows.models import Show
from tests import cast
from tests.rundowns.desk import coming_show


@pytest.fixture
def show(table, anna) -> Show:
    return coming_show(table, anna, starts_at=timezone.now() + timedelta(days=7))


@pytest.fixture
def rundown(show, anna) -> Rundown:
    from svoi.rundowns.actions import open_rundown

    return open_rundown(show_id=show.pk, by=anna, at=timezone.now())


@pytest.fixture
def editor(boris, table):
    return cast.joins(boris, table, "editor")
