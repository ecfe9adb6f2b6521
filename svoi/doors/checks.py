"""`bin/test`: every check of the house, as a list to read; one that fails hides none of the others."""

import argparse
import collections
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterable, Mapping

from svoi.doors.setup.venv import apt_install
from svoi.doors.surroundings import ROOT
from svoi.doors.terminal import Step, in_words, say

PYTHON = [sys.executable, "-m"]
CHECKS = (
    ("style", "стиль", [*PYTHON, "ruff", "check", "."]),
    ("format", "оформление", [*PYTHON, "ruff", "format", "--check", "."]),
    (
        "walls between rooms",
        "стены между комнатами",
        [sys.executable, "-c", "import importlinter.cli as c, sys; sys.exit(c.lint_imports_command())"],
    ),
    ("types", "типы", [*PYTHON, "mypy"]),
)
PYTEST = [*PYTHON, "pytest"]
JOURNEYS = "tests/journeys"
# In a process of its own: it keeps browsers open all the way, and what measures delays must not share a loop with them.
EVERY_PAGE = f"{JOURNEYS}/test_access.py"
# Each worker has a database of its own; a file's tests stay together, with what they made.
SIDE_BY_SIDE = ["-n", str(min(os.cpu_count() or 1, 4)), "--dist", "loadfile"]
# Here processes, sockets and browsers meet a clock. What fails once on a busy machine is tried once more and named;
# what fails twice has failed. Everything else fails at the first try: a race that is lost once is lost.
WITH_A_CLOCK = (
    *(f"tests/{folder}/" for folder in ("journeys", "media", "gateway", "doors", "desk", "jobs", "ui")),
    *(f"tests/web/{part}" for part in ("room/", "point_map/", "test_points_browser", "test_poll_scripts")),
    *(f"tests/web/{part}" for part in ("test_replay_browser", "envelopes/test_opening")),
    *(f"tests/studio/{part}" for part in ("console_scripts/", "camera_scripts/", "test_keyboard", "planning/")),
    *(f"tests/studio/{part}" for part in ("test_rundown_scripts", "test_camera_control", "test_control_scripts")),
    "tests/admin/test_browser.py",
)
TRIED_AGAIN_MAX = 3
FAILED = re.compile(r"^(?:FAILED|ERROR) (tests/\S+?\.py::.+?)(?: - .*)?$")
CHROMIUM_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
COUNTED = re.compile(r"(\d+) (passed|failed|errors?|skipped|xfailed|xpassed)\b")
SUMMARY = re.compile(r"^=*\s*\d+ (passed|failed|error|skipped|deselected).* in [\d.]+s")


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="bin/test", description="Run every check; other arguments go to pytest.")
    parser.add_argument("--quick", action="store_true", help="without the browser journeys")
    asked, for_pytest = parser.parse_known_args(arguments)
    failed = [name for name, russian, command in CHECKS if not _quietly(name, russian, command)]
    counts: collections.Counter[str] = collections.Counter()
    for name, command in _test_runs(for_pytest, quick=asked.quick):
        again: list[str] = []
        if not _aloud(name, command, counts, again) and not _passes_again(name, again, counts):
            failed.append(name)
    for name in failed:
        say(in_words(f"  ✗ {name} failed", f"  ✗ не прошло: {name}"))
    skipped = f", {counts['skipped']} skipped" if counts["skipped"] else ""
    say(f"{counts['passed']} passed, {counts['failed'] + counts['error']} failed{skipped}")
    return 1 if failed else 0


def _test_runs(for_pytest: list[str], *, quick: bool) -> Iterable[tuple[str, list[str]]]:
    if any((ROOT / argument.partition("::")[0]).exists() for argument in for_pytest):
        yield "tests", [*PYTEST, *for_pytest]
        return
    has_browser = not quick and _has_chromium()  # before the first run: a few of its tests need one too
    yield "tests", [*PYTEST, *SIDE_BY_SIDE, "tests", f"--ignore={JOURNEYS}", *for_pytest]
    if has_browser:
        yield "journeys", [*PYTEST, JOURNEYS, f"--ignore={EVERY_PAGE}", *for_pytest]
        yield "every page", [*PYTEST, EVERY_PAGE, *for_pytest]


def _quietly(name: str, russian: str, command: list[str]) -> bool:
    """A check that speaks only when it fails."""
    step = Step(name, russian)
    ran = subprocess.run(command, cwd=ROOT, env=_environment(), capture_output=True, text=True, check=False)
    if ran.returncode == 0:
        step.done()
        return True
    step.failed()
    say(f"{ran.stdout}{ran.stderr}".rstrip())
    return False


def may_be_tried_again(failed: list[str]) -> bool:
    """A few tests with a clock in them; more at once are no accident."""
    return 0 < len(failed) <= TRIED_AGAIN_MAX and all(test.startswith(WITH_A_CLOCK) for test in failed)


def to_try_again(failed: list[str]) -> list[str]:
    """What is run once more for these: of the walk through every page all of it, a part alone skips its last check."""
    return sorted({EVERY_PAGE if test.startswith(EVERY_PAGE) else test for test in failed})


def _passes_again(name: str, failed: list[str], counts: collections.Counter[str]) -> bool:
    """Whether what failed passes by itself, in a process and with a database of its own."""
    if not may_be_tried_again(failed):
        return False
    if not _aloud(f"{name}, once more", [*PYTEST, *to_try_again(failed)], collections.Counter(), []):
        return False
    counts.update({"passed": len(failed), "failed": -len(failed)})
    for test in failed:
        say(in_words(f"  ! passed only at the second try: {test}", f"  ! прошло только со второго раза: {test}"))
    return True


def _aloud(name: str, command: list[str], counts: collections.Counter[str], failed: list[str]) -> bool:
    """A test run: its output passes through, its summary is counted, what failed is added to `failed`."""
    say(f"  … {name}")
    color = ["--color=yes"] if sys.stdout.isatty() else []
    running = subprocess.Popen([*command, *color], cwd=ROOT, env=_environment(), stdout=subprocess.PIPE, text=True)
    assert running.stdout is not None
    for line in running.stdout:
        say(line.rstrip("\n"))
        plain = re.sub(r"\x1b\[[\d;]*m", "", line)
        if told := FAILED.match(plain.rstrip()):
            failed.append(told[1])
        if SUMMARY.match(plain):
            counts.update({word.removesuffix("s"): int(number) for number, word in COUNTED.findall(plain)})
    return running.wait() == 0


def _environment() -> Mapping[str, str]:
    return {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONUNBUFFERED": "1"}


def _has_chromium() -> bool:
    """The journeys need a browser of the system; root may add it, nobody else."""
    if any(shutil.which(name) for name in CHROMIUM_NAMES):
        return True
    if os.geteuid() == 0 and shutil.which("apt-get"):
        step = Step("adding chromium", "ставим chromium")
        if apt_install("chromium"):
            step.done()
            return True
        step.failed()
    say(
        in_words(
            "  ! No Chromium here, so the browser journeys are left out; install it with: apt-get install chromium",
            "  ! Chromium не найден, поэтому путешествия в браузере пропущены; поставьте: apt-get install chromium",
        )
    )
    return False


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
