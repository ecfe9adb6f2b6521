"""What the supervisor knows of a program before it runs."""

import signal
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from svoi.doors.account import Account
from svoi.doors.sentences import CannotStart
from svoi.doors.supervisor.readiness import Question

Ending = tuple[tuple[signal.Signals, float], ...]
POLITELY: Ending = ((signal.SIGTERM, 6.0), (signal.SIGKILL, 3.0))


@dataclass(frozen=True)
class Program:
    name: str
    command: list[str]
    is_ready: Question
    env: Mapping[str, str] | None = None
    cwd: Path | None = None
    after: tuple[str, ...] = ()  # started when these are ready, ended before them
    account: Account | None = None
    ending: Ending = POLITELY
    last_wish: signal.Signals = signal.SIGKILL  # what the kernel sends it when the supervisor dies
    clear: Callable[[], None] | None = None  # removes what a killed run left behind; may take seconds
    refusal: Callable[[str], CannotStart] | None = None  # finds the sentence in the last words of its log
    ready_within_s: float = 90.0
    is_vital: bool = True  # when it cannot be started even once, the instance is not opened
