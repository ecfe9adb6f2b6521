"""`export-feed FILE|-`: write what a community sells as a feed for Yandex Market or Google Merchant Center."""

from __future__ import annotations

import gzip
import io
import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any, TextIO, cast

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from svoi.catalog.actions import Exported, export_feed
from svoi.catalog.providers.whole_files import whole_file
from svoi.catalog.rules.outgoing import FORMS
from svoi.jobs.management.commands._progress import Progress
from svoi.jobs.management.commands._target import community_named
from svoi.jobs.management.commands._words import LANGUAGES, Words, language_of_terminal
from svoi.ui.addresses import pages_of


class Command(BaseCommand):
    """A file is written whole or left as it was; on standard output nothing appears before all of it is made."""

    help = "Export the catalogue as a product feed (a file that ends in .gz is packed); - writes standard output."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", help="where to write the feed, or - for standard output")
        parser.add_argument("--format", choices=FORMS, default=FORMS[0], help="default: %(default)s")
        parser.add_argument("--community", default="", help="slug of the community; may be left out when there is one")
        parser.add_argument("--language", choices=LANGUAGES, default=language_of_terminal())

    def handle(self, *, file: str, community: str, language: str, **options: Any) -> None:
        words = Words(language)
        target = community_named(community, words)
        watch = _Watch(sys.stderr if options["verbosity"] else io.StringIO(), words.say("exporting"))
        try:
            with _out(file) as out:
                done = export_feed(
                    community=target,
                    form=options["format"],
                    out=out,
                    pages=pages_of(target.slug),
                    at=timezone.now(),
                    watch=watch,
                )
        except OSError as error:
            raise CommandError(words.say("cannot_write", file=file, why=error.strerror)) from None
        except KeyboardInterrupt:
            raise CommandError(words.say("stopped"), returncode=130) from None
        finally:
            watch.clear()
        self._tell(done, words, to_output=file != "-")

    def _tell(self, done: Exported, words: Words, *, to_output: bool) -> None:
        """Beside the feed, never in it."""
        out = self.stdout if to_output else self.stderr
        told = [words.say("export_done", offers=done.offers)]
        if done.left_out:
            told.append(words.say("export_left_out", count=done.left_out))
        if done.unbacked:
            told.append(words.say("export_unbacked", count=done.unbacked))
        for sentence in told:
            out.write(sentence, None if to_output else self.style.NOTICE)


class _Watch:
    """A bar that knows its length when the first offer is written."""

    def __init__(self, out: TextIO, title: str) -> None:
        self._out = out
        self._title = title
        self._bar: Progress | None = None

    def __call__(self, done: int, whole: int) -> None:
        self._bar = self._bar or Progress(self._out, whole=whole)
        self._bar.show(self._title, done)

    def clear(self) -> None:
        if self._bar:
            self._bar.clear()


@contextmanager
def _out(file: str) -> Iterator[IO[bytes]]:
    if file == "-":
        with tempfile.TemporaryFile() as whole:
            yield whole
            whole.seek(0)
            _pour(whole)
        return
    with whole_file(Path(file)) as out:
        if not file.endswith(".gz"):
            yield out
            return
        with gzip.GzipFile(fileobj=out, mode="wb", filename="", mtime=0) as packed:
            yield cast("IO[bytes]", packed)


def _pour(whole: IO[bytes]) -> None:
    """To whoever reads our output. One who reads no further is no mistake of ours, but must not be written to again."""
    try:
        shutil.copyfileobj(whole, sys.stdout.buffer)
        sys.stdout.buffer.flush()
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
