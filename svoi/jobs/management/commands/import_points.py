"""`import-points FILE|-` and `import-points --cdek CITY`: make a community's points what a full list says."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from svoi.jobs.management.commands._target import community_named
from svoi.jobs.management.commands._words import LANGUAGES, Words, language_of_terminal
from svoi.pickup.actions import PointsImported, import_carrier_points, import_points
from svoi.pickup.providers import carrier_named
from svoi.pickup.providers.tables import looks_like_a_table, read_points_file
from svoi.pickup.queries import carrier_door
from svoi.pickup.rules.carriers import CarrierAway, CarrierRefused
from svoi.pickup.rules.points import PointsRefused


class Command(BaseCommand):
    """The whole list or nothing: a point missing from it is closed."""

    help = "Import the full list of pickup points: a JSON list, a CSV table (- reads standard input), or CDEK's."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", nargs="?", default="", help="the list, or - for standard input")
        parser.add_argument("--cdek", metavar="CITY", default="", help="CDEK's number of a city; 44 is Moscow")
        parser.add_argument("--news-to", metavar="ADDRESS", default="", help="have CDEK tell its news to this shop")
        parser.add_argument("--community", default="", help="slug of the community; may be left out when there is one")
        parser.add_argument("--language", choices=LANGUAGES, default=language_of_terminal())

    def handle(self, *, file: str, cdek: str, community: str, language: str, **options: Any) -> None:
        words, news_to = Words(language), options["news_to"].rstrip("/")
        if bool(file) == bool(cdek or news_to):
            raise CommandError(words.say("file_or_city"))
        if (cdek or news_to) and not carrier_named("cdek").is_set_up():
            raise CommandError(words.say("cdek_not_set_up"))
        try:
            if news_to:
                self._subscribe(news_to, words)
            if file or cdek:
                self._tell(self._import(file, cdek, community, words), words)
        except PointsRefused as refused:
            raise CommandError(words.points_refused(refused.facts)) from None
        except CarrierAway as away:
            raise CommandError(words.say("cdek_away", why=away.facts["reason"])) from None
        except CarrierRefused as refused:
            raise CommandError(words.say("cdek_refused", why=refused.facts["reason"])) from None

    def _import(self, file: str, cdek: str, community: str, words: Words) -> PointsImported:
        target, at = community_named(community, words), timezone.now()
        if cdek:
            return import_carrier_points(community_id=target.pk, carrier="cdek", city=cdek, at=at)
        content = _content(file, words)
        rows = read_points_file(content, is_table=looks_like_a_table(file, content))
        return import_points(community_id=target.pk, rows=rows, at=at)

    def _subscribe(self, address: str, words: Words) -> None:
        door = f"{address}/carriers/cdek/{carrier_door(settings.SECRET_KEY, 'cdek')}/notices"
        carrier_named("cdek").subscribe(door, at=timezone.now())
        self.stdout.write(words.say("news_subscribed", address=door))

    def _tell(self, done: PointsImported, words: Words) -> None:
        counted = {name: getattr(done, name) for name in ("points", "created", "changed", "closed", "reopened")}
        self.stdout.write(words.say("points_done", **counted))


def _content(file: str, words: Words) -> bytes:
    try:
        return sys.stdin.buffer.read() if file == "-" else Path(file).read_bytes()
    except OSError as error:
        raise CommandError(words.say("no_file", file=file, why=error.strerror)) from None
