"""Things that pour: teapot, jug, milk jug."""

from __future__ import annotations

import numpy as np

from pictures.cups import lip_of
from pictures.curves import ellipse, points, smooth
from pictures.glazes import dipped, plain
from pictures.palette import CREAM, MILK, OAK, RAW, Colour, blend
from pictures.sheet import Sheet
from pictures.solids import EDGE, ball, cut, tube
from pictures.wheel import Pot


def teapot(sheet: Sheet, x: float, y: float, colour: Colour, *, size: float = 1) -> None:
    """A round pot with a hoop handle of bent wood."""
    k = size
    profile = points("0,104 12,128 80,188 145,200 205,172 246,108 254,96")
    pot = Pot(x, y, [(h * k, r * k) for h, r in profile], thick=8 * k)
    pot.shadow(sheet)
    _hoop(sheet, x, y, k)
    spout = [(-150, -96), (-226, -122), (-262, -196), (-302, -236)]
    snout = tube(sheet, [(x + a * k, y + b * k) for a, b in spout], [98 * k, 66 * k, 42 * k, 34 * k], colour)
    mouth = ellipse(x - 305 * k, y - 240 * k, 17 * k, 9 * k, turn=-38)
    sheet.lay(sheet.mask(mouth), blend(colour, EDGE, 0.55))
    sheet.stain(
        sheet.mask(ellipse(x - 176 * k, y - 110 * k, 40 * k, 70 * k), soft=14 * k).within(snout), EDGE, opacity=0.4
    )
    body = pot.throw(sheet, dipped(colour, line=34 * k))
    pot.speckle(sheet, body, above=40 * k, count=80, seed=7)
    lid = Pot(x, y - 246 * k, [(0, 98 * k), (10 * k, 98 * k), (26 * k, 84 * k), (44 * k, 40 * k), (50 * k, 6 * k)])
    sheet.stain(sheet.mask(lid.ring(0) + np.array([6, 10]) * k, soft=4 * k).within(body), EDGE, opacity=0.6)
    lid.throw(sheet, plain(colour))
    ball(sheet, x, y - 312 * k, 23 * k, blend(colour, RAW, 0.85), squash=0.9)


def _hoop(sheet: Sheet, x: float, y: float, k: float) -> None:
    arc = points("-128,-212 -150,-300 -96,-396 0,-428 96,-396 150,-300 128,-212")
    tube(sheet, [(x + a * k, y + b * k) for a, b in arc], [17 * k, 15 * k, 22 * k, 24 * k, 22 * k, 15 * k, 17 * k], OAK)
    for side in (-1, 1):
        cut(sheet, ellipse(x + side * 126 * k, y - 208 * k, 17 * k, 20 * k), blend(OAK, EDGE, 0.35), size=4 * k)


def jug(sheet: Sheet, x: float, y: float, colour: Colour, *, size: float = 1, milk: Colour | None = None) -> None:
    """A tall jug with a pinched lip and a long ear."""
    k = size
    profile = points("0,96 12,112 90,148 170,150 270,112 350,92 396,102")
    pot = Pot(x, y, [(h * k, r * k) for h, r in profile], thick=8 * k)
    pot.shadow(sheet)
    ear = [(80, -352), (170, -372), (212, -290), (192, -190), (126, -124)]
    tube(sheet, [(x + a * k, y + b * k) for a, b in ear], [26 * k, 26 * k, 27 * k, 28 * k, 34 * k], colour)
    body = pot.throw(sheet, dipped(colour, line=86 * k, sway=10 * k))
    pot.speckle(sheet, body, above=92 * k, count=80, seed=5)
    _beak(sheet, pot, colour, np.array([x, y]), k, milk)


def creamer(sheet: Sheet, x: float, y: float, colour: Colour, *, size: float = 1) -> None:
    """A small milk jug: a jug's lip on a round body."""
    k = size
    profile = points("0,84 10,100 80,132 150,116 214,96 240,104")
    pot = Pot(x, y, [(h * k, r * k) for h, r in profile], thick=8 * k)
    pot.shadow(sheet)
    ear = [(92, -206), (160, -214), (186, -158), (160, -104), (108, -84)]
    tube(sheet, [(x + a * k, y + b * k) for a, b in ear], [24 * k, 22 * k, 22 * k, 23 * k, 28 * k], colour)
    body = pot.throw(sheet, dipped(colour, line=44 * k, sway=6 * k))
    pot.speckle(sheet, body, above=50 * k, count=50, seed=12)
    _beak(sheet, pot, colour, np.array([x, y + 156 * k]), k, MILK)


def _beak(sheet: Sheet, pot: Pot, colour: Colour, at: np.ndarray, k: float, milk: Colour | None) -> None:
    """The pinched lip and the open mouth, for a rim 396 above `at`."""
    pull = points("-40,-392 -100,-410 -144,-409 -122,-378 -99,-340 -88,-290 -50,-330")
    cut(sheet, smooth(pull, closed=True) * k + at, colour, size=6 * k, light=0.4)
    inside = blend(colour, CREAM, 0.1)
    pot.open(sheet, inside, lip_of(colour), liquid=milk, depth=26 * k)
    lip = smooth([(-50, -412), (-98, -413), (-145, -410), (-106, -394), (-58, -386)], closed=True) * k + at
    sheet.lay(sheet.mask(lip), blend(lip_of(colour), CREAM, 0.25))
    throat = smooth([(-40, -410), (-92, -409), (-132, -408), (-100, -398), (-46, -386)], closed=True) * k + at
    sheet.lay(sheet.mask(throat), blend(inside, EDGE, 0.22))
