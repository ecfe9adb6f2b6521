"""`town`: a simulated town. List what can be played, write a town down in bulk, or play one at a running shop."""

from __future__ import annotations

import argparse
import asyncio
import sys
from pathlib import Path
from typing import Any

import psycopg
from django.core.management.base import BaseCommand, CommandError, CommandParser

from svoi.town import INTENSITIES, SCHEMES, SIZES, Plan, Prepared, prepare
from svoi.town.play import SCENES, CannotPlay, Tally, Wish, play
from svoi.town.play.tally import OUTCOMES
from svoi.town.words import LANGUAGES, Words, language_of_terminal
from svoi.town.writing import FORMATS, Part, copy_into, encoded, parts, write

ABOUT = """\
A simulated town: people, communities, shows, orders, attacks and honest crowds that look like them.
Everybody's name says "(simulated)"; the same seed is the same town.

  town attacks                                       what there is
  town make --people 1000 --days 60 --seed 7 --with brushing:high --with raid --out FOLDER
  town make --people region --days 7 --out FOLDER    a million people, a week, about 400 MB
  town make --people brand --format copy --out - | psql -c "copy town_facts from stdin with (null '')"
  town make --people retailer --days 28 --database postgresql://…
  town play --url http://127.0.0.1:8000 --people 30 --minutes 2 --with fake_viewers:middle
  town play --people 30 --minutes 2 --film --crew boris@example.com --password …
"""


class Command(BaseCommand):
    """Needs no shop of its own: `make` only computes, `play` comes through the doors of one that runs."""

    help = ABOUT

    def create_parser(self, *where: Any, **more: Any) -> CommandParser:
        return super().create_parser(*where, formatter_class=argparse.RawDescriptionHelpFormatter, **more)

    def add_arguments(self, parser: CommandParser) -> None:
        kinds = parser.add_subparsers(dest="what", required=True)
        listing = kinds.add_parser("attacks", help="list attacks and look-alikes")
        making = kinds.add_parser("make", help="make a town and write it down")
        making.add_argument("--people", default="1000", help=f"how many, or {', '.join(SIZES)} (default: %(default)s)")
        making.add_argument("--days", type=int, default=60, help="default: %(default)s")
        making.add_argument("--out", default="", help="a folder; - for COPY rows of the facts on standard output")
        making.add_argument("--format", choices=FORMATS, default="parquet", dest="form", help="default: %(default)s")
        making.add_argument("--database", default="", help="fill staging tables town_* straight in this PostgreSQL")
        playing = kinds.add_parser("play", help="play at a running shop, as its visitors")
        playing.add_argument("--url", default="http://127.0.0.1:8000", help="the shop (default: %(default)s)")
        playing.add_argument("--people", type=int, default=30, help="everyday visitors (default: %(default)s)")
        playing.add_argument("--minutes", type=float, default=2.0, help="default: %(default)s")
        playing.add_argument("--show", type=int, default=0, help="number of a show; default: the one on air")
        playing.add_argument("--wait", action="store_true", help="wait for the show to go on air")
        playing.add_argument("--film", action="store_true", help="plan, film and end a show of one's own")
        playing.add_argument("--crew", default="", help="e-mail of somebody who may run shows, for --film")
        playing.add_argument("--password", default="", help="her password")
        playing.add_argument("--allow-remote-host", action="store_true", help="leave this machine")
        playing.add_argument("--allow-real-shop", action="store_true", help="mix simulated people with real ones")
        for each in (making, playing):
            each.add_argument("--seed", type=int, default=1, help="default: %(default)s")
            each.add_argument(
                "--with",
                action="append",
                default=[],
                dest="schemes",
                metavar="NAME[:low|middle|high]",
                help="an attack or look-alike; may be said several times",
            )
        for each in (listing, making, playing):
            each.add_argument("--language", choices=LANGUAGES, default=language_of_terminal())

    def handle(self, *, what: str, language: str, **options: Any) -> None:
        words = Words(language)
        try:
            {"attacks": self._list, "make": self._make, "play": self._play}[what](words, options)
        except CannotPlay as reason:
            raise CommandError(words.say(reason.code, **reason.facts)) from None
        except ValueError as reason:
            raise CommandError(str(reason)) from None
        except KeyboardInterrupt:
            raise CommandError(words.say("stopped"), returncode=130) from None

    def _list(self, words: Words, _options: dict[str, Any]) -> None:
        for is_attack, title in ((True, "attacks"), (False, "look_alikes")):
            self.stdout.write(words.say(title))
            for scheme in SCHEMES.values():
                if scheme.is_attack is is_attack:
                    mark = "*" if scheme.name in SCENES else " "
                    self.stdout.write(f" {mark}{scheme.name:<18} {words.line(scheme.name, scheme.line)}")
                    for intensity in INTENSITIES if _options["verbosity"] > 1 else ():
                        self.stdout.write(f"    {intensity:<7} {dict(scheme.knobs[intensity])}")
        self.stdout.write(words.say("playable"))

    def _make(self, words: Words, options: dict[str, Any]) -> None:
        people = SIZES.get(options["people"]) or int(options["people"])
        prepared = prepare(Plan(people=people, seed=options["seed"], days=options["days"]), options["schemes"])
        out, form, database = options["out"], options["form"], options["database"]
        if out == "-" and form == "copy":
            facts = _to_stdout(prepared)
        elif database:
            with psycopg.connect(database) as connection:
                facts = copy_into(connection, parts(prepared))["facts"]
        elif out and out != "-":
            facts = self._to_folder(prepared, Path(out), form, words, quiet=not options["verbosity"])
        else:
            raise CommandError(words.say("where_to"))
        where = "stdout" if out == "-" else "PostgreSQL" if database else out
        told = words.say("written", facts=facts, people=people, days=options["days"], where=where)
        (self.stderr if out == "-" else self.stdout).write(told)

    def _to_folder(self, prepared: Prepared, folder: Path, form: str, words: Words, *, quiet: bool) -> int:
        days = prepared.settlement.plan.days

        def tell(part: Part) -> None:
            if part.name == "facts" and part.day is not None and not quiet:
                self.stderr.write(words.say("day_written", day=part.day + 1, days=days, rows=part.table.num_rows))

        try:
            return write(prepared, folder, form, watch=tell).rows["facts"]
        except FileExistsError:
            raise CommandError(words.say("a_town_is_there", where=folder)) from None

    def _play(self, words: Words, options: dict[str, Any]) -> None:
        crew = (options["crew"], options["password"])
        if options["film"] and not all(crew):
            raise CommandError(words.say("crew_password"))
        wish = Wish(
            url=options["url"],
            people=options["people"],
            minutes=options["minutes"],
            seed=options["seed"],
            schemes=options["schemes"],
            show=options["show"],
            waits=options["wait"],
            crew=crew if options["film"] else None,
            allow_remote_host=options["allow_remote_host"],
            allow_real_shop=options["allow_real_shop"],
        )

        def tell(left_s: float, tally: Tally) -> None:
            told = ", ".join(f"{what} {sum(numbers)}" for what, numbers in tally.rows())
            self.stderr.write(words.say("playing", left_s=round(left_s), told=told or "…"))

        self._report(words, asyncio.run(play(wish, tell if options["verbosity"] else lambda _left_s, _tally: None)))

    def _report(self, words: Words, tally: Tally) -> None:
        heads = [words.say(outcome) for outcome in OUTCOMES]
        self.stdout.write(f"{words.say('outcome'):<16}" + "".join(f"{head:>15}" for head in heads))
        for what, numbers in tally.rows():
            self.stdout.write(f"{what:<16}" + "".join(f"{number or '':>15}" for number in numbers))
        if tally.reasons:
            self.stdout.write(words.say("reasons"))
            for (what, reason), times in tally.reasons.most_common():
                self.stdout.write(f"  {what}: {reason} × {times}")
        self.stdout.write(words.say("viewers", lines=tally.lines_most, counted=tally.counted_most))


def _to_stdout(prepared: Prepared) -> int:
    """Rows of the facts alone, as COPY reads them."""
    facts = 0
    for part in parts(prepared):
        if part.name == "facts":
            sys.stdout.buffer.write(encoded(part.table))
            facts += part.table.num_rows
    sys.stdout.buffer.flush()
    return facts
