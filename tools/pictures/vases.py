"""Vases for one branch and for many."""

from __future__ import annotations

from pictures.cups import lip_of
from pictures.curves import points
from pictures.glazes import banded, dipped
from pictures.palette import RAW, Colour, blend
from pictures.sheet import Sheet
from pictures.solids import EDGE
from pictures.wheel import Pot


def bud_vase(sheet: Sheet, x: float, y: float, colour: Colour, *, size: float = 1) -> Pot:
    """A round body and a narrow neck for one branch."""
    k = size
    profile = points("0,70 10,92 84,148 150,128 204,62 250,34 330,30 348,38")
    pot = Pot(x, y, [(h * k, r * k) for h, r in profile], thick=7 * k)
    pot.shadow(sheet)
    body = pot.throw(sheet, dipped(colour, line=34 * k))
    pot.speckle(sheet, body, above=40 * k, count=70, seed=int(x) % 61)
    pot.open(sheet, blend(colour, EDGE, 0.5), lip_of(colour))
    return pot


def wide_vase(sheet: Sheet, x: float, y: float, colour: Colour, *, size: float = 1) -> Pot:
    """The big one: broad shoulders, a short wide neck, two brushed bands."""
    k = size
    profile = points("0,110 16,132 150,236 260,254 350,206 400,132 432,126 452,138")
    pot = Pot(x, y, [(h * k, r * k) for h, r in profile], thick=10 * k)
    pot.shadow(sheet)
    bands = [(262 * k, 284 * k), (294 * k, 300 * k)]
    body = pot.throw(sheet, banded(dipped(colour, line=60 * k, sway=10 * k), bands, blend(RAW, EDGE, 0.35)))
    pot.speckle(sheet, body, above=66 * k, count=110, seed=9)
    pot.open(sheet, blend(colour, EDGE, 0.4), lip_of(colour))
    return pot
