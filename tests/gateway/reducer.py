"""The browser's own reducer, run by node: a page and the frames that follow it."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path
from typing import Any

import svoi.web

REDUCER = Path(svoi.web.__file__).parent / "static/web/shows/room-state.js"
NODE = shutil.which("node")
PROGRAM = """
import { readFileSync } from "node:fs";
const { apply } = await import(process.argv[1]);
const pages = JSON.parse(readFileSync(0, "utf8"));
console.log(JSON.stringify(pages.map(([state, frames]) => frames.reduce(apply, state))));
"""


def applied(state: dict[str, Any], frames: list[dict[str, Any]]) -> dict[str, Any]:
    """What the browser makes of a page and the frames that follow it."""
    return all_applied([(state, frames)])[0]


def all_applied(pages: list[tuple[dict[str, Any], list[dict[str, Any]]]]) -> list[dict[str, Any]]:
    """The same of many pages at once."""
    assert NODE is not None
    command = [NODE, "--input-type=module", "--eval", PROGRAM, REDUCER.as_uri()]
    told = subprocess.run(command, input=json.dumps(pages), capture_output=True, text=True, timeout=60, check=True)
    return json.loads(told.stdout)
