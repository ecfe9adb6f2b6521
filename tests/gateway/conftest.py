"""A show in the database, its people's passes, and a gateway that serves its room."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Mapping
from dataclasses import dataclass

import pytest
import uvloop
from django.db import connection
from psycopg.conninfo import make_conninfo

from svoi.gateway.tickets import Pass
from svoi.shows.models import Show
from tests import cast
from tests.gateway.people import holder
from tests.gateway.stage import Stage, staged


def pytest_asyncio_loop_factories(
    config: pytest.Config, item: pytest.Item
) -> Mapping[str, Callable[[], asyncio.AbstractEventLoop]]:
    """The loop the gateway runs on."""
    return {"uvloop": uvloop.new_event_loop}


@dataclass(frozen=True)
class Evening:
    """A show on air, and who is there."""

    show: Show
    anna: Pass
    vera: Pass
    gleb: Pass
    guest: Pass


@pytest.fixture
def evening(transactional_db: None) -> Evening:
    """Anna hosts; Vera and Gleb are members; the guest may only read."""
    anna, vera, gleb = cast.member("Anna"), cast.member("Vera"), cast.member("Gleb")
    place = cast.community(anna)
    cast.joins(vera, place)
    cast.joins(gleb, place)
    show = cast.live_show(place, anna, cast.product(place))
    crew = Pass(show.pk, anna.pk, "Anna", "host", may_chat=True, is_crew=True, viewer="anna")
    return Evening(
        show,
        crew,
        holder("Vera", vera.pk, show_id=show.pk),
        holder("Gleb", gleb.pk, show_id=show.pk),
        holder("", 0, show_id=show.pk, viewer="guest"),
    )


@pytest.fixture
def conninfo(transactional_db: None) -> str:
    """The way to the test's database for a program that is not Django."""
    told = connection.settings_dict
    names = {"host": "HOST", "port": "PORT", "user": "USER", "password": "PASSWORD", "dbname": "NAME"}
    return make_conninfo("", **{name: str(told[key]) for name, key in names.items() if told[key]})


@pytest.fixture
async def stage(conninfo: str, evening: Evening) -> AsyncIterator[Stage]:
    """A gateway whose web knows the evening's room."""
    async with staged(conninfo) as stage:
        stage.web.opens(evening.show.pk)
        yield stage
