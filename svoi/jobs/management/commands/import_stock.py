"""`import-stock FILE|-`: say how much there is of each thing, by lines of code and count."""

from __future__ import annotations

import io
import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from svoi.catalog.actions import Taken, set_counts
from svoi.catalog.providers.stock_csv import counts_of
from svoi.catalog.rules.stock_lists import StockListRefused
from svoi.jobs.management.commands._progress import Progress
from svoi.jobs.management.commands._target import community_named, opened
from svoi.jobs.management.commands._words import LANGUAGES, Words, language_of_terminal


class Command(BaseCommand):
    """Sound rows are taken, the others listed by line; the same file twice changes nothing the second time."""

    help = "Import counts (CSV: code;count, an offer's id or an article); - reads standard input."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", help="the list, or - for standard input")
        parser.add_argument("--community", default="", help="slug of the community; may be left out when there is one")
        parser.add_argument("--language", choices=LANGUAGES, default=language_of_terminal())

    def handle(self, *, file: str, community: str, language: str, **options: Any) -> None:
        words = Words(language)
        target = community_named(community, words)
        with opened(file, words) as (source, size):
            out = sys.stderr if options["verbosity"] else io.StringIO()
            progress = Progress(out, whole=size, unit=words.say("megabytes"))
            try:
                rows = counts_of(source, watch=lambda done: progress.show(words.say("reading_counts"), done))
                taken = set_counts(community=target, rows=rows, source=f"file: {file}")
            except StockListRefused as refused:
                raise CommandError(words.list_refused(refused.facts)) from None
            except KeyboardInterrupt:
                raise CommandError(words.say("stopped_midway"), returncode=130) from None
            finally:
                progress.clear()
        self._tell(taken, words)

    def _tell(self, taken: Taken, words: Words) -> None:
        same = taken.rows - taken.changed - taken.refused
        self.stdout.write(
            words.say("stock_done", rows=taken.rows, changed=taken.changed, same=same, refused=taken.refused)
        )
        if taken.refused:
            self.stdout.write(words.say("refused_rows"))
        for each in sorted(taken.kept, key=lambda broken: broken.place):
            why = words.row_refused(each.reason, each.detail)
            self.stdout.write(f"  {words.say('row', place=each.place)}: {why} [{each.reason}]")
        if taken.refused > len(taken.kept):
            self.stdout.write("  " + words.say("and_more", count=taken.refused - len(taken.kept)))
