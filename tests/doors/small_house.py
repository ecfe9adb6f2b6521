"""A supervisor over three small programs, run as a program of its own so that a test may kill it.

small_house.py FOLDER MARK: every process it starts carries MARK in its command line.
"""

import asyncio
import sys
from pathlib import Path

from svoi.doors.sentences import CannotStart
from svoi.doors.supervisor.keeper import Supervisor
from svoi.doors.supervisor.program import Program
from svoi.doors.supervisor.readiness import lives_for

SLEEPER = "import time, sys; time.sleep(600)"
PARENT = """
import subprocess, sys, time
subprocess.Popen([sys.executable, "-I", "-S", "-c", "import time; time.sleep(600)", sys.argv[1] + "-grandchild"])
time.sleep(600)
"""
STUBBORN = """
import signal, time
signal.signal(signal.SIGTERM, signal.SIG_IGN)
print("ERROR I will not go", flush=True)
time.sleep(600)
"""
FAILING = "print('no such luck'); raise SystemExit(3)"


def program(name: str, code: str, mark: str, **more: object) -> Program:
    command = [sys.executable, "-I", "-S", "-c", code, f"{mark}-{name}"]
    return Program(name, command, **{"is_ready": lives_for(0.2), **more})  # type: ignore[arg-type]


async def house(folder: Path, mark: str) -> None:
    supervisor = Supervisor(board=folder / "processes.json", logs=folder)

    async def opening() -> None:
        supervisor.add(
            program("ground", SLEEPER, mark),
            program("parent", PARENT, mark, after=("ground",)),
            program("stubborn", STUBBORN, mark, after=("ground",), ending=((15, 0.5), (9, 2.0))),
        )
        if (folder / "failing").exists():
            supervisor.add(program("failing", FAILING, mark, after=("ground",), is_ready=lives_for(3600)))
        await supervisor.ready(["ground", "parent", "stubborn"])

    await supervisor.live(opening())


if __name__ == "__main__":
    try:
        asyncio.run(house(Path(sys.argv[1]), sys.argv[2]))
    except CannotStart as refusal:
        sys.stderr.write(f"{refusal}\n")
        sys.exit(1)
