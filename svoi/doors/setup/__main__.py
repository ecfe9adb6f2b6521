"""`bin/setup [--dev] [--camera]`: brings `.venv` to what the lock files say and compiles the translations.

`--then MODULE ARGUMENT…` becomes that module in the finished environment: one process from the first line of a door
to its last, so that a signal always reaches the one who must hear it.
"""

import argparse
import contextlib
import os
import sys
from pathlib import Path

from svoi.doors.sentences import CannotStart
from svoi.doors.setup.environment import bring_up_to_date
from svoi.doors.setup.translations import compile_translations

ROOT = Path(__file__).resolve().parents[3]


def main() -> int:
    parser = argparse.ArgumentParser(prog="bin/setup", description="Make the environment in .venv.")
    parser.add_argument("--dev", action="store_true", help="also what the checks need")
    parser.add_argument("--camera", action="store_true", help="also the converter of the browser studio's sound (PyAV)")
    parser.add_argument("--quiet", action="store_true", help="keep standard output clean: progress goes beside it")
    arguments, then = _parted(sys.argv[1:])
    asked = parser.parse_args(arguments)
    try:
        with contextlib.redirect_stdout(sys.stderr if asked.quiet else sys.stdout):
            # `bin/up --camera` says it to the door, which has to find the package installed.
            is_for_door = then[:2] == ["svoi.doors", "up"] and "--camera" in then
            bring_up_to_date(ROOT, dev=asked.dev, camera=asked.camera or is_for_door)
            compile_translations(ROOT)
    except CannotStart as refusal:
        sys.stderr.write(f"{refusal}\n")
        return 1
    except KeyboardInterrupt:
        return 130
    if then:
        python = str(ROOT / ".venv" / "bin" / "python")
        os.execv(python, [python, "-P", "-m", *then])  # noqa: S606  (no shell is wanted here)
    return 0


def _parted(arguments: list[str]) -> tuple[list[str], list[str]]:
    """Everything behind `--then` belongs to the door, whatever it looks like."""
    if "--then" not in arguments:
        return arguments, []
    at = arguments.index("--then")
    return arguments[:at], arguments[at + 1 :]


if __name__ == "__main__":
    sys.exit(main())
