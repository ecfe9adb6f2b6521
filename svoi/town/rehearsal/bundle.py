"""A show packed on one side and opened on the other, a row a line."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterable, Iterator
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection, transaction
from django.db.backends.utils import CursorWrapper

from svoi.communities.models import Membership
from svoi.db.transaction import one_moment
from svoi.members.models import Member
from svoi.shows.models import Show
from svoi.town.rehearsal.reach import Reach

SPARE_NUMBERS = 1_000_000  # numbers of the rehearsal are told from those of the house at a glance
CLEAN: dict[str, dict[str, Any]] = {
    "svoi_show": {"went_live_at": None, "ended_at": None},
    "svoi_community": {"doors": "open"},  # the simulated buyers have no invitations
    "svoi_member": {"last_login": None},
}


class NotRehearsed(Exception):
    """Why this show cannot be rehearsed; `code` has its words in `svoi/town/words.py`."""

    def __init__(self, code: str, **facts: Any) -> None:
        super().__init__(code)
        self.code, self.facts = code, facts


def packed(show_id: int) -> Iterator[str]:
    """Lines of JSON: first where the pictures are, then a row each. Reads one moment of the database.

    Raises `NotRehearsed` for a show that is not there, or has begun.
    """
    with transaction.atomic(), connection.cursor() as cursor:
        one_moment()
        show = Show.objects.filter(pk=show_id).first()
        if show is None:
            raise NotRehearsed("no_such_show", show=show_id)
        if show.stage() != "scheduled":
            raise NotRehearsed("show_has_begun", show=show_id)
        reach = Reach(cursor)
        reach.gather("svoi_show", "id", [show_id])
        _gather_crew(reach, show)
        yield json.dumps({"show": show_id, "pictures": _pictures()})
        for table, row in reach.rows():
            yield json.dumps({"table": table, "row": row | CLEAN.get(table, {})})


def opened(lines: Iterable[str], pictures: Path) -> int:
    """Write the rows of a bundle into an empty house; returns the number of the show. Pictures are linked or copied.

    Raises `NotRehearsed` where nothing comes, or somebody lives here already.
    """
    lines = iter(lines)
    head = json.loads(next(lines, "null"))
    if head is None:
        raise NotRehearsed("nothing_packed")
    if Member.objects.exists():
        raise NotRehearsed("somebody_lives_here")
    with transaction.atomic(), connection.cursor() as cursor:
        # References point forwards as well as back; what came out of a sound database goes in as it was.
        cursor.execute("set local session_replication_role = replica")
        for table, rows in groupby(map(json.loads, lines), key=itemgetter("table")):
            columns = _columns(cursor, table)
            cursor.executemany(
                f'insert into "{table}" ({columns})'  # noqa: S608
                f' select {columns} from jsonb_populate_record(null::"{table}", %s::jsonb)',
                [[json.dumps(one["row"])] for one in rows],
            )
        cursor.execute(
            "select format('%I.%I', schemaname, sequencename) from pg_sequences"
            " where schemaname = 'public' and sequencename like 'svoi_%'"
        )
        for (sequence,) in cursor.fetchall():
            cursor.execute("select setval(%s::regclass, %s)", [sequence, SPARE_NUMBERS])
    if head["pictures"]:
        shutil.copytree(head["pictures"], pictures, copy_function=_linked, dirs_exist_ok=True)
    return int(head["show"])


def _gather_crew(reach: Reach, show: Show) -> None:
    """Those who hold a role belong to the community there, too; who only belongs to it stays at home."""
    crew = Membership.objects.filter(community=show.community, member__in=reach.taken["svoi_member"])
    reach.gather("svoi_membership", "id", crew.values_list("pk", flat=True))


def _columns(cursor: CursorWrapper, table: str) -> str:
    """The columns of a table that are written, not worked out."""
    cursor.execute(
        "select string_agg(quote_ident(attname), ', ' order by attnum) from pg_attribute"
        " where attrelid = %s::regclass and attnum > 0 and not attisdropped and attgenerated = ''",
        [table],
    )
    return str(cursor.fetchone()[0])


def _pictures() -> str:
    return str(settings.MEDIA_ROOT) if Path(settings.MEDIA_ROOT).is_dir() else ""


def _linked(source: str, target: str) -> None:
    """The store of pictures never writes into a file that is there: a link is as good as a copy."""
    try:
        os.link(source, target)
    except OSError:
        shutil.copy2(source, target)
