"""`ledger check`: go over all money and points, and say what cannot be so."""

from __future__ import annotations

import io
import sys
from dataclasses import asdict
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from svoi.jobs.management.commands._ledger_words import LedgerWords
from svoi.jobs.management.commands._progress import Progress
from svoi.jobs.management.commands._words import LANGUAGES, language_of_terminal
from svoi.ledger.queries import check_ledger, ledger_size
from svoi.ledger.queries.checking import FAULTS_MAX


class Command(BaseCommand):
    """Reads only; the shop may be open meanwhile. Ends with 1 when there is a fault."""

    help = "Check the ledger: every transfer, every entry, every balance, and the guards of the tables."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("what", choices=["check"], help="check: go over everything and list faults")
        parser.add_argument("--language", choices=LANGUAGES, default=language_of_terminal())

    def handle(self, *, what: str, language: str, **options: Any) -> None:
        words = LedgerWords(language)
        watch = _Watch(io.StringIO() if options["verbosity"] == 0 else sys.stderr, words)
        try:
            faults = check_ledger(watch=watch)
        except KeyboardInterrupt:
            raise CommandError(words.say("stopped"), returncode=130) from None
        finally:
            watch.clear()
        if not faults:
            self.stdout.write(words.say("sound", **asdict(ledger_size())))
            return
        for fault in faults:
            self.stdout.write(f"  {words.fault(fault)}")
        if len(faults) >= FAULTS_MAX:
            self.stdout.write(words.say("most", count=FAULTS_MAX))
        raise CommandError(words.say("faults", count=len(faults)))


class _Watch:
    """One bar after the other, each as long as its step."""

    def __init__(self, out: Any, words: LedgerWords) -> None:
        self._out, self._words = out, words
        self._step, self._progress = "", Progress(out, whole=None)

    def __call__(self, step: str, done: int, whole: int) -> None:
        if step != self._step:
            self.clear()
            self._step, self._progress = step, Progress(self._out, whole=whole)
        self._progress.show(self._words.say(step), done)

    def clear(self) -> None:
        self._progress.clear()
