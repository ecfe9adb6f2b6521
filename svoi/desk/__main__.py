"""`python -m svoi.desk`: the desk as a process of its own."""

from __future__ import annotations

import logging

import uvloop

from svoi.desk.config import read_config
from svoi.desk.serve import serve


def main() -> None:
    logging.basicConfig(level=logging.INFO, format="%(asctime)s desk %(levelname)s %(message)s")
    config = read_config()
    try:
        uvloop.run(serve(config))
    except OSError as taken:
        raise SystemExit(f"The desk cannot listen on {config.host}:{config.port}: {taken.strerror}.") from None


if __name__ == "__main__":
    main()
