"""YooKassa's notices, with the troubles that real ones have: lost, late, sent twice, out of order."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from threading import Lock
from typing import Any, Literal

Trouble = Literal["lost", "twice", "late"]
REPEAT_AFTER = timedelta(minutes=10)
REPEATS_LAST = timedelta(hours=24)
LATE = timedelta(hours=2)
OK = 200


@dataclass(eq=False)
class Letter:
    """One notice on its way."""

    body: dict[str, Any]
    written_at: datetime
    due_at: datetime


class Mailbox:
    """Keeps notices until `deliver` is called; `send` carries one to the shop and returns the status of its answer.

    `troubles` befall the next notices, one each; with `reversed_order` those due at one time go newest first. What the
    shop does not answer with 200 is sent again after a while, for a day.
    """

    def __init__(self, *, clock: Callable[[], datetime], send: Callable[[dict[str, Any]], int]) -> None:
        self.clock, self.send = clock, send
        self.troubles: deque[Trouble | None] = deque()
        self.reversed_order = False
        self.waiting: list[Letter] = []
        self.written: list[dict[str, Any]] = []
        self._lock = Lock()

    def write(self, event: str, about: dict[str, Any]) -> None:
        """A notice of what happened to a payment or a refund."""
        body = {"type": "notification", "event": event, "object": about}
        self.written.append(body)
        trouble = self.troubles.popleft() if self.troubles else None
        if trouble == "lost":
            return
        due_at = self.clock() + (LATE if trouble == "late" else timedelta())
        with self._lock:
            self.waiting += [Letter(body, self.clock(), due_at) for _ in range(2 if trouble == "twice" else 1)]

    def deliver(self) -> list[int]:
        """Send all that is due; the shop's answers in the order they came."""
        with self._lock:
            due = [letter for letter in self.waiting if letter.due_at <= self.clock()]
            self.waiting = [letter for letter in self.waiting if letter not in due]
        if self.reversed_order:
            due.reverse()
        answers = []
        for letter in due:
            answers.append(self.send(letter.body))
            if answers[-1] != OK and self.clock() - letter.written_at < REPEATS_LAST:
                letter.due_at = self.clock() + REPEAT_AFTER
                with self._lock:
                    self.waiting.append(letter)
        return answers
