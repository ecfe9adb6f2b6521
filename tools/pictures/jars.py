"""Lidded and open jars of the kitchen: butter dish, sugar jar, salt cellar."""

from __future__ import annotations

import numpy as np

from pictures.cups import lip_of
from pictures.curves import Line, ellipse, soft_box
from pictures.glazes import dipped, plain
from pictures.grain import step
from pictures.light import SHADOW, flat
from pictures.palette import CREAM, OAK, RAW, Colour, blend, paint
from pictures.sheet import Sheet
from pictures.solids import EDGE, ball, cut, drop, tube
from pictures.wheel import Pot


def butter_dish(sheet: Sheet, x: float, y: float, colour: Colour, *, size: float = 1) -> None:
    """A long lid with a wooden knob over a flat tray."""
    k = size
    drop(sheet, soft_box(x - 262 * k, y - 26 * k, x + 262 * k, y + 10 * k, 18 * k), dx=40 * k, dy=2, soft=12)
    cut(sheet, soft_box(x - 268 * k, y - 34 * k, x + 268 * k, y + 6 * k, 20 * k), blend(colour, RAW, 0.75), size=7 * k)
    cut(sheet, soft_box(x - 268 * k, y - 40 * k, x + 268 * k, y - 14 * k, 13 * k), colour, size=5 * k)
    mask = cut(sheet, _bread_shaped(x, y, k), colour, size=20 * k, shade=0.36)
    across, _ = sheet.places(mask)
    sheet.stain(mask.times(step(across, x + 20 * k, x + 220 * k)), SHADOW, opacity=0.16)
    dice = np.random.default_rng(4)
    spots = [
        ellipse(x + a * k, y - b * k, s, s)
        for a, b, s in zip(
            dice.uniform(-200, 200, 60), dice.uniform(40, 200, 60), dice.gamma(1.6, 0.9, 60) + 0.7, strict=True
        )
    ]
    sheet.stain(sheet.mask(*spots).within(mask), (0.52, 0.42, 0.36), opacity=0.7)
    ball(sheet, x, y - 232 * k, 26 * k, OAK, squash=0.86)


def _bread_shaped(x: float, y: float, k: float) -> Line:
    top = soft_box(x - 214 * k, y - 214 * k, x + 214 * k, y + 60 * k, 84 * k)
    return np.column_stack([top[:, 0], np.minimum(top[:, 1], y - 34 * k)])


def lidded_jar(sheet: Sheet, x: float, y: float, colour: Colour, *, size: float = 1, tall: float = 200) -> None:
    """A straight jar under a turned wooden lid."""
    k = size
    pot = Pot(x, y, [(0, 112 * k), (10 * k, 126 * k), (60 * k, 134 * k), (tall * k, 132 * k)])
    pot.shadow(sheet)
    body = pot.throw(sheet, dipped(colour, line=40 * k))
    pot.speckle(sheet, body, above=44 * k, count=60, seed=8)
    lid = Pot(x, y - (tall - 4) * k, [(0, 138 * k), (20 * k, 140 * k), (30 * k, 134 * k)])
    sheet.stain(sheet.mask(lid.ring(0) + np.array([4, 9]) * k, soft=4 * k).within(body), EDGE, opacity=0.55)
    lid.throw(sheet, plain(OAK))
    lid.open(sheet, blend(OAK, CREAM, 0.12), OAK)
    sheet.lay(sheet.mask(lid.ring(30 * k, inset=6 * k)), lambda a, b: flat(blend(OAK, CREAM, 0.22), a))
    ball(sheet, x, y - (tall + 44) * k, 22 * k, OAK, squash=0.9)


def salt_cellar(sheet: Sheet, x: float, y: float, colour: Colour, *, size: float = 1) -> None:
    """A squat open pot of coarse salt with a wooden spoon."""
    k = size
    profile = [(0, 100), (12, 124), (56, 150), (100, 140), (124, 122)]
    pot = Pot(x, y, [(h * k, r * k) for h, r in profile], tilt=0.28, thick=9 * k)
    pot.shadow(sheet)
    body = pot.throw(sheet, dipped(colour, line=30 * k))
    pot.speckle(sheet, body, above=36 * k, count=40, seed=6)
    pot.open(sheet, blend(colour, CREAM, 0.1), lip_of(colour), liquid=paint("F4F0EA"), depth=20 * k)
    tube(
        sheet,
        [(x + 20 * k, y - 96 * k), (x + 90 * k, y - 176 * k), (x + 176 * k, y - 250 * k)],
        [16 * k, 13 * k, 20 * k],
        OAK,
    )
