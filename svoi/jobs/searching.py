"""A search for groups runs in a process of its own: its engine is heavy, and beside it nothing else would come in time.

The process holds on to us by its standard input: when we die, however suddenly, the input ends and so does the search.
"""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
LONGEST_S = 1800.0
GIVES_WAY = 10
CUT_SHORT = 3  # what a search ends with when nobody waits for it any more


class SearchFailed(Exception):
    """The process ended with this code; what went wrong stands in the log."""


def search_apart(slug: str, *, days: int) -> None:
    """Search the last days of a community, and wait for the end. Raises `SearchFailed`."""
    command = [sys.executable, "-P", "-m", "django", "find_groups", slug, "--days", str(days), "--language", "en"]
    with subprocess.Popen(
        [*command, "--while-open"],
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        env={**os.environ, "SVOI_POOL": "0", "PYTHONPATH": str(ROOT)},
    ) as running:
        try:
            code = running.wait(LONGEST_S)
        except subprocess.TimeoutExpired:
            running.kill()
            raise SearchFailed(f"{slug}: no end after {LONGEST_S:.0f} s") from None
    if code:
        raise SearchFailed(f"{slug}: ended with {code}")


def end_with_input() -> None:
    """From now on the end of the standard input is the end of this process, and till then everybody else goes first."""
    os.nice(GIVES_WAY)

    def wait() -> None:
        while os.read(0, 4096):
            pass
        os._exit(CUT_SHORT)

    threading.Thread(target=wait, name="holds on to its parent", daemon=True).start()
