"""`open_rehearsal`: a packed show from standard input into the empty house of a rehearsal, and into no other."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from svoi.town.rehearsal.bundle import NotRehearsed, opened
from svoi.town.words import Words, language_of_terminal


class Command(BaseCommand):
    """`bin/svoi rehearse` calls it."""

    help = "Read a packed show from standard input into the house of a rehearsal."

    def handle(self, **_options: Any) -> None:
        words = Words(language_of_terminal())
        if not settings.REHEARSAL:
            raise CommandError(words.say("no_rehearsal_here"))
        try:
            opened(sys.stdin, Path(settings.MEDIA_ROOT))
        except NotRehearsed as reason:
            raise CommandError(words.say(reason.code, **reason.facts)) from None
