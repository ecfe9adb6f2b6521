"""Linen at work: hung on a peg, laid over a table, worn, carried."""

from __future__ import annotations

import numpy as np

from pictures.curves import Line, ellipse, turned
from pictures.light import SHADOW
from pictures.linen import Weave, cloth, folded, hanging, stitches
from pictures.palette import CREAM, OAK, Colour, blend, paint
from pictures.sheet import Sheet
from pictures.solids import EDGE, ball, drop, tube

BRASS = paint("B58B4C")


def peg(sheet: Sheet, x: float, y: float) -> None:
    """A wooden knob on the wall."""
    sheet.stain(sheet.mask(ellipse(x + 16, y + 12, 20, 20), soft=7), SHADOW, opacity=0.5)
    ball(sheet, x, y, 19, OAK)


def hem(left: float, right: float, bottom: float, *, period: float, swing: float = 9, count: int = 60) -> Line:
    """The lower edge of a hanging cloth, right to left."""
    x = np.linspace(right, left, count)
    return np.column_stack(
        [x, bottom + swing * np.sin((x - left) * (2 * np.pi / period) + 1.1) + 0.5 * swing * np.sin((x - left) * 0.021)]
    )


def hung_towel(
    sheet: Sheet, x: float, top: float, wide: float, tall: float, colour: Colour, *, pattern: Weave | None = None
) -> None:
    """A towel over a rod, the back half showing a little."""
    rod = np.array([(x - wide * 0.72, top), (x + wide * 0.72, top)])
    left, right = x - wide / 2, x + wide / 2
    back = np.vstack([[(left + 22, top), (right + 14, top)], hem(left + 22, right + 14, top + tall * 0.8, period=150)])
    front = np.vstack([[(left, top - 6), (right - 8, top - 6)], hem(left - 8, right, top + tall, period=128)])
    for shape in (back, front):
        drop(sheet, shape, dx=30, dy=22, soft=16, opacity=0.34)
    tube(sheet, rod, [17, 17], BRASS)
    for end in rod:
        ball(sheet, float(end[0]), float(end[1]), 15, BRASS)
    cloth(sheet, back, blend(colour, EDGE, 0.22), pattern=pattern, folds=hanging(left, top, period=150, seed=4))
    mask = cloth(sheet, front, colour, pattern=pattern, folds=hanging(left, top, period=128))
    over = sheet.mask(
        np.array([(left - 40, top - 12), (right + 40, top - 12), (right + 40, top + 10), (left - 40, top + 10)]), soft=8
    )
    sheet.glow(over.within(mask), CREAM, opacity=0.3)
    stitches(sheet, hem(left - 4, right - 4, top + tall - 16, period=128)[::6], blend(colour, EDGE, 0.5))


def napkin(sheet: Sheet, x: float, y: float, side: float, degrees: float, colour: Colour) -> None:
    """A napkin folded in four, with a sewn edge."""
    folded(sheet, x, y, side, side, degrees, colour, layers=2)
    inset = side / 2 - 15
    corners = turned(
        np.array([(x - inset, y - inset), (x + inset, y - inset), (x + inset, y + inset), (x - inset, y + inset)]),
        degrees,
        (x, y),
    )
    for a, b in zip(corners, np.roll(corners, -1, axis=0), strict=True):
        stitches(sheet, np.array([a, b]), blend(colour, EDGE if sum(colour) > 1.6 else CREAM, 0.4), step_=10, wide=1.9)
