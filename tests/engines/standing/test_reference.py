"""The worked example of docs/reference/standing.md is computed anew from its own table of entries."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from svoi.engines.standing.entries import Entry
from svoi.engines.standing.replaying import Circumstances, replay
from svoi.engines.standing.units import DAY_S, POINT, Axis, Kind
from tests.engines.standing.given import TODAY, vouches
from tests.engines.standing.test_capacity import allotted

PAGE = Path(__file__).parents[3] / "docs" / "reference" / "standing.md"
# What the page says in words: 12 is of a group of three, 13 got 0.8 points back, trust lets 14 give 0.3 and her hold 2.
KNOWN = Circumstances(
    sizes={1: 3},
    group_of={12: 1},
    returned={13: 800_000},
    given={11: 9 * POINT, 12: 9 * POINT, 13: 9 * POINT, 14: 300_000},
    capacity=2 * POINT,
)


def table(heading: str) -> list[list[str]]:
    """The cells of the first table under a heading, without its head."""
    lines = PAGE.read_text(encoding="utf-8").split(f"\n{heading}\n")[1].splitlines()
    first = next(place for place, line in enumerate(lines) if line.startswith("|"))
    rows = []
    for line in lines[first + 2 :]:
        if not line.startswith("|"):
            break
        rows.append([cell.strip() for cell in line.strip("|").split("|")])
    return rows


def whole(text: str) -> int:
    return int(text.replace(",", "").replace("−", "-"))


def test_the_worked_example_is_what_the_engine_computes() -> None:
    told = [
        Entry(
            member=1, community=1, axis=Axis.AUTHOR, number=int(number), rule=rule, version=1, cause=f"event-{number}",
            at=TODAY - int(days) * DAY_S, delta=whole(raw), counterparty=int(giver) if giver.isdecimal() else None,
            kind=Kind.PENALTY if whole(raw) < 0 else Kind.CREDIT,
        )
        for number, rule, days, giver, raw in table("### What happened")
    ]  # fmt: skip
    balance = replay(told, TODAY, KNOWN)
    columns = ("number", "raw", "decay", "repeats", "group", "mutual", "giver", "capacity", "value")
    expected = [[getattr(part, column) for column in columns] for part in balance.parts]
    *shown, total = ([whole(cell) if cell else 0 for cell in row] for row in table("### What it comes to"))
    assert shown == expected
    assert total == [0, *np.sum(expected, axis=0)[1:].tolist()]
    assert total[-1] == balance.micro


def test_the_example_of_capacity_is_what_the_engine_computes() -> None:
    edges = [(0, 1, 3), (0, 2, 3), (2, 3, 2), (2, 4, 2)]
    for place, turns in enumerate(([0, 1, 2, 3, 4], [0, 1, 4, 3, 2])):
        got = allotted(5, {0: 7}, edges, [4, 2, 1, 2, 2], turns)
        assert [whole(row[1 + place]) for row in table("### Capacity by hand")] == got
    assert vouches(5, {0: 7}, edges).seeds.sum() == 7
