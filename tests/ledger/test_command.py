"""`bin/svoi ledger check`: a sentence when all is well, a list and an error when it is not."""

from __future__ import annotations

import io
import re
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from svoi.jobs.management.commands import ledger as command
from svoi.jobs.management.commands._ledger_words import FAULTS, SENTENCES
from svoi.jobs.tasks.keeping import take_checkpoints
from svoi.ledger import queries
from svoi.ledger.models import Checkpoint
from svoi.ledger.queries import STEPS, reading
from tests.ledger.books import POT, VERA, fill, move
from tests.ledger.test_guards import account, off, run

pytestmark = pytest.mark.django_db(transaction=True)
SQL = Path(queries.__file__).parents[1] / "sql"


def test_a_sound_ledger(capsys: pytest.CaptureFixture[str]):
    fill(POT, 100)
    call_command("ledger", "check", language="en")
    call_command("ledger", "check", language="ru")
    assert capsys.readouterr().out.splitlines() == [
        "The ledger is sound: accounts 2, transfers 1, entries 2.",
        "Книга учёта в порядке. Счетов: 2, переводов: 1, проводок: 2.",
    ]


@pytest.mark.parametrize(
    ("language", "line", "end"),
    [
        ("en", "the balance of points:vera is not what its entries say", "Faults found: 1."),
        ("ru", "остаток счёта points:vera расходится с проводками", "Найдено ошибок: 1."),
    ],
)
def test_a_fault_is_named(capsys: pytest.CaptureFixture[str], language: str, line: str, end: str):
    fill(VERA, 100)
    with off("svoi_accountbalance"):
        run(f"update svoi_accountbalance set posted_minor = 1 where account_id = {account(VERA)}")
    with pytest.raises(CommandError) as caught:
        call_command("ledger", "check", language=language)
    assert (caught.value.returncode, str(caught.value).startswith(end)) == (1, True)
    assert capsys.readouterr().out == f"  {line}\n"


def test_every_fault_and_step_has_words():
    told = {
        code
        for file in SQL.glob("check_*.sql")
        for code in re.findall(r"(?:select|then|else) '(\w+)'", file.read_text())
    }
    assert told == set(FAULTS)
    assert set(STEPS) - set(SENTENCES) == set()


def test_progress_is_shown_on_a_terminal(monkeypatch: pytest.MonkeyPatch):
    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    fill(POT, 100)
    out = Terminal()
    monkeypatch.setattr(command.sys, "stderr", out)
    call_command("ledger", "check", language="en")
    assert [title for title in ("transfers", "entries", "accounts") if f"Going over {title} ░" in out.getvalue()] == [
        "transfers",
        "entries",
        "accounts",
    ]


def test_the_clock_takes_checkpoints_of_busy_accounts(monkeypatch: pytest.MonkeyPatch):
    for step in range(3):
        move(f"a{step}", "provider:fake", "due:order:12", 10)
    monkeypatch.setattr(reading.due_for_checkpoint, "__kwdefaults__", {"entries": 3})
    take_checkpoints(timestamp=0)
    take_checkpoints(timestamp=0)
    assert list(Checkpoint.objects.values_list("account__key", "balance_minor")) == [("provider:fake", -30)]
