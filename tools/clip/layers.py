"""Paintings cut into layers that can be moved against each other, shadows and all.

Everything that is painted on a sheet changes what lies below by a factor and an amount, pixel by pixel. Painted once
on black and once on white, a layer gives both away, and can then be laid on any other picture.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from pictures.grain import Field
from pictures.sheet import Sheet

WIDTH, HEIGHT = 720, 1280
ZOOM = WIDTH / 900
MARGIN = 24  # pixels on either side that the drifting camera may show

Picture = NDArray[np.float32]


def sheet(shade: float) -> Sheet:
    made = Sheet(WIDTH + 2 * MARGIN, HEIGHT, zoom=ZOOM, at=(-MARGIN / ZOOM, 0))
    made.pixels[:] = shade
    return made


def slid(picture: Picture, shift: Field) -> Picture:
    """Each row moved to the right by its own number of pixels, in between by a Catmull-Rom curve."""
    high, wide = picture.shape[:2]
    whole = np.floor(-shift).astype(np.int64)
    t = (-shift - whole).astype(np.float32)[:, None, None]
    weights = (
        ((-t + 2) * t - 1) * t / 2, ((3 * t - 5) * t * t + 2) / 2, ((-3 * t + 4) * t + 1) * t / 2, (t - 1) * t * t / 2
    )  # fmt: skip
    rows, columns = np.arange(high)[:, None], np.arange(wide)[None, :]
    moved = np.zeros_like(picture)
    for number, weight in enumerate(weights):
        moved += weight * picture[rows, np.clip(columns + whole[:, None] + number - 1, 0, wide - 1)]
    return moved


@dataclass
class Layer:
    """One painting with its window; `depth` is how many pixels it moves for one of the camera."""

    factor: Picture
    amount: Picture
    left: int
    top: int
    depth: float

    @classmethod
    def painted(cls, draw: Callable[[Sheet], object], depth: float) -> Layer:
        on_black, on_white = sheet(0), sheet(1)
        draw(on_black)
        draw(on_white)
        amount, factor = on_black.pixels, on_white.pixels - on_black.pixels
        touched = (np.abs(factor - 1) + np.abs(amount)).max(axis=2) > 1e-4
        rows, columns = np.flatnonzero(touched.any(axis=1)), np.flatnonzero(touched.any(axis=0))
        top, bottom = max(rows[0] - 1, 0), rows[-1] + 2
        left, right = max(columns[0] - MARGIN, 0), columns[-1] + 1 + MARGIN
        window = (slice(top, bottom), slice(left, right))
        return cls(factor[window], amount[window], int(left), int(top), depth)

    def lay(self, picture: Picture, shift: float, *, bend: Field | None = None) -> None:
        """Onto `picture`, moved; `bend` moves its rows in addition."""
        high, wide = self.factor.shape[:2]
        rows = np.full(high, shift * self.depth, dtype=np.float32) + (0 if bend is None else bend)
        below = picture[self.top : self.top + high, self.left : self.left + wide]
        below *= slid(self.factor, rows)
        below += slid(self.amount, rows)
