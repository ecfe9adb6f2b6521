"""Ceramics of the table and the shelf: bowls, plates, platter, butter dish, jar, salt cellar, vases, candlestick."""

from __future__ import annotations

import numpy as np

from pictures.cups import lip_of
from pictures.curves import ellipse, points
from pictures.glazes import banded, dipped, plain
from pictures.grain import step
from pictures.light import SHADOW
from pictures.palette import CREAM, RAW, Colour, blend
from pictures.sheet import Sheet
from pictures.solids import EDGE, drop
from pictures.wheel import Pot


def deep_bowl(sheet: Sheet, x: float, y: float, colour: Colour, *, size: float = 1, food: Colour | None = None) -> Pot:
    """A soup bowl with a high wall."""
    k = size
    profile = points("0,92 12,98 24,120 70,186 130,216 176,224")
    pot = Pot(x, y, [(h * k, r * k) for h, r in profile], tilt=0.26, thick=10 * k)
    pot.shadow(sheet)
    body = pot.throw(sheet, dipped(colour, line=44 * k, sway=6 * k))
    pot.speckle(sheet, body, above=50 * k, count=70, seed=int(x) % 83)
    pot.open(sheet, blend(colour, CREAM, 0.12), lip_of(colour), liquid=food, depth=40 * k)
    return pot


def small_bowl(sheet: Sheet, x: float, y: float, colour: Colour, *, size: float = 1, food: Colour | None = None) -> Pot:
    """A porridge bowl with straight sides and a painted band."""
    k = size
    profile = [(0, 108), (10, 124), (30, 146), (110, 164), (140, 166)]
    pot = Pot(x, y, [(h * k, r * k) for h, r in profile], tilt=0.26, thick=9 * k)
    pot.shadow(sheet)
    body = pot.throw(sheet, banded(plain(colour), [(92 * k, 102 * k), (108 * k, 112 * k)], blend(RAW, EDGE, 0.2)))
    pot.speckle(sheet, body, count=50, seed=int(x) % 79)
    pot.open(sheet, blend(colour, CREAM, 0.12), lip_of(colour), liquid=food, depth=34 * k)
    return pot


def plate(sheet: Sheet, x: float, y: float, colour: Colour, *, size: float = 1) -> None:
    """A plate lying on the table."""
    k = size
    pot = Pot(x, y, [(0, 150 * k), (8 * k, 190 * k), (30 * k, 262 * k)], tilt=0.3, thick=8 * k)
    pot.shadow(sheet, length=0.45)
    pot.throw(sheet, dipped(colour, line=6 * k))
    pot.open(sheet, blend(colour, CREAM, 0.1), lip_of(colour))
    well = sheet.mask(ellipse(x, y - 18 * k, 178 * k, 50 * k), soft=3)
    sheet.stain(well, SHADOW, opacity=0.1)
    sheet.lay(sheet.mask(ellipse(x + 3 * k, y - 14 * k, 174 * k, 47 * k), soft=2), blend(colour, CREAM, 0.06))


def round_plate(sheet: Sheet, x: float, y: float, radius: float, colour: Colour, *, wall: bool = True) -> None:
    """A plate seen in full: leaning on the wall, or from above."""
    rim = ellipse(x, y, radius, radius)
    drop(
        sheet,
        rim,
        dx=radius * (0.13 if wall else 0.06),
        dy=radius * (0.09 if wall else 0.1),
        soft=radius * 0.05,
        opacity=0.5,
    )
    sheet.lay(sheet.mask(rim), lip_of(colour))
    face = sheet.mask(ellipse(x, y, radius * 0.975, radius * 0.975))
    sheet.lay(face, colour)
    across, down = sheet.places(face)
    slope = ((across - x) * 0.75 + (down - y) * 0.65) / radius
    far = np.hypot(across - x, down - y) / radius
    wing = step(far, 0.66, 0.7)
    sheet.stain(face.times(wing * step(-slope, -0.1, 0.75)), SHADOW, opacity=0.2)
    sheet.glow(face.times(wing * step(slope, 0.0, 0.7)), CREAM, opacity=0.4)
    wall_in = step(far, 0.6, 0.64) * (1 - step(far, 0.665, 0.7))
    sheet.stain(face.times(wall_in * step(-slope, -0.15, 0.5)), SHADOW, opacity=0.42)
    sheet.glow(face.times(wall_in * step(slope, 0.0, 0.5)), CREAM, opacity=0.5)
    sheet.stain(face.times((1 - wing) * step(slope, -0.2, 0.8)), SHADOW, opacity=0.06)
    dice = np.random.default_rng(int(radius))
    angle, reach = dice.uniform(0, 6.28, 70), radius * 0.95 * np.sqrt(dice.uniform(0, 1, 70))
    spots = [
        ellipse(x + r * np.cos(a), y + r * np.sin(a), s, s * 0.9)
        for a, r, s in zip(angle, reach, dice.gamma(1.6, 0.8, 70) + 0.7, strict=True)
    ]
    sheet.stain(sheet.mask(*spots), (0.52, 0.42, 0.36), opacity=0.7)


def platter(sheet: Sheet, x: float, y: float, colour: Colour, *, size: float = 1) -> None:
    """A long oval dish."""
    k = size
    pot = Pot(x, y, [(0, 200 * k), (10 * k, 250 * k), (40 * k, 330 * k)], tilt=0.25, thick=9 * k)
    pot.shadow(sheet, length=0.4)
    body = pot.throw(sheet, dipped(colour, line=10 * k))
    pot.speckle(sheet, body, above=10, count=40, seed=2)
    pot.open(sheet, blend(colour, CREAM, 0.1), lip_of(colour))
    sheet.stain(sheet.mask(ellipse(x, y - 24 * k, 235 * k, 54 * k), soft=3), SHADOW, opacity=0.12)
    sheet.lay(sheet.mask(ellipse(x + 4 * k, y - 20 * k, 230 * k, 51 * k), soft=2), blend(colour, CREAM, 0.05))
