"""`python -m svoi.media`: the media process, configured by its environment."""

from __future__ import annotations

import logging
import os
import resource
import sys

import uvloop

from svoi.media.config import Config, ConfigMissing
from svoi.media.process import FolderTaken, run_until_told


def main() -> int:
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s: %(message)s")
    _allow_many_viewers()
    try:
        uvloop.run(run_until_told(Config.from_environment(os.environ)))
    except (ConfigMissing, FolderTaken, OSError) as fault:
        logging.getLogger("svoi.media").error("media cannot start: %s", fault)
        return 1
    return 0


def _allow_many_viewers() -> None:
    """Every viewer is a file descriptor; the customary 1024 is for people at terminals."""
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))


if __name__ == "__main__":
    sys.exit(main())
