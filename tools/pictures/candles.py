"""Candlesticks, tapers and a still flame."""

from __future__ import annotations

import numpy as np

from pictures.cups import lip_of
from pictures.curves import ellipse, points, smooth
from pictures.glazes import dipped, plain
from pictures.light import SHADOW, ground_shadow
from pictures.linen import cord
from pictures.palette import CREAM, WAX, Colour, blend, paint
from pictures.sheet import Sheet
from pictures.solids import EDGE, tube
from pictures.wheel import Pot


def candlestick(
    sheet: Sheet, x: float, y: float, colour: Colour, *, size: float = 1, wax: Colour = WAX, tall: float = 330
) -> None:
    """A saucer with a socket and a lit taper in it."""
    k = size
    low = Pot(x, y, [(0, 96 * k), (8 * k, 124 * k), (34 * k, 152 * k)], tilt=0.26, thick=7 * k)
    low.shadow(sheet)
    low.throw(sheet, dipped(colour, line=10 * k))
    low.open(sheet, blend(colour, CREAM, 0.1), lip_of(colour))
    socket = Pot(
        x, y - 8 * k, [(0, 58 * k), (20 * k, 44 * k), (62 * k, 38 * k), (92 * k, 46 * k)], tilt=0.26, thick=6 * k
    )
    sheet.stain(sheet.mask(ellipse(x + 26 * k, y - 10 * k, 66 * k, 18 * k), soft=5 * k), SHADOW, opacity=0.5)
    socket.throw(sheet, plain(colour))
    socket.open(sheet, blend(colour, EDGE, 0.4), lip_of(colour))
    taper(sheet, x, y - 92 * k, wax, size=k, tall=tall)


def taper(
    sheet: Sheet, x: float, y: float, wax: Colour, *, size: float = 1, tall: float = 330, lit: bool = True
) -> None:
    """A tapering candle."""
    k = size
    stick = Pot(x, y, [(0, 30 * k), (tall * 0.5 * k, 27 * k), (tall * 0.96 * k, 20 * k), (tall * k, 8 * k)], tilt=0.22)
    stick.throw(sheet, plain(wax))
    top = y - tall * k
    tube(
        sheet,
        [(x, top + 4 * k), (x + 2 * k, top - 12 * k), (x + 5 * k, top - 24 * k)],
        [4 * k, 4 * k, 3 * k],
        paint("4A3B33"),
    )
    if lit:
        flame(sheet, x + 5 * k, top - 26 * k, size=k)


def flame(sheet: Sheet, x: float, y: float, *, size: float = 1) -> None:
    """A still flame and the warm air around it."""
    k = size
    sheet.glow(sheet.mask(ellipse(x, y - 20 * k, 60 * k, 74 * k), soft=34 * k), paint("FFE2A0"), opacity=0.5)
    shape = points("0,-74 13,-40 17,-16 9,6 0,11 -9,6 -17,-16 -12,-40")
    sheet.lay(sheet.mask(smooth(shape, closed=True) * k + np.array([x, y])), paint("F3C363"))
    sheet.lay(sheet.mask(smooth(shape * 0.56, closed=True) * k + np.array([x, y + 1 * k])), paint("FFF0C8"))


def tied_candles(sheet: Sheet, x: float, y: float, wax: Colour, *, size: float = 1) -> None:
    """Two tapers standing together, tied with twine."""
    k = size
    ground_shadow(sheet, x, y, 74 * k, tilt=0.22, length=1.6)
    taper(sheet, x + 32 * k, y - 9 * k, blend(wax, EDGE, 0.07), size=1.1 * k, tall=470, lit=False)
    taper(sheet, x - 30 * k, y, wax, size=1.1 * k, tall=450, lit=False)
    for shift in (0, 10, 20):
        cord(
            sheet,
            [
                (x - 64 * k, y - (170 + shift) * k),
                (x - 10 * k, y - (160 + shift) * k),
                (x + 66 * k, y - (174 + shift) * k),
            ],
            wide=8 * k,
        )
    cord(sheet, [(x + 4 * k, y - 168 * k), (x + 50 * k, y - 120 * k), (x + 36 * k, y - 60 * k)], wide=6 * k)
    cord(sheet, [(x, y - 168 * k), (x - 8 * k, y - 112 * k), (x + 12 * k, y - 70 * k)], wide=6 * k)
