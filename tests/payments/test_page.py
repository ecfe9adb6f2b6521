"""The reference page of payments tells what the rules do and what the table of troubles carries out."""

from __future__ import annotations

import re
from pathlib import Path

from svoi.payments.providers import KNOWN
from svoi.payments.providers.shape import Provider
from svoi.payments.rules import STATES, advance
from tests.payments.test_faults import ANSWERS, NOTICES

PAGE = (Path(__file__).resolve().parents[2] / "docs" / "reference" / "payments.md").read_text(encoding="utf-8")


def rows(section: str) -> list[list[str]]:
    """The cells of the first table of a section, without its head."""
    lines = PAGE.split(f"## {section}\n", 1)[1].split("\n## ", 1)[0].splitlines()
    table = [line for line in lines if line.startswith("|")]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in table[2:]]


def test_a_payment_moves_as_told():
    told = {cells[0].strip("`"): set(re.findall(r"`(\w+)`", cells[2])) for cells in rows("How a payment moves")}
    assert told == {state: {next_ for next_ in STATES if advance(state, next_)} for state in STATES}


def test_every_trouble_is_told():
    told = {name.strip() for cells in rows("What can go wrong") for name in cells[0].split(",")}
    assert {*ANSWERS["yookassa"], *ANSWERS["fake"], *NOTICES} - told == set()


def test_the_shape_is_told_whole():
    told = {name for cells in rows("Providers") for name in re.findall(r"`(\w+)", cells[0])}
    own = {name for name, value in vars(Provider).items() if callable(value) and not name.startswith("_")}
    assert told == own | set(KNOWN)
