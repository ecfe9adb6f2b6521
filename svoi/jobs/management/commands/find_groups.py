"""`find-groups COMMUNITY`: look for accounts that act together against expectation, and say what was found."""

from __future__ import annotations

import time
from datetime import timedelta
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from svoi.jobs.management.commands._target import community_named
from svoi.jobs.management.commands._words import LANGUAGES, Words, language_of_terminal
from svoi.jobs.searching import end_with_input
from svoi.kernel.refused import Refused
from svoi.trust.actions.searching import Outcome, search_groups
from svoi.trust.rules import DAYS_MAX, SEASON


class Command(BaseCommand):
    """What the clock does every ten minutes and every night, at once and in words."""

    help = "Search a community's facts for groups that act together against expectation."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("community", help="slug of the community")
        parser.add_argument("--days", type=int, default=SEASON.days, help="how many days back (90)")
        parser.add_argument("--dry-run", action="store_true", help="say what would be found, keep nothing")
        parser.add_argument("--alone", type=int, help="in a dry run: nats lockstep needs without a second sign")
        parser.add_argument("--seed", type=int, default=0, help="the same seed finds the same in the same facts (0)")
        parser.add_argument("--language", choices=LANGUAGES, default=language_of_terminal())
        parser.add_argument("--while-open", action="store_true", help="end as soon as the standard input ends")

    def handle(self, *, community: str, days: int, seed: int, language: str, **options: Any) -> None:
        if options["while_open"]:
            end_with_input()
        words, now = Words(language), timezone.now()
        place = community_named(community, words)
        since = now - timedelta(days=min(max(days, 0), DAYS_MAX + 1))
        try:
            outcome = search_groups(
                community=place,
                window=(since, now),
                dry_run=options["dry_run"],
                seed=seed,
                at=now,
                clock=time.perf_counter,
                alone=options["alone"],
            )
        except Refused as refused:
            raise CommandError(words.say(refused.code, community=place.slug, **refused.facts)) from None
        for line in _told(outcome, place.slug, days, words, language):
            self.stdout.write(line)


def _told(outcome: Outcome, slug: str, days: int, words: Words, language: str) -> list[str]:
    search = outcome.search
    seconds = f"{search.took_ms / 1000:.1f}"
    lines = [
        words.say(
            "groups_searched", community=slug, facts=search.facts_read, days=days, seconds=seconds, seed=search.seed
        )
    ]
    if not outcome.groups:
        return [*lines, words.say("groups_none")]
    for group in outcome.groups:
        sentence = group.sentence_ru if language == "ru" else group.sentence_en
        lines.append(f"  {group.window[0]:%Y-%m-%d %H:%M} UTC  {sentence}")
    key = "groups_dry" if search.is_dry else "groups_kept"
    return [*lines, words.say(key, all=len(outcome.groups), new=outcome.new)]
