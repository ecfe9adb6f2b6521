"""What is eaten and brewed: bread, leaf tea, sugar."""

from __future__ import annotations

import numpy as np

from pictures.curves import ellipse, points, ribbon, smooth, turned
from pictures.grain import noise, step
from pictures.light import SHADOW, ground_shadow
from pictures.palette import CREAM, CRUMB, CRUST, Colour, blend, paint
from pictures.plants import DRY_LEAF
from pictures.sheet import Sheet
from pictures.solids import EDGE, cut


def loaf(sheet: Sheet, x: float, y: float, *, size: float = 1) -> None:
    """A round country loaf with slashes and flour."""
    k = size
    ground_shadow(sheet, x, y - 10 * k, 190 * k, tilt=0.2, length=0.5)
    shape = points("-216,-30 -208,-96 -140,-168 0,-196 140,-168 208,-96 216,-30 150,4 0,12 -150,4")
    outline = smooth(np.array(shape) * k, closed=True) + np.array([x, y])
    mask = cut(sheet, outline, CRUST, size=36 * k, shade=0.4, light=0.1)
    across, down = sheet.places(mask)
    dust = step(noise(across, down, size=(60, 26), seed=64), 0.1, 1.6) * (1 - step(down, y - 150 * k, y - 30 * k))
    sheet.glow(mask.times(dust), CREAM, opacity=0.5)
    for shift in (-104, -16, 72):
        slash = smooth(
            [(shift - 32, -68), (shift + 2, -122), (shift + 52, -160), (shift + 30, -104)], closed=True
        ) * k + np.array([x, y])
        cut(sheet, slash, CRUMB, size=5 * k)


def slice_of_bread(sheet: Sheet, x: float, y: float, *, size: float = 1, degrees: float = 0) -> None:
    """A slice lying flat, seen from above."""
    k = size
    shape = smooth(
        points("-92,84 -104,-20 -122,-66 -70,-106 0,-112 70,-106 122,-66 104,-20 92,84 0,90"),
        closed=True,
    )
    outline = turned(shape * k, degrees, (0, 0)) + np.array([x, y])
    sheet.stain(sheet.mask(outline + np.array([9, 11]) * k, soft=7 * k), SHADOW, opacity=0.42)
    sheet.lay(sheet.mask(outline), CRUST)
    inner = sheet.mask(turned(shape * k * 0.9, degrees, (0, 0)) + np.array([x, y]))
    across, down = sheet.places(inner)
    holes = step(noise(across, down, size=16, seed=66), 1.5, 1.9)
    sheet.lay(inner, CRUMB)
    sheet.stain(inner.times(holes), EDGE, opacity=0.3)


def tea_leaves(
    sheet: Sheet,
    x: float,
    y: float,
    *,
    wide: float = 90,
    high: float = 26,
    count: int = 90,
    colour: Colour = DRY_LEAF,
    seed: int = 1,
) -> None:
    """A small heap of dry leaf."""
    dice = np.random.default_rng(seed)
    sheet.stain(sheet.mask(ellipse(x + 6, y + 3, wide * 0.92, high * 0.8), soft=6), SHADOW, opacity=0.45)
    for _ in range(count):
        angle, reach = dice.uniform(0, 6.28), np.sqrt(dice.uniform(0, 1))
        px, py = x + wide * reach * np.cos(angle), y + high * reach * np.sin(angle) - (1 - reach) * high * 0.7
        bend = dice.uniform(-7, 7)
        run, rise = dice.uniform(-15, 15), dice.uniform(-9, 9)
        strip = ribbon(
            [(px - run, py - rise), (px + bend * 0.4, py + bend), (px + run, py + rise)], [1.5, 4.5, 1.5], steps=6
        )
        sheet.lay(
            sheet.mask(strip),
            blend(colour, (CREAM, paint("7C6A4A"), EDGE)[int(dice.integers(3))], dice.uniform(0.02, 0.3)),
        )


def sugar(sheet: Sheet, spots: list[tuple[float, float]], *, size: float = 30) -> None:
    """Lumps of sugar."""
    for x, y in spots:
        sheet.stain(sheet.mask(ellipse(x + size * 0.7, y + 1, size * 0.9, size * 0.26), soft=4), SHADOW, opacity=0.45)
        front = np.array(
            [(x - size / 2, y - size * 0.8), (x + size / 2, y - size * 0.8), (x + size / 2, y), (x - size / 2, y)]
        )
        top = np.array(
            [
                (x - size / 2, y - size * 0.8),
                (x - size * 0.2, y - size * 1.1),
                (x + size * 0.8, y - size * 1.1),
                (x + size / 2, y - size * 0.8),
            ]
        )
        side = np.array(
            [
                (x + size / 2, y - size * 0.8),
                (x + size * 0.8, y - size * 1.1),
                (x + size * 0.8, y - size * 0.3),
                (x + size / 2, y),
            ]
        )
        for shape, tone in ((front, "F3EBDD"), (top, "FFFBF3"), (side, "D8CABD")):
            sheet.lay(sheet.mask(shape), paint(tone))
