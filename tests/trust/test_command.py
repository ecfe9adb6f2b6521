"""Searching from a terminal, and by the clock in a process of its own."""

from __future__ import annotations

import re
import subprocess
import sys
from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.utils import timezone

from svoi.communities.models import Community
from svoi.jobs.searching import CUT_SHORT, SearchFailed, search_apart
from svoi.jobs.tasks.groups import find_groups_of_season, find_recent_groups
from svoi.trust.actions import set_rule_mode
from svoi.trust.models import FoundGroup, Search
from tests.trust.village import Village, in_step, key_of, village


def told(*arguments: str, language: str = "en") -> str:
    out = StringIO()
    call_command("find_groups", *arguments, "--language", language, stdout=out)
    return out.getvalue()


def stepping(table: Community) -> Village:
    """People of the last month, and some who acted in step yesterday."""
    now = timezone.now()
    place = village(table, people=800, until=now)
    in_step(place, at=now - timedelta(hours=20))
    place.write()
    return place


@pytest.mark.django_db
def test_it_says_what_it_found(table):
    stepping(table)
    dry = told("table", "--dry-run", "--seed", "3")
    assert "days searched in" in dry
    assert "seed 3." in dry
    assert re.search(r"14 accounts, 9 products, the same \d+ minutes; .* expected, \d+ observed;", dry)
    assert dry.endswith("Groups: 1. A dry run: nothing was kept but a note that it was made.\n")
    assert FoundGroup.objects.count() == 0
    kept = told("table", "--days", "2", language="ru")
    assert re.search(r"14 аккаунтов, 9 товаров, одни и те же \d+ минут", kept)
    assert "Групп: 1; новых: 1." in kept
    search = Search.objects.latest("pk")
    assert (FoundGroup.objects.count(), search.until - search.since) == (1, timedelta(days=2))


@pytest.mark.django_db
def test_nothing_found_is_said(table):
    assert told("table").endswith("No groups.\n")


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["table", "--days", "0"], "Take from 1 to 400 days."),
        (["table", "--days", "-5"], "Take from 1 to 400 days."),
        (["table", "--days", "99999999999"], "Take from 1 to 400 days."),
        (["nowhere"], "There is no community nowhere"),
    ],
)
def test_what_cannot_be_searched_is_said(table, arguments, said):
    with pytest.raises(CommandError, match=said):
        told(*arguments)
    assert Search.objects.count() == 0


@pytest.mark.django_db
def test_off_is_said(table, anna):
    set_rule_mode(community=table, rule="groups", mode="off", why="x", by=anna, key=key_of(1), at=timezone.now())
    with pytest.raises(CommandError, match="switched off in table"):
        told("table")


@pytest.fixture
def outside(db, monkeypatch):
    """Processes of our own find the database of the test."""
    told = connection.settings_dict
    place = f"{told['USER']}:{told['PASSWORD']}@{told['HOST'] if not told['HOST'].startswith('/') else ''}"
    port = f":{told['PORT']}" if told["PORT"] else ""
    address = f"postgresql://{place}{port}/{told['NAME']}"
    monkeypatch.setenv("DATABASE_URL", address + (f"?host={told['HOST']}" if told["HOST"].startswith("/") else ""))
    monkeypatch.setenv("DJANGO_SETTINGS_MODULE", "svoi.conf.settings")


@pytest.mark.django_db(transaction=True)
def test_the_clock_searches_once_for_what_is_new(outside, table, cellar, anna):
    Community.objects.filter(pk=cellar.pk).update(doors="closed")
    set_rule_mode(community=cellar, rule="groups", mode="off", why="x", by=anna, key=key_of(1), at=timezone.now())
    stepping(table)
    find_recent_groups(timestamp=0)
    assert [(one.community, len(one.found)) for one in Search.objects.all()] == [(table, 1)]
    assert FoundGroup.objects.get().members.count() == 14
    find_recent_groups(timestamp=0)
    assert Search.objects.count() == 1
    find_groups_of_season(timestamp=0)
    assert [(one.community, (one.until - one.since).days) for one in Search.objects.order_by("pk")] == [
        (table, 2),
        (table, 90),
    ]
    assert FoundGroup.objects.count() == 1
    with pytest.raises(SearchFailed):
        search_apart("nowhere", days=2)


def test_a_search_ends_with_whoever_waits_for_it():
    program = "import time; from svoi.jobs.searching import end_with_input; end_with_input(); time.sleep(60)"
    with subprocess.Popen([sys.executable, "-c", program], stdin=subprocess.PIPE) as running:
        assert running.stdin is not None
        running.stdin.close()
        assert running.wait(30) == CUT_SHORT


def test_pages_do_not_load_the_engine():
    """Web processes import the room with the studio; numbers by the million are for searches alone."""
    program = (
        "import django, sys; heavy = {'numba', 'numpy', 'scipy', 'pyarrow'}; django.setup(); "
        "before = heavy & sys.modules.keys(); "
        "import svoi.studio.views.counting, svoi.api.views.rooms, svoi.jobs.tasks; "
        "print(sorted(heavy & sys.modules.keys() - before), sorted(before & {'numba', 'scipy', 'pyarrow'}))"
    )
    run = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "[] []"
