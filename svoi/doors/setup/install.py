"""Installs what the lock files name, by hash, showing how far it got; a failure is told in one sentence."""

import re
import select
import signal
import subprocess
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import IO

from svoi.doors.launching import tied
from svoi.doors.sentences import CannotStart, disk_is_full, is_about_a_full_disk
from svoi.doors.terminal import Step

TAIL_LINES = 400
TICK_S = 0.5
PIN = re.compile(r"^[A-Za-z0-9][\w.-]*(\[[\w,]+\])?==", re.MULTILINE)
FETCHING = re.compile(r"^\s*(?:Collecting|Requirement already satisfied:) ([\w.-]+)")

NO_WAY_OUT = (
    "NewConnectionError",
    "NameResolutionError",
    "ConnectTimeoutError",
    "Temporary failure in name resolution",
    "Network is unreachable",
)
# Published as sources alone; it is an oracle of the tests, so no machine that runs the shop ever builds it.
SOURCES_ONLY = ("yookassa",)
FORGED = ("DO NOT MATCH THE HASHES", "Hashes are required")


def install(python: Path, locks: list[Path]) -> None:
    expected = sum(len(PIN.findall(lock.read_text())) for lock in locks)
    step = Step(f"installing {expected} packages", f"ставим пакеты ({expected})")
    command = [
        *(str(python), "-m", "pip", "install", "--no-input", "--disable-pip-version-check"),
        *("--progress-bar", "off", "--no-deps", "--require-hashes", "--only-binary", ":all:"),
        *("--no-binary", ",".join(SOURCES_ONLY)),
        *(argument for lock in locks for argument in ("-r", str(lock))),
    ]
    pip = subprocess.Popen(
        tied(command, last_wish=signal.SIGTERM), stdout=subprocess.PIPE, stderr=subprocess.STDOUT, bufsize=0
    )
    assert pip.stdout is not None
    tail = _followed(_lines(pip.stdout), step, expected)
    if pip.wait() != 0:
        step.failed()
        raise refusal_in(tail)
    step.done()


def _followed(lines: Iterable[str | None], step: Step, expected: int) -> list[str]:
    """Read pip's output to the end, ticking the step; gives its last lines."""
    tail: list[str] = []
    fetched, note = 0, ""
    for line in lines:
        if line is not None:
            tail = [*tail[-TAIL_LINES:], line]
            if found := FETCHING.match(line):
                fetched += 1
                note = f"{fetched}/{expected} {found[1]}"
            elif line.startswith("Installing collected packages"):
                note = f"{expected}/{expected}"
        step.tick(note)
    return tail


def _lines(pipe: IO[bytes]) -> Iterator[str | None]:
    """The lines as they come; None whenever there was none for a while."""
    rest = b""
    while True:
        if not select.select([pipe], [], [], TICK_S)[0]:
            yield None
            continue
        chunk = pipe.read(65_536)
        *whole, rest = (rest + chunk).split(b"\n")
        yield from (line.decode(errors="replace") + "\n" for line in whole)
        if not chunk:
            return


def refusal_in(tail: list[str]) -> CannotStart:
    said = "".join(tail)
    if is_about_a_full_disk(said):
        return disk_is_full(".venv")
    if any(sign in said for sign in FORGED):
        return CannotStart(
            "A package does not match the hash in the lock file; nothing of it was used. Check where pip fetches from.",
            "Пакет не совпал с хешем в файле блокировки и не установлен. Проверьте, откуда pip берёт пакеты.",
        )
    if any(sign in said for sign in NO_WAY_OUT):
        return CannotStart(
            "The package index cannot be reached; check the network or pip's settings and start again.",
            "До хранилища пакетов не достучаться; проверьте сеть или настройки pip и запустите снова.",
        )
    reason = next((line.strip() for line in reversed(tail) if line.startswith("ERROR")), "pip failed")
    return CannotStart(f"The packages could not be installed: {reason}", f"Не удалось поставить пакеты: {reason}")
