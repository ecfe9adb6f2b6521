"""The ladder of imports, checked by import-linter on the real tree and on one with planted violations."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.house.tree import ROOT

# Where an import is planted, and the contract that must break for it.
PLANTS = {
    "orders/rules.py": ("from svoi.shows import events", "never up"),
    "catalog/rules/planted.py": ("from svoi.catalog import models", "Inside a room"),
    "engines/__init__.py": ("import django", "The pure core"),
    "gateway/__init__.py": ("from svoi.shows import queries", "know only rules and events"),
    "web/__init__.py": ("import svoi.studio", "never up"),
    "studio/__init__.py": ("import svoi.models", "Only Django reads svoi.models"),
    "media/__init__.py": ("import django.conf", "never see Django"),
    "attic/__init__.py": ("", "never up"),
}


WIDE = {**os.environ, "COLUMNS": "200"}


def lint(folder: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", "from importlinter.cli import lint_imports_command; lint_imports_command()"]
    return subprocess.run([*command, "--no-cache"], cwd=folder, env=WIDE, capture_output=True, text=True, check=False)


def broken(output: str) -> set[str]:
    return {line.removesuffix(" BROKEN") for line in output.splitlines() if line.endswith(" BROKEN")}


def test_the_ladder_holds():
    run = lint(ROOT)
    assert broken(run.stdout) == set()
    assert run.returncode == 0, run.stdout + run.stderr


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    shutil.copytree(
        ROOT / "svoi", tmp_path / "svoi", ignore=shutil.ignore_patterns("__pycache__", "static", "demo", "*.flv")
    )
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    return tmp_path


@pytest.mark.parametrize("place", PLANTS)
def test_a_planted_import_is_caught(copy: Path, place: str):
    line, contract = PLANTS[place]
    file = copy / "svoi" / place
    file.parent.mkdir(exist_ok=True)
    text = file.read_text(encoding="utf-8") if file.exists() else '"""Planted."""\n'
    file.write_text(f"{text}\n{line}\n", encoding="utf-8")
    run = lint(copy)
    assert run.returncode != 0
    told = " ".join((run.stdout + run.stderr).split())
    assert any(contract in name for name in broken(run.stdout)) or "attic" in told, told[-2000:]
