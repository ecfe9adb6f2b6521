"""Linen that carries: tote and bread bag."""

from __future__ import annotations

import numpy as np

from pictures.curves import points, ribbon, smooth, soft_box
from pictures.drapery import peg
from pictures.grain import Field, step
from pictures.light import SHADOW
from pictures.linen import Folds, cloth, cord, hanging, mark, stitches
from pictures.palette import CREAM, WALNUT, Colour, blend
from pictures.sheet import Sheet
from pictures.solids import EDGE, drop, tube

HANDLE = points("-128,330 -112,150 -60,34 0,4 60,34 112,150 128,330")
POUCH = points("286,800 262,836 0,846 -262,836 -286,800")
SACK = points(
    "-196,0 -232,-60 -226,-200 -176,-320 -70,-392 -52,-420 52,-420 70,-392 176,-320 226,-200 232,-60 196,0 0,14"
)
RUFF = points("-44,-410 -96,-480 -128,-530 -60,-516 -16,-544 40,-514 118,-534 92,-478 44,-410")
SACK_SHADOW = points("-200,0 60,-60 420,-70 400,-20 190,22 0,26")
TIES = (points("10,-400 40,-350 30,-280"), points("16,-400 78,-372 96,-310"))


def tote(sheet: Sheet, x: float, top: float, colour: Colour) -> None:
    """A bag with long handles, the sign printed on its side."""
    at = np.array([x, top])
    sheet.stain(sheet.mask(ribbon(HANDLE + at + (18, 14), [26, 26]), soft=9), SHADOW, opacity=0.36)
    tube(sheet, HANDLE * (0.9, 1) + at + (0, 6), [24, 24], blend(colour, EDGE, 0.3))
    bag = np.vstack([points("-262,300 262,300"), smooth(POUCH)]) + at
    drop(sheet, bag, dx=34, dy=22, soft=18)
    cloth(sheet, bag, colour, folds=hanging(x - 260, top + 330, period=240, depth=0.24, reach=400, seed=3))
    seam = soft_box(x - 262, top + 336, x + 262, top + 342, 2)
    sheet.stain(sheet.mask(seam, soft=2), EDGE, opacity=0.4)
    tube(sheet, HANDLE + at, [26, 26], blend(colour, EDGE, 0.06))
    for middle in (x - 128, x + 128):
        cloth(sheet, soft_box(middle - 22, top + 300, middle + 22, top + 372, 4), blend(colour, EDGE, 0.06))
        stitches(sheet, np.array([(middle - 15, top + 310), (middle + 15, top + 364)]), blend(colour, CREAM, 0.5))
    ink = blend(colour, CREAM, 0.75) if sum(colour) < 1.6 else blend(colour, WALNUT, 0.75)
    mark(sheet, x, top + 580, 112, ink, opacity=0.85)
    peg(sheet, x, top)


def bread_bag(sheet: Sheet, x: float, y: float, colour: Colour, *, stripe: Colour) -> None:
    """A sack tied at the neck."""
    at = np.array([x, y])
    sheet.stain(sheet.mask(smooth(SACK_SHADOW, closed=True) + at, soft=12), SHADOW, opacity=0.42)
    ruff = smooth(RUFF, closed=True) + at
    cloth(sheet, ruff, blend(colour, EDGE, 0.08), folds=hanging(x - 120, y - 560, period=46, depth=0.34, reach=40))
    mask = cloth(sheet, smooth(SACK, closed=True) + at, colour, folds=_gathered(x, y))
    for low in (150, 172):
        line = smooth([(x - 240, y - low - 8), (x, y - low + 26), (x + 240, y - low - 8)])
        sheet.lay(sheet.mask(ribbon(line[::8], [9, 9])).within(mask), stripe, opacity=0.75)
    cord(sheet, points("-58,-410 -20,-400 20,-400 58,-410") + at, wide=13)
    for tie in TIES:
        cord(sheet, tie + at, wide=8)


def _gathered(x: float, y: float) -> Folds:
    """Folds that fan out from a tied neck and fade into a full belly."""

    def folds(across: Field, down: Field) -> Field:
        fan = np.sin(np.arctan2(across - x, np.maximum(down - (y - 470), 30)) * 15)
        belly = np.sin(np.arctan2(across - x, 300))
        strength = 0.5 - 0.68 * belly + 0.26 * fan * (1 - step(down, y - 380, y - 40))
        return np.asarray(strength, dtype=np.float32)

    return folds
