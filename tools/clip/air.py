"""What moves in the room: the light of the window, leaf shadows in it, and steam."""

from __future__ import annotations

import numpy as np
from pictures.grain import Field, noise, step
from pictures.palette import CREAM

from clip.layers import Picture

TURN = 2 * np.pi


def wave(moment: float, times: int, *, phase: float = 0.0) -> float:
    """A swing that comes back `times` in one lap; `moment` runs from 0 to 1."""
    return float(np.sin(TURN * (times * moment + phase)))


def shine(picture: Picture, x: Field, y: Field, moment: float, *, edge: float) -> None:
    """Two panes of light on the wall above `edge`, wandering, with the shadow of a tree moving in them."""
    lean = 340 / (edge + 70)
    left = 170 + 46 * wave(moment, 1)
    soft = 11.0
    cover = np.zeros_like(x)
    for shift in (0.0, 208.0):
        u = x - (y + 60) * lean - left - shift
        cover += step(u, -soft, soft) * (1 - step(u, 180 - soft, 180 + soft))
    sway_x, sway_y = 16 * wave(moment, 3), 7 * wave(moment, 2, phase=0.2)
    leaves = noise(x + sway_x, y + sway_y, size=(150, 100), seed=41) + 0.6 * noise(
        x - 0.7 * sway_x, y + 1.4 * sway_y, size=(70, 52), seed=42
    )
    cover *= 1 - 0.42 * step(leaves, 0.15, 1.1)
    strength = 0.36 + 0.05 * wave(moment, 1, phase=0.35)
    cover *= strength * (1 - step(y, edge - 4, edge + 2))
    picture += (1 - picture) * np.asarray(CREAM, dtype=np.float32) * cover[..., None]


def steam(picture: Picture, x: Field, y: Field, moment: float, *, at: tuple[float, float], tall: float) -> None:
    """Three veils that rise, wind and thin out. `at` is the middle of the cup's opening."""
    up = np.clip((at[1] - y) / tall, 0, 1)
    inside = step(up, 0.0, 0.12) * (1 - step(up, 0.4, 1.0))
    total = np.zeros_like(x)
    for strand in range(3):
        phase = 0.37 * strand + at[0] / 1000
        bend = np.sin(TURN * (1.15 * up - 6 * moment + phase)) * 24 * up**0.9
        bend += np.sin(TURN * (2.3 * up - 9 * moment + 2.6 * phase)) * 9 * up
        middle = at[0] + (strand - 1) * 17 * (1 - 0.35 * up) + bend + 26 * up * wave(moment, 2, phase=phase)
        half = 9 + 30 * up
        veil = np.exp(-(((x - middle) / half) ** 2))
        breath = 0.62 + 0.38 * np.sin(TURN * (1.7 * up - 7 * moment + 1.9 * phase))
        total += veil * breath * (0.9, 1.0, 0.75)[strand]
    cover = np.clip(total * inside * 0.56, 0, 0.78).astype(np.float32)
    picture += (1 - picture) * cover[..., None]
