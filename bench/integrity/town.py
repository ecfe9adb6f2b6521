"""Every attack and every honest look-alike of the simulated town, played alone, and what the engine makes of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

import svoi.town
from svoi.engines.integrity import find_groups

PEOPLE, DAYS, SEED = 300, 28, 11
PARTS = (0.1, 0.25, 0.5, 0.75, 1.0)  # of an attack's time: when it is looked for
DETECTED_RECALL = 0.5
DAY_S = 86_400.0
AGES_DAYS = ((0, 7), (7, 30), (30, 10_000))


@dataclass(frozen=True, slots=True)
class Outcome:
    """One scheme at one intensity: accounts `found`, and those who `played` it, as places of the truth's arrays."""

    town: svoi.town.Town
    found: np.ndarray[Any, np.dtype[np.int64]]
    played: np.ndarray[Any, np.dtype[np.int64]]

    @property
    def right(self) -> int:
        return int(np.isin(self.found, self.played).sum())

    @property
    def precision(self) -> float | None:
        return self.right / len(self.found) if len(self.found) else None

    @property
    def recall(self) -> float:
        return self.right / len(self.played) if len(self.played) else 0.0


def rows() -> list[dict[str, Any]]:
    """A row for each attack, one for all look-alikes, one by the age of accounts."""
    attacks = [name for name, scheme in svoi.town.SCHEMES.items() if scheme.is_attack]
    alike = [name for name, scheme in svoi.town.SCHEMES.items() if not scheme.is_attack]
    outcomes = {(name, how): _played(name, how) for name in [*attacks, *alike] for how in svoi.town.INTENSITIES}
    told = [_attack_row(name, [outcomes[name, how] for how in svoi.town.INTENSITIES]) for name in attacks]
    told[0]["path"] = f"town of {PEOPLE} people, {DAYS} days: {told[0]['path']}"
    return [*told, _alike_row(alike, outcomes), _age_row([outcomes[name, "high"] for name in attacks])]


def _played(name: str, how: str) -> Outcome:
    town = svoi.town.build(people=PEOPLE, seed=SEED, days=DAYS, attacks=[f"{name}:{how}"])
    return Outcome(town, _found(town, until_s=None), np.flatnonzero(town.truth.is_attacker))


def _found(town: svoi.town.Town, until_s: float | None) -> np.ndarray[Any, np.dtype[np.int64]]:
    """Accounts in any group, looking at no more than what had happened until then."""
    facts, exposures = dict(town.facts), dict(town.exposures)
    if until_s is not None:
        known, shown = facts["at_s"] <= until_s, exposures["at_s"] <= until_s
        facts = {column: told[known] for column, told in facts.items()}
        exposures = {column: told[shown] for column, told in exposures.items()}
    groups = find_groups(facts, exposures, seed=SEED)
    return np.unique(np.concatenate([group.members for group in groups])) if groups else np.empty(0, dtype=np.int64)


def _attack_row(name: str, outcomes: list[Outcome]) -> dict[str, Any]:
    told = "; ".join(_told(outcome) for outcome in outcomes)
    strongest = outcomes[-1]
    stake = sum(group.stake_minor for group in strongest.town.truth.groups) / 100
    return {
        "path": f"{name}, low; middle; high",
        "figure": f"precision/recall {told}; seen {_seen_after(strongest)}; at stake {stake:,.0f} roubles",
        "demanded": "reported",
    }


def _told(outcome: Outcome) -> str:
    precision = outcome.precision
    return f"{'-' if precision is None else f'{precision:.2f}'}/{outcome.recall:.2f}"


def _seen_after(outcome: Outcome) -> str:
    """How long after its first fact half of an attack is known, looking at the parts of its time."""
    if outcome.recall < DETECTED_RECALL:
        return "never"
    group = outcome.town.truth.groups[0]
    for part in PARTS:
        until_s = group.from_s + part * (group.until_s - group.from_s)
        found = np.isin(outcome.played, _found(outcome.town, until_s)).sum()
        if found >= DETECTED_RECALL * len(outcome.played):
            return f"within {(until_s - group.from_s) / DAY_S:.1f} of {(group.until_s - group.from_s) / DAY_S:.1f} days"
    return "after its end"


def _alike_row(names: list[str], outcomes: dict[tuple[str, str], Outcome]) -> dict[str, Any]:
    flagged = {
        f"{name}:{how}": len(outcomes[name, how].found)
        for name in names
        for how in svoi.town.INTENSITIES
        if len(outcomes[name, how].found)
    }
    named = f" ({', '.join(f'{name} {count}' for name, count in flagged.items())})" if flagged else ""
    return {
        "path": f"honest look-alikes: {', '.join(names)}, each at three intensities",
        "figure": f"{sum(flagged.values())} accounts flagged{named}",
        "demanded": "0",
    }


def _age_row(outcomes: list[Outcome]) -> dict[str, Any]:
    """Honest accounts flagged, and attackers found, by how long they had belonged at the end."""
    parts = []
    for least, most in AGES_DAYS:
        wrong = honest = right = played = 0
        for outcome in outcomes:
            truth = outcome.town.truth
            age = (outcome.town.facts["at_s"].max() - truth.joined_s) / DAY_S
            of_age = np.flatnonzero((age >= least) & (age < most))
            is_played = np.isin(of_age, outcome.played)
            is_found = np.isin(of_age, outcome.found)
            wrong, honest = wrong + int((is_found & ~is_played).sum()), honest + int((~is_played).sum())
            right, played = right + int((is_found & is_played).sum()), played + int(is_played.sum())
        span = f"{least} to {most} days" if most < AGES_DAYS[-1][1] else f"over {least} days"
        parts.append(f"{span}: {wrong} of {honest:,} honest flagged, {right} of {played} attackers found")
    return {"path": "the same by age of accounts", "figure": "; ".join(parts), "demanded": "reported"}
