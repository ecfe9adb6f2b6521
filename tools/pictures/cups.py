"""Ceramics of the tea table: mug, cup with saucer, piala, teapot, creamer, jug."""

from __future__ import annotations

from pictures.curves import ellipse
from pictures.glazes import dipped, plain
from pictures.palette import CREAM, MILK, RAW, TEA, Colour, blend
from pictures.sheet import Sheet
from pictures.solids import tube
from pictures.wheel import Pot


def lip_of(colour: Colour) -> Colour:
    """Glaze runs thin over a rim and the clay shows through."""
    return blend(colour, RAW, 0.55)


def mug(
    sheet: Sheet, x: float, y: float, colour: Colour, *, size: float = 1, right: bool = True, tea: Colour | None = TEA
) -> Pot:
    """A straight mug with a small foot and a round ear."""
    k, side = size, 1 if right else -1
    pot = Pot(
        x, y, [(0, 112 * k), (9 * k, 126 * k), (60 * k, 140 * k), (180 * k, 146 * k), (272 * k, 143 * k)], thick=9 * k
    )
    pot.shadow(sheet)
    ear = [(132, -214), (196, -226), (232, -172), (206, -112), (128, -84)]
    tube(
        sheet,
        [(x + side * a * k, y + b * k) for a, b in ear],
        [30 * k, 27 * k, 26 * k, 27 * k, 32 * k],
        blend(colour, RAW, 0.04),
    )
    body = pot.throw(sheet, dipped(colour, line=46 * k))
    pot.speckle(sheet, body, above=50 * k, count=70, seed=int(x) % 97)
    pot.open(sheet, blend(colour, CREAM, 0.12), lip_of(colour), liquid=tea, depth=30 * k)
    return pot


def tall_mug(sheet: Sheet, x: float, y: float, colour: Colour, *, size: float = 1) -> Pot:
    """The evening mug: rounder, wider at the hip, with a big ear."""
    k = size
    pot = Pot(
        x,
        y,
        [
            (0, 118 * k),
            (14 * k, 146 * k),
            (90 * k, 176 * k),
            (190 * k, 168 * k),
            (290 * k, 138 * k),
            (312 * k, 140 * k),
        ],
        thick=10 * k,
    )
    pot.shadow(sheet)
    ear = [(150, -246), (232, -268), (276, -196), (246, -116), (158, -92)]
    tube(sheet, [(x + a * k, y + b * k) for a, b in ear], [32 * k, 29 * k, 28 * k, 29 * k, 36 * k], colour)
    body = pot.throw(sheet, dipped(colour, line=70 * k, sway=9 * k))
    pot.speckle(sheet, body, above=74 * k, count=60, seed=11)
    pot.open(sheet, blend(colour, CREAM, 0.12), lip_of(colour), liquid=TEA, depth=30 * k)
    return pot


def cup(sheet: Sheet, x: float, y: float, colour: Colour, *, size: float = 1, tea: Colour | None = TEA) -> Pot:
    """A tea cup on its saucer."""
    k = size
    saucer(sheet, x, y, colour, size=k)
    top = y - 24 * k
    pot = Pot(
        x,
        top,
        [(0, 58 * k), (10 * k, 66 * k), (36 * k, 104 * k), (90 * k, 134 * k), (150 * k, 144 * k)],
        tilt=0.22,
        thick=7 * k,
    )
    ear = [(126, -124), (186, -136), (204, -92), (166, -62), (112, -54)]
    sheet.stain(
        sheet.mask(ellipse(x + 34 * k, top + 4 * k, 108 * k, 22 * k), soft=6 * k), (0.5, 0.4, 0.38), opacity=0.5
    )
    tube(sheet, [(x + a * k, top + b * k) for a, b in ear], [22 * k, 19 * k, 18 * k, 19 * k, 24 * k], colour)
    pot.throw(sheet, plain(colour))
    pot.open(sheet, blend(MILK, CREAM, 0.4), lip_of(colour), liquid=tea, depth=26 * k)
    return pot


def saucer(sheet: Sheet, x: float, y: float, colour: Colour, *, size: float = 1) -> None:
    """A small low plate with a turned-up edge."""
    k = size
    low = Pot(x, y, [(0, 110 * k), (8 * k, 150 * k), (26 * k, 214 * k)], tilt=0.22, thick=6 * k)
    low.shadow(sheet, length=0.6)
    sheet.stain(
        sheet.mask(ellipse(x + 40 * k, y + 8 * k, 205 * k, 44 * k), soft=12 * k), (0.55, 0.45, 0.42), opacity=0.4
    )
    low.throw(sheet, plain(colour))
    low.open(sheet, blend(colour, CREAM, 0.12), lip_of(colour))


def piala(sheet: Sheet, x: float, y: float, colour: Colour, *, size: float = 1, tea: Colour | None = TEA) -> Pot:
    """A bowl to drink from, without an ear."""
    k = size
    profile = [
        (0, 66 * k),
        (16 * k, 70 * k),
        (30 * k, 96 * k),
        (70 * k, 136 * k),
        (120 * k, 156 * k),
        (152 * k, 162 * k),
    ]
    pot = Pot(x, y, profile, tilt=0.24, thick=7 * k)
    pot.shadow(sheet)
    body = pot.throw(sheet, dipped(colour, line=38 * k, sway=5 * k))
    pot.speckle(sheet, body, above=44 * k, count=40, seed=int(x) % 89)
    pot.open(sheet, blend(colour, CREAM, 0.14), lip_of(colour), liquid=tea, depth=24 * k)
    return pot
