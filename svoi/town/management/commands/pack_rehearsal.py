"""`pack_rehearsal SHOW`: the rows a rehearsal of a show needs, on standard output; `bin/svoi rehearse` calls it."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from svoi.town.rehearsal.bundle import NotRehearsed, packed
from svoi.town.words import Words, language_of_terminal


class Command(BaseCommand):
    """Only reads."""

    help = "Write what a rehearsal of a show needs to standard output, a row a line."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("show", type=int, help="number of a planned show")

    def handle(self, *, show: int, **_options: Any) -> None:
        try:
            for line in packed(show):
                self.stdout.write(line)
        except NotRehearsed as reason:
            raise CommandError(Words(language_of_terminal()).say(reason.code, **reason.facts)) from None
