"""Compiles the translations whose source is newer; Babel lives in the environment, so its Python does the work."""

import subprocess
from pathlib import Path

from svoi.doors.terminal import in_words, say

COMPILER = """
import os, sys
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
for source in sys.argv[1:]:
    with open(source, "rb") as text:
        catalog = read_po(text)
    target = source[:-3] + ".mo"
    with open(f"{target}.{os.getpid()}", "wb") as compiled:
        write_mo(compiled, catalog)
    os.replace(compiled.name, target)
"""


def compile_translations(root: Path) -> None:
    stale = [str(source) for source in root.glob("svoi/**/LC_MESSAGES/*.po") if _is_stale(source)]
    if not stale:
        return
    python = root / ".venv" / "bin" / "python"
    done = subprocess.run([python, "-I", "-c", COMPILER, *stale], capture_output=True, text=True, check=False)
    if done.returncode != 0:
        reason = (done.stderr.strip().splitlines() or ["?"])[-1]
        say(in_words(f"  ! translations not compiled: {reason}", f"  ! переводы не собраны: {reason}"))


def _is_stale(source: Path) -> bool:
    compiled = source.with_suffix(".mo")
    return not compiled.exists() or compiled.stat().st_mtime < source.stat().st_mtime
