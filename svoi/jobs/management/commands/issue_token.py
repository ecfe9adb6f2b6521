"""`issue-token NAME`: let a program speak for a shop."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from svoi.catalog.actions import issue_token
from svoi.catalog.rules.tokens import SCOPES, TokenNameMissing
from svoi.jobs.management.commands._target import community_named
from svoi.jobs.management.commands._words import LANGUAGES, Words, language_of_terminal


class Command(BaseCommand):
    """The secret alone goes to standard output, so that it can be led into a file; words about it go to the other."""

    help = "Issue a token to a program of the shop, for example to its stock keeping."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("name", help="what the program is called")
        parser.add_argument("--scope", action="append", choices=sorted(SCOPES), help="what it may do; may be repeated")
        parser.add_argument("--community", default="", help="slug of the community; may be left out when there is one")
        parser.add_argument("--language", choices=LANGUAGES, default=language_of_terminal())

    def handle(self, *, name: str, community: str, language: str, **options: Any) -> None:
        words = Words(language)
        target = community_named(community, words)
        try:
            token, secret = issue_token(
                community=target, name=name, scopes=options["scope"] or ["stock"], at=timezone.now()
            )
        except TokenNameMissing as refused:
            raise CommandError(words.say(refused.code)) from None
        told = words.say("token_issued", id=token.pk, name=token.name, community=target.slug)
        self.stderr.write(told, self.style.NOTICE)
        self.stdout.write(secret)
