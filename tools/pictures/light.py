"""One light for all pictures: from the upper left, warm, with cool brown shade and a soft shadow to the right."""

from __future__ import annotations

import numpy as np

from pictures.curves import ellipse, smooth
from pictures.grain import Field, Tint, noise, step
from pictures.palette import CREAM, Colour, paint
from pictures.sheet import Sheet

SHADOW = paint("6E564E")
SHADE = paint("B08F86")


def lit(base: Tint, strength: Field, *, x: Field, y: Field) -> Tint:
    """Gouache: shade, body and light with dry-brushed borders; `strength` is light times normal, -1..1."""
    brushed = strength + noise(x, y, size=(60, 150), seed=21) * 0.022 + noise(x, y, size=(9, 22), seed=22) * 0.014
    deep = 1 - step(brushed, -0.32, 0.02)
    dim = 1 - step(brushed, 0.18, 0.46)
    bright = step(brushed, 0.74, 0.96)
    shade = np.asarray(SHADE, dtype=np.float32)
    colour = base * (1 - (1 - shade) * (dim * 0.42)[..., None])
    colour = colour * (1 - (1 - shade) * (deep * 0.42)[..., None])
    pale = 0.14 + 0.2 * base.mean(axis=2)  # a dark glaze shines less
    return np.asarray(colour + (np.asarray(CREAM, dtype=np.float32) - colour) * (bright * pale)[..., None])


def flat(colour: Colour, like: Field) -> Tint:
    """One colour for a whole window."""
    return np.broadcast_to(np.asarray(colour, dtype=np.float32), (*like.shape, 3))


def ground_shadow(sheet: Sheet, cx: float, y: float, radius: float, *, tilt: float, length: float = 1.0) -> None:
    """The contact shadow of a round thing: a dark line under it and a long soft pool to its right."""
    reach = radius * (1.15 + 1.0 * length)
    ry = radius * tilt
    pool = smooth(
        [
            (cx - radius * 0.9, y + ry * 0.25),
            (cx - radius * 0.2, y - ry * 0.9),
            (cx + reach * 0.7, y - ry * 1.75),
            (cx + reach, y - ry * 1.2),
            (cx + radius * 1.05, y + ry * 0.45),
            (cx + radius * 0.1, y + ry * 1.06),
        ],
        closed=True,
    )
    sheet.stain(sheet.mask(pool, soft=9), SHADOW, opacity=0.42)
    sheet.stain(
        sheet.mask(ellipse(cx + radius * 0.04, y + ry * 0.2, radius * 1.02, ry * 0.96), soft=5), SHADOW, opacity=0.5
    )
