"""Runs the measurements and prints one table: all of them, or those asked for, as in `bin/bench feed search=200000`."""

from __future__ import annotations

import importlib
import platform
import signal
import sys
import time
import traceback
from typing import Any

AREAS = ("feed", "media", "fanout", "orders", "claims", "search", "integrity", "standing")
SIZED = ("search",)  # these take a size of their own: search=200000
COLUMNS = ("path", "figure", "peer", "ratio", "demanded")


def main(wanted: list[str]) -> int:
    """Measure each wanted area; a failed one is named in the table and makes the exit status 1."""
    unknown = [asked for asked in wanted if not _is_known(asked)]
    if unknown:
        print(f"unknown: {', '.join(unknown)}; known: {', '.join(AREAS)}", file=sys.stderr)
        return 2
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # so that servers and folders are put away on the way out
    rows, failed = [], False
    for asked in wanted or AREAS:
        area, _, size = asked.partition("=")
        began = time.perf_counter()
        print(f"measuring {area} …", file=sys.stderr, flush=True)
        try:
            rows += importlib.import_module(f"bench.{area}").run(**({"size": int(size)} if size else {}))
        except Exception:  # one area that cannot run must not hide the others
            traceback.print_exc()
            rows.append({"path": area, "figure": "could not be measured"})
            failed = True
        print(f"  {time.perf_counter() - began:.0f} s", file=sys.stderr, flush=True)
    print_table(rows)
    return int(failed)


def _is_known(asked: str) -> bool:
    area, sign, size = asked.partition("=")
    return area in AREAS if not sign else area in SIZED and size.isdecimal() and int(size) > 0


def print_table(rows: list[dict[str, Any]]) -> None:
    """One Markdown table, as wide as its widest cells."""
    print(f"\n{platform.processor() or platform.machine()}, Python {platform.python_version()}\n")
    cells = [COLUMNS, *(tuple(str(row.get(name, "")) for name in COLUMNS) for row in rows)]
    widths = [max(len(line[place]) for line in cells) for place in range(len(COLUMNS))]
    for number, line in enumerate(cells):
        print("| " + " | ".join(text.ljust(width) for text, width in zip(line, widths, strict=True)) + " |")
        if number == 0:
            print("|" + "|".join("-" * (width + 2) for width in widths) + "|")


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
