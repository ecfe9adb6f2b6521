"""A real instance for the journeys: started by the front door, watched and hurt from outside."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.error import HTTPError, URLError
from urllib.request import urlopen

ROOT = Path(__file__).resolve().parents[2]
OPENS_IN_S = 120
RECOVERS_IN_S = 45


@dataclass
class House:
    """A running instance: its address, its data folder, its supervisor."""

    port: int
    data: Path
    supervisor: subprocess.Popen[bytes] | None

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def health(self) -> dict[str, Any]:
        """What /healthz says, whatever its status; empty while web is away."""
        try:
            with urlopen(f"{self.address}/healthz", timeout=5) as answer:
                return json.loads(answer.read())
        except HTTPError as problem:
            return json.loads(problem.read() or b"{}")
        except (URLError, OSError, ValueError):
            return {}

    def wait_well(self, *, within_s: float = RECOVERS_IN_S) -> None:
        """Until every process is well."""
        until(lambda: self.health().get("ok") is True, within_s=within_s, what="every process well")

    def wait_on_air(self, *, within_s: float = OPENS_IN_S) -> None:
        """Until the demo show is on air; before that the demo itself may not be open yet."""
        until(lambda: self._stage() == "live", within_s=within_s, what="the demo show on air")

    def _stage(self) -> str:
        try:
            with urlopen(f"{self.address}/shows/1/room.json", timeout=5) as answer:
                return str(json.loads(answer.read())["state"])
        except (URLError, OSError):
            return ""

    def pid_of(self, process: str) -> int:
        """The pid the supervisor keeps for a process; 0 between two lives."""
        told = json.loads((self.data / "run" / "processes.json").read_text(encoding="utf-8"))
        return int(told.get("processes", told)[process]["pid"] or 0)

    def kill(self, process: str) -> int:
        """SIGKILL a process; return the pid it had."""
        pid = self.pid_of(process)
        os.kill(pid, signal.SIGKILL)
        return pid

    def stop(self) -> None:
        """End it as Ctrl-C does."""
        if self.supervisor is None:
            return
        self.supervisor.send_signal(signal.SIGINT)
        try:
            self.supervisor.wait(30)
        except subprocess.TimeoutExpired:
            self.supervisor.kill()
            self.supervisor.wait(10)


def open_house(data: Path, *, demo: bool = True, settings: dict[str, str] | None = None) -> House:
    """Start an instance on free ports with its own embedded database and wait until it is well."""
    port = free_ports(6)
    environment = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith("SVOI_") and name not in {"DATABASE_URL", "DJANGO_SETTINGS_MODULE"}
    }
    environment.update({"PYTHONPATH": str(ROOT), "LANG": "C.UTF-8", **(settings or {})})
    command = [sys.executable, "-P", "-m", "svoi.doors", "up", "--data", str(data), "--port", str(port)]
    log = (data.parent / "house.log").open("wb")
    options = [] if demo else ["--no-demo"]
    running = subprocess.Popen([*command, *options], cwd=ROOT, env=environment, stdout=log, stderr=subprocess.STDOUT)
    house = House(port, data, running)
    try:
        until(
            lambda: house.health().get("ok") is True or running.poll() is not None,
            within_s=OPENS_IN_S,
            what="an open house",
        )
        assert running.poll() is None, (data.parent / "house.log").read_text(errors="replace")[-4000:]
    except BaseException:
        house.stop()
        raise
    return house


def free_ports(count: int) -> int:
    """The first of so many neighbouring ports that are all free now."""
    for base in range(21_000, 30_000, 50):
        try:
            for port in range(base, base + count):
                with socket.socket() as probe:
                    probe.bind(("127.0.0.1", port))
        except OSError:
            continue
        return base
    raise RuntimeError("no free ports")


def until(true: Any, *, within_s: float, what: str, every_s: float = 0.2) -> None:
    """Wait for something to become true; the sentence says what was waited for."""
    deadline = time.monotonic() + within_s
    while not true():
        assert time.monotonic() < deadline, f"waited {within_s} s for {what}"
        time.sleep(every_s)
