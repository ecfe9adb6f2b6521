"""Noise that looks like a hand: paper mottling, dry brush, threads and wood."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

Field = NDArray[np.floating[Any]]  # a number for every pixel of a window
Tint = NDArray[np.floating[Any]]  # a colour for every pixel of a window
SIDE = 512


@lru_cache(maxsize=32)
def _tile(seed: int, softness: float) -> Field:
    """A square of smooth noise that repeats without a seam, about one apart from zero."""
    dice = np.random.default_rng(seed)
    waves = np.fft.rfft2(dice.standard_normal((SIDE, SIDE)))
    fy, fx = np.fft.fftfreq(SIDE)[:, None], np.fft.rfftfreq(SIDE)[None, :]
    waves *= np.exp(-(fx**2 + fy**2) * (2 * np.pi * softness) ** 2 / 2)
    tile = np.fft.irfft2(waves, s=(SIDE, SIDE))
    return (tile / tile.std()).astype(np.float32)


def noise(x: Field, y: Field, *, size: float | tuple[float, float], seed: int = 1) -> Field:
    """Smooth noise whose blots are about `size` units across (or wide and high)."""
    wide, high = size if isinstance(size, tuple) else (size, size)
    tile = _tile(seed, 4.0)
    across, down = x * np.float32(10 / wide), y * np.float32(10 / high)
    column, row = np.floor(across).astype(np.int32), np.floor(down).astype(np.int32)
    right, below = across - column, down - row
    column, row = column % SIDE, row % SIDE
    next_column, next_row = (column + 1) % SIDE, (row + 1) % SIDE
    upper = tile[row, column] * (1 - right) + tile[row, next_column] * right
    lower = tile[next_row, column] * (1 - right) + tile[next_row, next_column] * right
    return np.asarray(upper * (1 - below) + lower * below, dtype=np.float32)


def step(field: Field, low: float, high: float) -> Field:
    """0 below `low`, 1 above `high`, smooth between."""
    t = np.clip((field - low) / (high - low), 0, 1)
    return np.asarray(t * t * (3 - 2 * t), dtype=np.float32)


def weave(x: Field, y: Field, *, thread: float = 3.4, seed: int = 5, degrees: float = 0) -> Field:
    """Linen: uneven threads both ways, about one apart from zero."""
    if degrees:
        c, s = np.float32(np.cos(np.radians(degrees))), np.float32(np.sin(np.radians(degrees)))
        x, y = x * c + y * s, y * c - x * s
    warp = noise(x, y * 0 + 3, size=(thread, 40), seed=seed) + noise(x, y, size=(thread, 160), seed=seed + 1)
    weft = noise(x * 0 + 7, y, size=(40, thread), seed=seed + 2) + noise(x, y, size=(160, thread), seed=seed + 3)
    return (warp + weft) * np.float32(0.5)


def rings(x: Field, y: Field, *, seed: int = 9) -> Field:
    """Wood grain running along x: long wavy lines, 0..1, dark where the year ended."""
    bend = noise(x, y, size=(700, 120), seed=seed) * 9 + noise(x, y, size=(260, 60), seed=seed + 1) * 2.5
    wave = (y + bend) * (2 * np.pi / 17)
    fine = noise(x, y, size=(160, 4), seed=seed + 2) * 0.16
    return np.clip(0.5 + 0.5 * np.sin(wave + 1.2 * np.sin(wave * 0.37)) ** 3 * 0.8 + fine, 0, 1)
