"""A whole shop as `bin/up` starts it, on ports of its own, and the processor time each of its programs has used."""

from __future__ import annotations

import json
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from svoi.doors.folder import Folder
from svoi.doors.ports import OFFSETS
from svoi.doors.surroundings import left_note

ROOT = Path(__file__).resolve().parents[2]
OPEN_WITHIN_S = 120.0
_TICKS = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True)
class Shop:
    """A running shop: where its web is, the environment of its processes, and where it keeps its notice board."""

    port: int
    env: dict[str, str]
    folder: Folder

    @property
    def database(self) -> str:
        return self.env["DATABASE_URL"]

    def cpu_s(self) -> dict[str, float]:
        """Processor seconds so far, by program: its own process and all those below it, the ended ones included."""
        board = json.loads(self.folder.board.read_text())
        return {name: _tree_cpu_s(told["pid"]) for name, told in board.items() if told["pid"]}


@contextmanager
def open_shop() -> Iterator[Shop]:
    """Without the demo, with its bank, as a rehearsal has it; nothing of it is left afterwards."""
    place = Path(tempfile.mkdtemp(prefix="svoi-bench-shop-"))
    place.chmod(0o711)
    folder, port = Folder(place / "data"), _free_base()
    command = [sys.executable, "-P", "-m", "svoi.doors", "up"]
    asked = ["--data", str(folder.path), "--port", str(port), "--no-demo"]
    env = {**os.environ, "PYTHONPATH": str(ROOT), "SVOI_REHEARSAL": "1"}
    with (place / "up.log").open("wb") as log:
        process = subprocess.Popen([*command, *asked], cwd=ROOT, env=env, stdout=log, stderr=log)
        try:
            _until_open(process, port, place / "up.log")
            yield Shop(port, {**env, **(left_note(folder) or {})}, folder)
        finally:
            process.terminate()
            process.wait()
            shutil.rmtree(folder.cluster.resolve(), ignore_errors=True)
            shutil.rmtree(place, ignore_errors=True)


def _until_open(process: subprocess.Popen[bytes], port: int, log: Path) -> None:
    deadline = time.monotonic() + OPEN_WITHIN_S
    while time.monotonic() < deadline and process.poll() is None:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=3):
                return
        except (OSError, urllib.error.URLError):
            time.sleep(0.2)
    raise RuntimeError(f"the shop did not open:\n{log.read_text(errors='replace')[-2000:]}")


def _free_base() -> int:
    """A port with as many free ones behind it as a shop needs."""
    while True:
        with socket.socket() as found:
            found.bind(("127.0.0.1", 0))
            base = int(found.getsockname()[1])
        if base < 60_000 and all(_is_free(base + offset) for offset in OFFSETS.values()):
            return base


def _is_free(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) != 0


def _tree_cpu_s(pid: int) -> float:
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
        children = [
            int(child)
            for task in Path(f"/proc/{pid}/task").iterdir()
            for child in (task / "children").read_text().split()
        ]
    except OSError:
        return 0.0  # it has ended: its time is now in its parent's account of ended children
    return sum(int(fields[place]) for place in (11, 12, 13, 14)) / _TICKS + sum(map(_tree_cpu_s, children))
