"""The pantry: tea in tins and paper pouches."""

from __future__ import annotations

import numpy as np

from pictures.curves import smooth, soft_box
from pictures.glazes import plain
from pictures.grain import Field, Tint, step
from pictures.light import SHADOW, flat, ground_shadow
from pictures.linen import mark
from pictures.palette import CREAM, Colour, blend, paint
from pictures.plants import leaf
from pictures.sheet import Sheet
from pictures.solids import EDGE, cut
from pictures.wheel import Glaze, Pot

LABEL = paint("F6EEDF")


def labelled(under: Glaze, low: float, high: float, half: float, paper: Colour = LABEL) -> Glaze:
    """A paper label round the front."""

    def glaze(height: Field, turn: Field, x: Field, y: Field) -> Tint:
        base = under(height, turn, x, y)
        share = (
            step(height, low - 1, low + 1)
            * (1 - step(height, high - 1, high + 1))
            * (1 - step(np.abs(turn), half - 0.006, half + 0.006))
        )
        return np.asarray(base + (flat(paper, x) - base) * share[..., None])

    return glaze


def tea_tin(
    sheet: Sheet,
    x: float,
    y: float,
    colour: Colour,
    *,
    size: float = 1,
    tall: float = 330,
    leaves: Colour | None = None,
) -> None:
    """A round tin with a slip lid and a paper label with a sprig."""
    k, t = size, tall * size
    pot = Pot(x, y, [(0, 142 * k), (t * 0.5, 142 * k), (t, 142 * k)])
    pot.shadow(sheet)
    low, high = 34 * k, t - 66 * k
    body = pot.throw(sheet, labelled(plain(colour), low, high, 0.72))
    lid = Pot(x, y - t + 50 * k, [(0, 146 * k), (30 * k, 146 * k), (60 * k, 146 * k)])
    sheet.stain(sheet.mask(lid.ring(0) + np.array([3, 7]) * k, soft=4 * k).within(body), EDGE, opacity=0.5)
    lid.throw(sheet, plain(blend(colour, EDGE, 0.1)))
    lid.open(sheet, blend(colour, CREAM, 0.16), colour)
    sheet.lay(sheet.mask(lid.ring(60 * k, inset=9 * k)), blend(colour, CREAM, 0.12))
    drop_y = 142 * k * pot.tilt
    sprig(sheet, x, y - low + drop_y - 14 * k, (high - low) * 0.58, leaves or colour)
    mark(sheet, x, y - high + drop_y + (high - low) * 0.17, min(30 * k, (high - low) * 0.13), blend(colour, EDGE, 0.3))


def sprig(sheet: Sheet, x: float, y: float, tall: float, colour: Colour) -> None:
    """A printed sprig: one stem, leaves in pairs."""
    sheet.lay(
        sheet.mask(np.array([(x - 1.6, y), (x + 1.6, y), (x + 1.2, y - tall * 0.8), (x - 1.2, y - tall * 0.8)])), colour
    )
    for number, share in enumerate((0.16, 0.36, 0.56)):
        for angle in (-42, -138):
            leaf(sheet, x, y - tall * share, tall * (0.36 - number * 0.05), angle, blend(colour, CREAM, 0.12))
    leaf(sheet, x, y - tall * 0.74, tall * 0.28, -90, blend(colour, CREAM, 0.05))


def pouch(sheet: Sheet, x: float, y: float, paper: Colour, print_: Colour, *, size: float = 1) -> None:
    """A paper pouch, folded over and tied."""
    k, at = size, np.array([x, y])
    ground_shadow(sheet, x, y - 6 * k, 190 * k, tilt=0.14, length=0.6)
    body = smooth([(-176, -8), (-186, -200), (-170, -400), (-164, -430)]) * k
    outline = np.vstack([body, (body * np.array([-1, 1]))[::-1], [(120 * k, 6 * k), (-120 * k, 6 * k)]]) + at
    mask = cut(sheet, outline, paper, size=20 * k, shade=0.3)
    across, _ = sheet.places(mask)
    sheet.stain(mask.times(step(across, x + 40 * k, x + 190 * k)), SHADOW, opacity=0.16)
    for side in (-1, 1):
        gusset = np.array([(side * 180, -120), (side * 128, -420), (side * 168, -420)]) * k + at
        sheet.stain(sheet.mask(gusset, soft=4).within(mask), SHADOW, opacity=0.22)
    flap = soft_box(x - 170 * k, y - 456 * k, x + 170 * k, y - 366 * k, 7 * k)
    sheet.stain(sheet.mask(flap + np.array([3, 10]) * k, soft=6 * k).within(mask), SHADOW, opacity=0.5)
    cut(sheet, flap, blend(paper, CREAM, 0.14), size=5 * k, shade=0.24)
    label = soft_box(x - 112 * k, y - 320 * k, x + 112 * k, y - 54 * k, 4 * k)
    cut(sheet, label, LABEL, size=3 * k, shade=0.16)
    sprig(sheet, x, y - 76 * k, 168 * k, print_)
    mark(sheet, x, y - 280 * k, 30 * k, blend(print_, EDGE, 0.3))
