"""`import-feed FILE|-`: make a community's catalogue what a Yandex Market YML feed says."""

from __future__ import annotations

import io
import sys
import tomllib
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from svoi.catalog.actions import Imported, import_feed
from svoi.catalog.rules.dictionary import Dictionary
from svoi.catalog.rules.feeds import COUNT_WHEN_UNSAID, FeedRefused, ImportUnderWay
from svoi.jobs.management.commands._progress import Progress
from svoi.jobs.management.commands._target import community_named, opened
from svoi.jobs.management.commands._words import LANGUAGES, Words, language_of_terminal


class Command(BaseCommand):
    """Offers that cannot be read are listed with their ids; a file that cannot be trusted is refused whole."""

    help = "Import a product feed (YML, UTF-8 or windows-1251, plain or gzip); - reads standard input."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", help="the feed, or - for standard input")
        parser.add_argument("--community", default="", help="slug of the community; may be left out when there is one")
        parser.add_argument("--pictures", type=Path, help="folder of pictures named by paths; default: the feed's own")
        parser.add_argument(
            "--words", type=Path, help="English words of the feed (TOML); default: words.toml beside it"
        )
        parser.add_argument(
            "--count-when-unsaid",
            type=int,
            default=getattr(settings, "FEED_STOCK_DEFAULT", COUNT_WHEN_UNSAID),
            help="pieces in stock of an available offer that names no count (default: %(default)s)",
        )
        parser.add_argument("--language", choices=LANGUAGES, default=language_of_terminal())

    def handle(self, *, file: str, community: str, language: str, **options: Any) -> None:
        words = Words(language)
        target = community_named(community, words)
        folder = Path.cwd() if file == "-" else Path(file).resolve().parent
        with opened(file, words) as (feed, size):
            progress = Progress(
                sys.stderr if options["verbosity"] else io.StringIO(), whole=size, unit=words.say("megabytes")
            )
            try:
                done = import_feed(
                    community=target,
                    file=feed,
                    source=Path(file).name if file != "-" else "stdin",
                    folder=options["pictures"] or folder,
                    at=timezone.now(),
                    words=_dictionary(options["words"] or folder / "words.toml"),
                    count_when_unsaid=options["count_when_unsaid"],
                    watch=_Watch(progress, words),
                )
            except FeedRefused as refused:
                raise CommandError(words.feed_refused(refused.facts)) from None
            except ImportUnderWay as refused:
                raise CommandError(words.say(refused.code, **refused.facts)) from None
            except KeyboardInterrupt:
                raise CommandError(words.say("stopped"), returncode=130) from None
            finally:
                progress.clear()
        self._tell(done, words)

    def _tell(self, done: Imported, words: Words) -> None:
        record = done.record
        self.stdout.write(
            words.say(
                "feed_done",
                offers=record.offers,
                created=record.created,
                changed=record.changed,
                withdrawn=record.withdrawn,
                refused=done.refused.count,
            )
        )
        for title, complaints in (("refused", done.refused), ("left_out", done.left_out)):
            if not complaints.count:
                continue
            self.stdout.write(words.say(title))
            for each in complaints.kept:
                name = each.offer_id or words.say("no_id")
                self.stdout.write(f"  {name}: {words.complaint(each.reason, each.detail)} [{each.reason}]")
            if complaints.count > len(complaints.kept):
                self.stdout.write("  " + words.say("and_more", count=complaints.count - len(complaints.kept)))


class _Watch:
    """Shows the steps of an import as they go."""

    def __init__(self, progress: Progress, words: Words) -> None:
        self._progress = progress
        self._words = words

    def __call__(self, step: str, done: int) -> None:
        if step == "read":
            self._progress.show(self._words.say("reading"), done)
        elif done == 0:
            self._progress.name(self._words.say("pictures" if step == "pictures" else "merging"))


def _dictionary(path: Path) -> Dictionary:
    """English for params, values, units and categories; none where there is no such file."""
    if not path.is_file():
        return Dictionary()
    told = tomllib.loads(path.read_text(encoding="utf-8"))
    return Dictionary(**{name: told.get(name, {}) for name in ("params", "values", "units", "categories")})
