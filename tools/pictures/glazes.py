"""Glazes of turned things: plain, dipped to a line, painted with bands."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from pictures.grain import Field, Tint, noise, step
from pictures.light import flat
from pictures.palette import RAW, Colour
from pictures.wheel import Glaze


def plain(colour: Colour) -> Glaze:
    """One glaze all over, pooled a little here and there."""

    def glaze(height: Field, turn: Field, x: Field, y: Field) -> Tint:
        return np.asarray(flat(colour, x) * (1 + noise(x, y, size=70, seed=40) * 0.014)[..., None])

    return glaze


def dipped(colour: Colour, *, line: float, bare: Colour = RAW, sway: float = 4) -> Glaze:
    """Dipped upside down: glaze above a slightly swaying line, bare clay under it."""
    over = plain(colour)

    def glaze(height: Field, turn: Field, x: Field, y: Field) -> Tint:
        border = line + sway * np.sin(turn * 2.6 + 0.7)
        covered = step(height - border, -1.0, 1.0)[..., None]
        lip = (step(height - border, 0, 2) * (1 - step(height - border, 4, 9)))[..., None]
        clay = flat(bare, x) * (1 + noise(x, y, size=(60, 5), seed=41) * 0.03)[..., None]
        return np.asarray(clay + (over(height, turn, x, y) * (1 - lip * 0.06) - clay) * covered)

    return glaze


def banded(under: Glaze, bands: Sequence[tuple[float, float]], colour: Colour) -> Glaze:
    """A glaze with painted bands between heights."""

    def glaze(height: Field, turn: Field, x: Field, y: Field) -> Tint:
        base = under(height, turn, x, y)
        rough = noise(x, y, size=(40, 14), seed=43) * 0.9
        for low, high in bands:
            share = step(height + rough, low - 1, low + 1) * (1 - step(height + rough, high - 1, high + 1))
            base = base + (np.asarray(colour, dtype=np.float32) - base) * (share * 0.9)[..., None]
        return base

    return glaze
