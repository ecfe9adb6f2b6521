"""Linen that is worn and held: apron and pot holder."""

from __future__ import annotations

import numpy as np

from pictures.curves import points, ribbon, smooth, soft_box, turned
from pictures.drapery import hem, peg
from pictures.linen import cloth, cord, crease, hanging, stitches, tag
from pictures.palette import CREAM, Colour, blend
from pictures.sheet import Sheet
from pictures.solids import EDGE, cut, drop, tube

STRAP = points("4,4 44,70 96,190")
TIE = points("226,460 292,560 268,700 300,800")
FLANK = points("-112,176 -132,300 -184,400 -236,448 -252,700 -266,880")
LOOP = points("-7,34 -14,-24 0,-46 14,-24 7,34")


def apron(sheet: Sheet, x: float, top: float, colour: Colour) -> None:
    """An apron with a bib and one wide pocket, hanging by its neck strap."""
    at = np.array([x, top])
    drape = hanging(x - 230, top + 120, period=150, depth=0.24, reach=620)
    for hand in ((1, 1), (-1, 1)):
        tube(sheet, STRAP * hand + at, [20, 20], blend(colour, EDGE, 0.18))
        drop(sheet, ribbon(TIE * hand + at, [16, 16]), dx=18, dy=12, soft=7)
        tube(sheet, TIE * hand + at, [18, 18], blend(colour, EDGE, 0.12))
    flank = smooth(FLANK)
    foot = hem(-266, 266, 884, period=150, swing=7)[::-1]
    body = np.vstack([flank, foot, (flank * (-1, 1))[::-1]]) + at
    drop(sheet, body, dx=30, dy=20, soft=16)
    mask = cloth(sheet, body, colour, folds=drape)
    sheet.stain(sheet.mask(soft_box(x - 116, top + 176, x + 116, top + 204, 3)).within(mask), EDGE, opacity=0.16)
    pocket = soft_box(x - 150, top + 520, x + 150, top + 720, 16)
    drop(sheet, pocket, dx=7, dy=9, soft=5, opacity=0.34)
    cloth(sheet, pocket, blend(colour, CREAM, 0.06), folds=drape)
    stitches(sheet, np.array([(x - 140, top + 536), (x + 140, top + 536)]), blend(colour, CREAM, 0.4))
    crease(sheet, ((x, top + 540), (x, top + 712)), wide=5)
    tag(sheet, x - 70, top + 226, 0)
    peg(sheet, x, top)


def pot_holder(sheet: Sheet, x: float, y: float, side: float, colour: Colour, *, degrees: float = 45) -> None:
    """A quilted square with a loop at one corner."""
    half, at = side / 2, np.array([x, y])
    box = turned(soft_box(-half, -half, half, half, 26), degrees, (0, 0)) + at
    drop(sheet, box, dx=24, dy=20, soft=13)
    cord(sheet, LOOP + at - (0, side * 0.7), wide=9, colour=blend(colour, EDGE, 0.35))
    mask = cut(sheet, box, colour, size=12, shade=0.3)
    inner = turned(soft_box(17 - half, 17 - half, half - 17, half - 17, 14), degrees, (0, 0)) + at
    cloth(sheet, inner, blend(colour, CREAM, 0.1), coarse=1.5, degrees=degrees)
    for shift in np.arange(-side * 0.36, side * 0.4, side * 0.18):
        for ends in ([(-half, shift), (half, shift)], [(shift, -half), (shift, half)]):
            seam = turned(np.array(ends), degrees, (0, 0)) + at
            sheet.stain(sheet.mask(ribbon(seam, [5, 5]), soft=2.5).within(mask), EDGE, opacity=0.4)
            sheet.glow(sheet.mask(ribbon(seam + np.array([5, 6]), [5, 5]), soft=3).within(mask), CREAM, opacity=0.2)
