"""`python -m svoi.gateway`: the gateway as a process of its own."""

from __future__ import annotations

import logging

import uvloop

from svoi.gateway.config import read_config
from svoi.gateway.serve import serve


def main() -> None:
    logging.basicConfig(level=logging.INFO, format="%(asctime)s gateway %(levelname)s %(message)s")
    config = read_config()
    try:
        uvloop.run(serve(config))
    except OSError as taken:
        raise SystemExit(f"The gateway cannot listen on {config.host}:{config.port}: {taken.strerror}.") from None


if __name__ == "__main__":
    main()
