"""Which community a command works for, and which file."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from django.core.management.base import CommandError

from svoi.communities.models import Community
from svoi.jobs.management.commands._words import Words


def community_named(slug: str, words: Words) -> Community:
    """The community of this slug, or the only one there is; a sentence when it is neither."""
    known = {each.slug: each for each in Community.objects.order_by("slug")}
    if not known:
        raise CommandError(words.say("found_none"))
    listed = ", ".join(known)
    if not slug and len(known) > 1:
        raise CommandError(words.say("which_community", known=listed))
    if slug and slug not in known:
        raise CommandError(words.say("no_community", slug=slug, known=listed))
    return known[slug] if slug else next(iter(known.values()))


@contextmanager
def opened(file: str, words: Words) -> Iterator[tuple[IO[bytes], int | None]]:
    """The bytes of a file, or of standard input for `-`, and their number when it is known."""
    if file == "-":
        yield sys.stdin.buffer, None
        return
    path = Path(file)
    try:
        source = path.open("rb")
    except OSError as error:
        raise CommandError(words.say("no_file", file=file, why=error.strerror)) from None
    with source:
        yield source, path.stat().st_size or None
