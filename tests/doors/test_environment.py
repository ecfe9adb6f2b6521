"""Which locks an environment is made from."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from svoi.doors.__main__ import _parser
from svoi.doors.setup.environment import wanted_locks


@pytest.mark.parametrize(
    ("dev", "camera", "chosen_before", "names"),
    [
        (False, False, False, ["run.txt"]),
        (False, True, False, ["run.txt", "camera.txt"]),
        (False, False, True, ["run.txt", "camera.txt"]),
        (True, False, False, ["run.txt", "dev.txt"]),
        (True, True, True, ["run.txt", "dev.txt"]),
    ],
)
def test_the_camera_is_optional_and_stays_once_chosen(
    tmp_path: Path, dev: bool, camera: bool, chosen_before: bool, names: list[str]
) -> None:
    if chosen_before:
        (tmp_path / "svoi-camera.stamp").write_text("of an older lock\n")
    locks = wanted_locks(Path("requirements"), tmp_path, dev=dev, camera=camera)
    assert [lock.name for lock in locks] == names


def test_what_runs_the_shop_carries_no_codecs() -> None:
    folder = Path(__file__).parents[2] / "requirements"
    pinned = re.compile(r"^av==", re.MULTILINE)
    names = [name for name in ("run", "dev", "camera") if pinned.search((folder / f"{name}.txt").read_text())]
    assert names == ["dev", "camera"]


def test_the_front_door_knows_the_word() -> None:
    assert (_parser().parse_args(["--camera"]).camera, _parser().parse_args([]).camera) == (True, False)
