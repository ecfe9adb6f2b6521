"""Outgoing feeds kept as files, so that whoever asks again gets what is there already, whole and at once."""

from __future__ import annotations

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import IO

from django.conf import settings
from django.utils.timezone import localdate

from svoi.catalog.actions.exporting import export_feed
from svoi.catalog.providers.whole_files import whole_file
from svoi.catalog.queries import outgoing_stamp
from svoi.catalog.rules.outgoing import Pages
from svoi.communities.models import Community

# Of a closed community too: nobody else on the machine reads them.
MODE = 0o600


@dataclass(frozen=True, slots=True)
class KeptFeed:
    """An open file with a whole feed, its stamp, and when it was made."""

    file: IO[bytes]
    stamp: str
    made_at: datetime


def keep_feed(*, community: Community, form: str, pages: Pages, at: datetime) -> KeptFeed | None:
    """The feed of today's catalogue; made when anything changed since it was made last.

    One at a time is made. Whoever asks meanwhile gets the one before, and None where there is none.
    """
    folder = Path(settings.DATA_DIR) / "feeds"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    name = f"{community.pk}-{form}"
    target = folder / f"{name}-{outgoing_stamp(community=community, day=localdate(at))}.xml"
    if kept := _opened(target):
        return kept
    with _turn(folder / f"{name}.lock") as is_ours:
        if is_ours and not target.exists():
            with whole_file(target, mode=MODE) as out:
                export_feed(community=community, form=form, out=out, pages=pages, at=at)
            for old in set(folder.glob(f"{name}-*.xml")) - {target}:
                old.unlink(missing_ok=True)  # whoever still reads it goes on reading
    return _opened(target) or next(filter(None, map(_opened, folder.glob(f"{name}-*.xml"))), None)


def _opened(path: Path) -> KeptFeed | None:
    try:
        file = path.open("rb")
    except FileNotFoundError:
        return None
    made_at = datetime.fromtimestamp(path.stat().st_mtime, tz=UTC)
    return KeptFeed(file, path.stem.rpartition("-")[2], made_at)


@contextmanager
def _turn(path: Path) -> Iterator[bool]:
    """A lock between processes and threads that ends with whoever holds it; False when it is somebody else's turn."""
    with path.open("wb") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
        else:
            yield True
