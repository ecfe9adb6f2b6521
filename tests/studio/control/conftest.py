"""A host of the table, and a show with a plan and a question, whose addresses can be filled in."""

from __future__ import annotations

import pytest

from svoi.shows.models import Show
from tests import cast
from tests.rundowns.desk import plan, written
from tests.studio.stage import said


@pytest.fixture
def host(table):
    return cast.joins(cast.member("Olga"), table, "host")


@pytest.fixture
def places(show: Show, anna, vera, keeper) -> dict[str, int]:
    rundown = plan(show, anna)
    first = written(rundown, anna, title_ru="Привет")
    message = said(show, vera, "Где?")
    towel = show.tray.order_by("-position").first().product_id
    return {
        "show": show.pk,
        "message": message.pk,
        "segment": first.pk,
        "keeper": keeper.pk,
        "poll": 0,
        "product": towel,
    }
