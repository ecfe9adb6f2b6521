"""A whole town in memory: facts, exposures, books and truth."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, fields

import numpy as np
import numpy.typing as npt

import svoi.town.alike
import svoi.town.attacks  # noqa: F401 - both register what they hold
from svoi.town.books import Table, counters, without_silent
from svoi.town.days import lived
from svoi.town.honest.belonging import remember_vouches
from svoi.town.names import VERBS
from svoi.town.plan import Plan
from svoi.town.rows import DTYPES, Rows, joined
from svoi.town.schemes import Asked, asked
from svoi.town.settlement import Settlement, found
from svoi.town.stage import Registry, Stage
from svoi.town.truth import HONEST, AccountTruth, Truth

FACT_COLUMNS = ("actor", "verb", "target", "at_s", "device", "network", "payment", "exposure")
# The books of a town, with the columns that say whose a row is and when it began.
BOOKS = {
    "orders": ("buyer", "at_s"),
    "watches": ("actor", "from_s"),
    "vouches": ("voucher", "at_s"),
    "verdicts": ("juror", "at_s"),
}


@dataclass(slots=True)
class Prepared:
    """A town whose schemes are laid out and whose days are still to be lived."""

    settlement: Settlement
    registry: Registry
    asked: list[Asked]

    def days(self) -> Iterator[Rows]:
        """The facts day by day, in order of time. Live it once."""
        return lived(self.settlement, self.registry.silent_s)

    def books(self) -> dict[str, Table]:
        """Orders, watches, vouches, verdicts and the counters that follow; to be asked for after the days."""
        books = self.settlement.books
        silent_s = self.registry.silent_s
        told = {name: without_silent(books.table(name), silent_s, *columns) for name, columns in BOOKS.items()}
        return told | {"counters": counters(told["orders"], books.table("edits"))}

    def account_truth(self) -> AccountTruth:
        """The truth about accounts; known before the days are lived."""
        joined_s = self.registry.joined_s
        scheme, group = np.zeros(len(joined_s), np.int16), np.full(len(joined_s), -1)
        for number, each in enumerate(self.registry.groups):
            scheme[each.accounts], group[each.accounts] = each.code, number
        return AccountTruth(
            names=(HONEST, *(each.scheme.name for each in self.asked)),
            intensities=("", *(each.intensity for each in self.asked)),
            are_attacks=np.array([False, *(each.scheme.is_attack for each in self.asked)]),
            scheme=scheme,
            group=group,
            joined_s=joined_s,
            groups=self.registry.groups,
        )

    def truth(self, facts: Rows) -> Truth:
        """The truth about accounts, and about these facts."""
        known = self.account_truth()
        about = {each.name: getattr(known, each.name) for each in fields(known)}
        return Truth(**about, fact_scheme=facts.scheme, fact_fake=facts.fake)


@dataclass(slots=True)
class Town:
    """Columns of numpy. In `facts`, `verb` is a place in `verbs`; the columns from `device` on are -1 where unknown."""

    plan: Plan
    facts: Table
    values: np.ndarray
    exposures: Table
    books: dict[str, Table]
    truth: Truth
    verbs: tuple[str, ...] = field(default=VERBS)

    @property
    def verb_names(self) -> npt.NDArray[np.str_]:
        """The verbs of the facts as words."""
        return np.array(self.verbs)[self.facts["verb"]]


def prepare(plan: Plan, schemes: Iterable[str] = ()) -> Prepared:
    """Found the town and lay out every scheme: `name`, `name:low`, `name:high,knob=value`; once for each mention."""
    listed = [asked(words) for words in schemes]
    settlement = found(plan)
    remember_vouches(settlement)
    nobody_silent = np.full(plan.people, np.inf)
    registry = Registry(settlement, settlement.people.joined_s.copy(), nobody_silent)
    for place, each in enumerate(listed):
        dice = plan.dice(each.scheme.name, place)
        each.scheme.play(Stage(place + 1, each.scheme.is_attack, dice, registry), **each.knobs)
    return Prepared(settlement, registry, listed)


def build(*, people: int = 1_000, seed: int = 1, days: int = 60, attacks: Iterable[str] = ()) -> Town:
    """A town of so many people, watched for so many days, with attacks and look-alikes (see `svoi.town.SCHEMES`)."""
    plan = Plan(people=people, seed=seed, days=days)
    prepared = prepare(plan, attacks)
    told = joined(prepared.days())
    return Town(
        plan=plan,
        facts={name: getattr(told, name) for name in DTYPES if name in FACT_COLUMNS},
        values=told.value,
        exposures=prepared.settlement.books.table("exposures"),
        books=prepared.books(),
        truth=prepared.truth(told),
    )
