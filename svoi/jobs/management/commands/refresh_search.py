"""`refresh-search`: read every product anew, so that it is found by what it says."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from svoi.catalog.actions import refresh_search
from svoi.jobs.management.commands._target import community_named
from svoi.jobs.management.commands._words import LANGUAGES, Words, language_of_terminal


class Command(BaseCommand):
    """What the clock does every night, at once."""

    help = "Read every product of a community anew for the search."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--community", default="", help="slug of the community; may be left out when there is one")
        parser.add_argument("--language", choices=LANGUAGES, default=language_of_terminal())

    def handle(self, *, community: str, language: str, **options: Any) -> None:
        words = Words(language)
        target = community_named(community, words)
        done = refresh_search(community_id=target.pk, whole=True)
        self.stdout.write(words.say("search_done", community=target.slug, products=done.products, words=done.words))
