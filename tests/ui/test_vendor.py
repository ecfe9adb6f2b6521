"""Browser code of others is what VENDOR.toml says it is, and nothing else lies beside it."""

import tomllib
from hashlib import sha256

from tests.ui.files import VENDOR

ENTRIES = tomllib.loads((VENDOR / "VENDOR.toml").read_text())["file"]


def test_every_hash_matches() -> None:
    said = {entry["path"]: entry["sha256"] for entry in ENTRIES}
    found = {path: sha256((VENDOR / path).read_bytes()).hexdigest() for path in said}
    assert found == said


def test_nothing_lies_there_unlisted() -> None:
    listed = {entry["path"] for entry in ENTRIES} | {entry["licence_text"] for entry in ENTRIES} | {"VENDOR.toml"}
    assert {path.name for path in VENDOR.iterdir()} == listed


def test_every_name_carries_its_version() -> None:
    assert [entry["path"] for entry in ENTRIES if entry["version"] not in entry["path"]] == []


def test_no_source_map_is_asked_for() -> None:
    assert [path.name for path in VENDOR.glob("*.js") if "sourceMappingURL" in path.read_text()] == []
