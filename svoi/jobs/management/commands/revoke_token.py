"""`revoke-token ID`: a program no longer speaks for the shop."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from svoi.catalog.actions import revoke_token
from svoi.catalog.rules.tokens import TokenUnknown
from svoi.jobs.management.commands._target import community_named
from svoi.jobs.management.commands._words import LANGUAGES, Words, language_of_terminal


class Command(BaseCommand):
    """Works at once, and may be repeated."""

    help = "Revoke a token by its number."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("id", type=int, help="the number it was issued under")
        parser.add_argument("--community", default="", help="slug of the community; may be left out when there is one")
        parser.add_argument("--language", choices=LANGUAGES, default=language_of_terminal())

    def handle(self, *, community: str, language: str, **options: Any) -> None:
        words = Words(language)
        target = community_named(community, words)
        try:
            token = revoke_token(token_id=options["id"], community=target, at=timezone.now())
        except TokenUnknown:
            raise CommandError(words.say("token_not_found", id=options["id"], community=target.slug)) from None
        self.stdout.write(words.say("token_revoked", id=token.pk, name=token.name))
