"""Files that are there whole or not at all."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

MODE = 0o644
NAME_KEPT = 40


@contextmanager
def whole_file(path: Path, *, mode: int = MODE) -> Iterator[IO[bytes]]:
    """Write under a passing name beside the file, and take its place when everything went well.

    A file that is replaced hands its mode on. A pipe or a device has no place to take and is written to itself.
    Raises OSError.
    """
    if path.exists() and not path.is_file():
        with path.open("wb") as file:
            yield file
        return
    target = path.resolve()
    if target.exists():
        mode = target.stat().st_mode & 0o777
    with tempfile.NamedTemporaryFile(dir=target.parent, prefix=f".{target.name[:NAME_KEPT]}.", delete=False) as file:
        passing = Path(file.name)
        try:
            yield file
            file.flush()
            os.fsync(file.fileno())
            passing.chmod(mode)
            passing.replace(target)
        except BaseException:
            passing.unlink(missing_ok=True)
            raise
