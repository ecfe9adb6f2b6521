"""The supervisor over real processes: what it keeps, what it ends, and what is left when it is killed itself."""

import json
import os
import signal
import subprocess
import sys
import time
import uuid
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
PROGRAMS = ["ground", "parent", "stubborn"]


class House:
    def __init__(self, folder: Path) -> None:
        self.folder, self.mark = folder, f"mark-{uuid.uuid4().hex}"
        script = Path(__file__).with_name("small_house.py")
        self.running = subprocess.Popen(
            [sys.executable, "-P", str(script), str(folder), self.mark],
            env={**os.environ, "PYTHONPATH": str(ROOT), "LANG": "C.UTF-8"},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def board(self) -> dict[str, dict[str, object]]:
        try:
            return json.loads((self.folder / "processes.json").read_text())
        except FileNotFoundError:
            return {}

    def states(self) -> list[object]:
        return [self.board().get(name, {}).get("state") for name in PROGRAMS]

    def alive(self) -> list[str]:
        """What of this house still runs, the supervisor itself not counted."""
        found = []
        for entry in Path("/proc").iterdir():
            try:
                words = (entry / "cmdline").read_text().split("\0") if entry.name.isdigit() else []
            except OSError:
                continue
            found += [word.removeprefix(f"{self.mark}-") for word in words if word.startswith(f"{self.mark}-")]
        return sorted(found)


def eventually(question: Callable[[], bool], *, within_s: float = 15.0) -> None:
    deadline = time.monotonic() + within_s
    while not question():
        assert time.monotonic() < deadline, "it did not come about in time"
        time.sleep(0.02)


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    started = House(tmp_path)
    try:
        eventually(lambda: started.states() == ["ready"] * 3)
        yield started
    finally:
        started.running.kill()
        started.running.communicate()
        eventually(lambda: started.alive() == [])


def test_a_killed_program_comes_back_with_its_children_replaced(house: House) -> None:
    eventually(lambda: house.alive() == ["ground", "parent", "parent-grandchild", "stubborn"])
    first = house.board()["parent"]
    os.kill(int(str(first["pid"])), signal.SIGKILL)
    eventually(lambda: house.board()["parent"]["restarts"] == 1 and house.states() == ["ready"] * 3)
    eventually(lambda: house.alive() == ["ground", "parent", "parent-grandchild", "stubborn"])
    assert house.board()["parent"]["pid"] != first["pid"]
    assert [house.board()[name]["restarts"] for name in PROGRAMS] == [0, 1, 0]


@pytest.mark.parametrize("wish", [signal.SIGTERM, signal.SIGINT, signal.SIGHUP])
def test_a_request_to_end_leaves_nothing(house: House, wish: signal.Signals) -> None:
    house.running.send_signal(wish)
    house.running.communicate(timeout=15)
    assert house.running.returncode == 0
    assert house.alive() == []
    assert house.states() == ["stopped"] * 3


def test_killing_the_supervisor_leaves_nothing(house: House) -> None:
    house.running.kill()
    house.running.wait()
    eventually(lambda: house.alive() == [])


def test_killing_the_guard_changes_nothing(house: House) -> None:
    guards = guards_of(house.running.pid)
    assert len(guards) == 1
    os.kill(guards[0], signal.SIGKILL)
    eventually(lambda: guards_of(house.running.pid) not in ([], guards))
    house.running.kill()
    house.running.wait()
    eventually(lambda: house.alive() == [])


def test_trouble_and_ends_are_told_on_the_terminal(house: House) -> None:
    os.kill(int(str(house.board()["ground"]["pid"])), signal.SIGKILL)
    eventually(lambda: house.board()["ground"]["restarts"] == 1 and house.states() == ["ready"] * 3)
    house.running.terminate()
    told, _ = house.running.communicate(timeout=15)
    lines = [line for line in told.splitlines() if "is back" not in line]
    assert lines == [
        "  ! stubborn: ERROR I will not go  → log/stubborn.log",
        "  ! ground ended (signal 9); starting it again",
    ]


def test_a_program_that_never_starts_ends_everything_with_its_last_words(tmp_path: Path) -> None:
    (tmp_path / "failing").touch()
    house = House(tmp_path)
    _, said = house.running.communicate(timeout=30)
    assert said.splitlines() == [
        f"failing does not start: no such luck (see {tmp_path}/failing.log)",
        f"failing не запускается: no such luck (подробности: {tmp_path}/failing.log)",
    ]
    assert house.running.returncode == 1
    assert house.alive() == []


def guards_of(pid: int) -> list[int]:
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    return [int(child) for child in children if "guard.py" in command_of(int(child))]


def command_of(pid: int) -> str:
    try:
        return Path(f"/proc/{pid}/cmdline").read_text()
    except OSError:
        return ""
