"""`python -m svoi.doors up …` and `python -m svoi.doors run …`: what bin/up and bin/svoi call."""

import argparse
import sys
from pathlib import Path

from svoi.doors.command import run
from svoi.doors.sentences import CannotStart
from svoi.doors.surroundings import ROOT
from svoi.doors.up import up

PORT_DEFAULT = 8000


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="bin/up", description="Start everything and keep it running.")
    parser.add_argument(
        "--data", type=_absolute, default=ROOT / "var", help="the data folder (default: var/ beside bin/)"
    )
    parser.add_argument("--port", type=int, default=PORT_DEFAULT, help="the first of five ports (default: %(default)s)")
    parser.add_argument("--host", default="127.0.0.1", help="the address to listen on (default: %(default)s)")
    parser.add_argument("--fresh", action="store_true", help="empty the data folder first")
    parser.add_argument("--no-demo", dest="demo", action="store_false", help="an empty shop, nothing on air")
    parser.add_argument("--camera", action="store_true", help="install the converter of the browser studio's sound")
    return parser


def _absolute(text: str) -> Path:
    return Path(text).expanduser().absolute()


def main(arguments: list[str]) -> int:
    door, *rest = arguments
    try:
        return run(rest) if door == "run" else up(_parser().parse_args(rest))
    except CannotStart as refusal:
        sys.stderr.write(f"{refusal}\n")
        return 1
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
