"""Folders the database's account can reach, and a small disk to fill; pytest's own folders are closed to it."""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

IS_ROOT = os.geteuid() == 0


@contextmanager
def open_place() -> Iterator[Path]:
    place = Path(tempfile.mkdtemp(prefix="svoi-doors-"))
    place.chmod(0o711)
    try:
        yield place
    finally:
        shutil.rmtree(place)


@contextmanager
def small_disk(megabytes: int) -> Iterator[Path]:
    """A file system of its own of this size; needs root and the right to mount."""
    if not IS_ROOT:
        pytest.skip("only root may mount a small disk to fill")
    place = Path(tempfile.mkdtemp(prefix="svoi-disk-"))
    options = f"size={megabytes}m,mode=0711"
    mount = ["mount", "-t", "tmpfs", "-o", options, "none", str(place)]
    if subprocess.run(mount, capture_output=True, check=False).returncode != 0:
        place.rmdir()
        pytest.skip("this machine does not let root mount")
    try:
        yield place
    finally:
        subprocess.run(["umount", "-l", str(place)], check=True)
        place.rmdir()


def fill(place: Path) -> None:
    with (place / "filling").open("wb", buffering=0) as filling:
        try:
            while True:
                filling.write(b"\0" * 65_536)
        except OSError:
            return
