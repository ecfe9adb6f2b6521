"""`operator EMAIL|PHONE`: somebody looks after the installation from now on, or no longer."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from svoi.jobs.management.commands._operator_words import OperatorWords
from svoi.jobs.management.commands._words import LANGUAGES, language_of_terminal
from svoi.members.actions import call_operator, withdraw_operator
from svoi.members.models import Member
from svoi.members.queries import find_member
from svoi.members.rules import IdentityUnreadable


class Command(BaseCommand):
    """The only way in: whoever holds the machine decides who looks into its tables. May be repeated."""

    help = "Let a member look into the tables of this installation, or stop it."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("identity", help="the e-mail or phone the member signs in with")
        parser.add_argument("--withdraw", action="store_true", help="she looks after it no longer")
        parser.add_argument("--language", choices=LANGUAGES, default=language_of_terminal())

    def handle(self, *, identity: str, withdraw: bool, language: str, **options: Any) -> None:
        words = OperatorWords(language)
        member = _known(identity, words)
        if not withdraw:
            call_operator(member=member, at=timezone.now())
            told = "called"
        else:
            told = "withdrawn" if withdraw_operator(member=member, at=timezone.now()) else "was_none"
        self.stdout.write(words.say(told, name=member.name, id=member.pk))


def _known(identity: str, words: OperatorWords) -> Member:
    try:
        member = find_member(identity=identity)
    except IdentityUnreadable:
        raise CommandError(words.say("identity_unreadable", identity=identity)) from None
    if member is None:
        raise CommandError(words.say("nobody", identity=identity))
    return member
