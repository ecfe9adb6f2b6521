"""How far a long step has come: a bar on a terminal, a line now and then where the output is a file."""

from __future__ import annotations

import time
from typing import TextIO

BAR_CELLS = 30
REDRAW_S = 0.1
LINE_S = 10.0
CLEAR_LINE = "\r\x1b[K"


class Progress:
    """Told how much is done, it shows a share of the whole when the whole is known and the amount when not."""

    def __init__(self, out: TextIO, *, whole: int | None, unit: str = "") -> None:
        self._out = out
        self._whole = whole
        self._unit = unit
        self._alive = out.isatty()
        self._shown_at = 0.0 if self._alive else time.monotonic()

    def show(self, title: str, done: int) -> None:
        """Show the step, unless it was shown a moment ago."""
        now = time.monotonic()
        if now - self._shown_at < (REDRAW_S if self._alive else LINE_S):
            return
        self._shown_at = now
        self._write(title, self._amount(done))

    def name(self, title: str) -> None:
        """A step whose length nobody knows."""
        self._shown_at = 0.0
        self._write(title, "")

    def clear(self) -> None:
        if self._alive:
            self._out.write(CLEAR_LINE)
            self._out.flush()

    def _write(self, title: str, amount: str) -> None:
        line = f"{title} {amount}".rstrip()
        self._out.write(f"{CLEAR_LINE}{line}" if self._alive else f"{line}\n")
        self._out.flush()

    def _amount(self, done: int) -> str:
        millions = f"{done / 1e6:.1f} {self._unit}" if self._unit else ""
        if not self._whole:
            return millions
        share = min(done / self._whole, 1.0)
        cells = round(share * BAR_CELLS)
        return f"{'█' * cells}{'░' * (BAR_CELLS - cells)} {share:4.0%}  {millions}".rstrip()
