"""Fruit beside the wares."""

from __future__ import annotations

import numpy as np

from pictures.curves import ellipse, points, smooth, turned
from pictures.grain import noise, step
from pictures.light import flat, ground_shadow
from pictures.palette import CREAM, LEMON, PEAR, PLUM, Colour, blend, paint
from pictures.plants import BARK
from pictures.sheet import Sheet
from pictures.solids import EDGE, ball, cut, tube


def pear(sheet: Sheet, x: float, y: float, colour: Colour = PEAR, *, size: float = 1, lean: float = 0) -> None:
    """A pear standing on the table."""
    k = size
    ground_shadow(sheet, x, y - 6 * k, 66 * k, tilt=0.24)
    shape = points("0,4 -58,-8 -88,-64 -72,-120 -40,-164 -24,-212 4,-230 30,-210 42,-164 74,-118 88,-62 58,-8")
    outline = turned(smooth(np.array(shape) * k, closed=True) + np.array([x, y]), lean, (x, y))
    mask = sheet.mask(outline)
    across, down = sheet.places(mask)
    blush = step(across - (down - y) * 0.2 + noise(across, down, size=50, seed=61) * 8, x - 10 * k, x + 120 * k)
    sheet.lay(
        mask,
        lambda a, b: (
            flat(colour, a)
            + (np.asarray(paint("C98A5B"), dtype=np.float32) - flat(colour, a)) * (blush * 0.5)[..., None]
        ),
    )
    sheet.stain(mask.without(sheet.mask(outline + np.array([-30, -14]) * k, soft=9 * k)), EDGE, opacity=0.42)
    sheet.glow(
        sheet.mask(ellipse(x - 42 * k, y - 84 * k, 17 * k, 36 * k, turn=14), soft=8 * k).within(mask),
        CREAM,
        opacity=0.4,
    )
    top = turned(
        np.array([[x + 3 * k, y - 228 * k], [x + 8 * k, y - 252 * k], [x + 22 * k, y - 270 * k]]), lean, (x, y)
    )
    tube(sheet, top, [7 * k, 6 * k, 8 * k], BARK)


def lemon(sheet: Sheet, x: float, y: float, *, size: float = 1) -> None:
    """A whole lemon lying on the table."""
    k = size
    ground_shadow(sheet, x, y - 4 * k, 84 * k, tilt=0.22)
    shape = points("-118,-54 -84,-94 0,-118 82,-92 112,-58 122,-50 108,-42 78,-8 0,6 -84,-12")
    outline = smooth(np.array(shape) * k, closed=True) + np.array([x, y])
    mask = cut(sheet, outline, LEMON, size=24 * k, shade=0.36, light=0.0)
    sheet.glow(
        sheet.mask(ellipse(x - 38 * k, y - 84 * k, 34 * k, 13 * k, turn=-14), soft=6 * k).within(mask),
        CREAM,
        opacity=0.5,
    )


def lemon_round(sheet: Sheet, x: float, y: float, radius: float, *, squash: float = 1) -> None:
    """A slice of lemon."""
    sheet.lay(sheet.mask(ellipse(x, y, radius, radius * squash)), blend(LEMON, EDGE, 0.08))
    sheet.lay(sheet.mask(ellipse(x, y, radius * 0.9, radius * 0.9 * squash)), paint("F8EDC4"))
    for angle in np.arange(0, 360, 45):
        wedge = np.array([(0.12, 0), (0.74, -0.26), (0.82, 0), (0.74, 0.26)]) * radius
        piece = turned(smooth(wedge, closed=True), float(angle) + 12, (0, 0)) * np.array([1, squash]) + np.array([x, y])
        sheet.lay(sheet.mask(piece), blend(LEMON, CREAM, 0.12))


def plums(sheet: Sheet, spots: list[tuple[float, float]], *, size: float = 46, colour: Colour = PLUM) -> None:
    """Plums on the table, one shadow each."""
    for x, y in spots:
        ground_shadow(sheet, x, y, size * 0.72, tilt=0.26)
        ball(sheet, x, y - size * 0.82, size, colour, squash=0.92)
        tube(sheet, [(x + 2, y - size * 1.6), (x + 5, y - size * 1.9)], [4, 3], BARK)
