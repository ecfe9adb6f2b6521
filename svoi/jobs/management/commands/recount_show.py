"""`recount-show ID`: work an ended show's numbers out anew from its records, or only try it."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone, translation

from svoi.jobs.management.commands._words import LANGUAGES, Words, language_of_terminal
from svoi.kernel.refused import Refused
from svoi.shows.actions.recounting import recount_show
from svoi.shows.models import Recount, Show
from svoi.shows.queries.strip import Room, room_numbers
from svoi.shows.rules.recounting import LimitUnknown
from svoi.ui.reason_words import reason_sentence


class Command(BaseCommand):
    """Prints each figure before and after, and how many viewers each reason is said of."""

    help = "Work the numbers of an ended show out anew from its records."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("show", type=int, help="number of the show, as in its address")
        parser.add_argument("--dry-run", action="store_true", help="only try it: what is shown stays as it is")
        parser.add_argument("--limits", nargs="+", default=[], metavar="NAME=VALUE", help="limits to try it with")
        parser.add_argument("--why", default="by hand", help="why, for the record")
        parser.add_argument("--language", choices=LANGUAGES, default=language_of_terminal())

    def handle(self, *, show: int, dry_run: bool, limits: list[str], why: str, language: str, **options: Any) -> None:
        words, now = Words(language), timezone.now()
        found = Show.objects.filter(pk=show).first()
        if found is None:
            raise CommandError(words.say("recount_no_show", show=show))
        before = room_numbers(found, at=now)
        try:
            recount = recount_show(show_id=show, why=why, at=now, dry_run=dry_run, limits=_limits(limits))
        except Refused as no:
            raise CommandError(words.say(f"recount_{no.code}", **no.facts)) from None
        with translation.override(language):
            self._tell(before, recount, words)
        self.stdout.write(words.say("recount_tried" if dry_run else "recount_done", show=show))

    def _tell(self, before: Room, recount: Recount, words: Words) -> None:
        rows = (
            ("viewers", before.unique, recount.viewers_counted, recount.viewers_raw),
            ("peak", before.peak_counted, recount.peak_counted, recount.peak_raw),
            ("reactions", before.reactions_counted, recount.reactions_counted, recount.reactions_raw),
            ("messages", before.messages_counted, recount.messages_counted, recount.messages_raw),
        )
        for name, was, after, raw in rows:
            self.stdout.write(words.say(f"recount_{name}", before=was, after=after, raw=raw))
        for what, reasons in recount.reasons.items():
            for code, people in reasons.items():
                self.stdout.write(f"  {words.say(f'recount_of_{what}')}: {reason_sentence(code, people)}")


def _limits(told: list[str]) -> dict[str, float]:
    limits = {}
    for one in told:
        name, _, value = one.partition("=")
        try:
            limits[name] = float(value)
        except ValueError:
            raise LimitUnknown(name=name) from None
    return limits
