"""The ledger as a schoolbook would keep it: dictionaries, one step at a time."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Asked:
    """One step: a transfer, a hold, a posting or a voiding."""

    verb: str
    key: str
    debit: str = ""
    credit: str = ""
    minor: int | None = None


@dataclass
class Book:
    """What stands where, what is promised, and what each key stands for."""

    balances: dict[str, int]
    floors: set[str]
    held: dict[str, int] = field(default_factory=dict)
    known: dict[str, Asked] = field(default_factory=dict)
    endings: dict[str, Asked] = field(default_factory=dict)

    def take(self, asked: Asked) -> str:
        if asked.verb in ("posting", "voiding"):
            return self._end(asked)
        if asked.key in self.known:
            return "repeated" if self.known[asked.key] == asked else "transfer_differs"
        minor = asked.minor or 0
        free = self.balances[asked.debit] - self.held.get(asked.debit, 0)
        if asked.debit in self.floors and free < minor:
            return "account_short"
        self.known[asked.key] = asked
        if asked.verb == "hold":
            self.held[asked.debit] = self.held.get(asked.debit, 0) + minor
        else:
            self._move(asked.debit, asked.credit, minor)
        return "done"

    def _end(self, asked: Asked) -> str:
        hold = self.known.get(asked.key)
        if hold is None or hold.verb != "hold":
            return "hold_unknown"
        whole = hold.minor or 0
        minor = 0 if asked.verb == "voiding" else asked.minor or whole
        before = self.endings.get(asked.key)
        if before is not None:
            same = (before.minor or whole) == minor or asked.verb == "voiding"
            return "hold_over" if before.verb != asked.verb else "repeated" if same else "transfer_differs"
        if minor > whole:
            return "more_than_held"
        self.endings[asked.key] = asked
        self.held[hold.debit] -= whole
        self._move(hold.debit, hold.credit, minor)
        return "done"

    def _move(self, debit: str, credit: str, minor: int) -> None:
        self.balances[debit] -= minor
        self.balances[credit] += minor
