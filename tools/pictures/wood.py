"""Wood: boards, tray, spoon, knife, with grain that runs the right way."""

from __future__ import annotations

import numpy as np

from pictures.curves import Line, ellipse, points, ribbon, smooth, soft_box, turned
from pictures.glazes import plain
from pictures.grain import Field, Tint, noise, rings
from pictures.light import SHADOW, flat
from pictures.palette import CREAM, Colour, blend
from pictures.sheet import Fill, Sheet
from pictures.solids import EDGE, cut, drop
from pictures.wheel import Pot


def grained(colour: Colour, *, degrees: float = 0, seed: int = 9, squeeze: float = 1) -> Fill:
    """A fill with the year rings of a plank running along `degrees`."""
    c, s = float(np.cos(np.radians(degrees))), float(np.sin(np.radians(degrees)))

    def fill(x: Field, y: Field) -> Tint:
        along, across = x * c + y * s, (y * c - x * s) * squeeze
        share = rings(along, across, seed=seed) * 0.3
        tone = 1 + noise(along, across, size=(500, 90), seed=seed + 5) * 0.03
        base = flat(colour, x) * tone[..., None]
        return np.asarray(base + (flat(blend(colour, EDGE, 0.5), x) - base) * share[..., None])

    return fill


def paddle(x: float, foot: float, wide: float, tall: float) -> tuple[Line, Line]:
    """A board with a handle, standing: its outline and its hanging hole."""
    h, neck = wide / 2, wide * 0.15
    shape = [
        (-h, -14),
        (-h, -tall * 0.5),
        (-h + 4, -tall * 0.66),
        (-h * 0.5, -tall * 0.735),
        (-neck, -tall * 0.79),
        (-neck, -tall * 0.95),
    ]
    left = smooth(shape)
    top = ellipse(0, -tall * 0.95, neck, neck, start=180, end=360)
    base = [ellipse(h - 26, -26, 26, 26, start=0, end=90), ellipse(-h + 26, -26, 26, 26, start=90, end=180)]
    outline = np.vstack([left, top, (left * np.array([-1, 1]))[::-1], *base]) + np.array([x, foot])
    return outline, ellipse(x, foot - tall * 0.95, neck * 0.4, neck * 0.4)


def leaning_board(
    sheet: Sheet, x: float, foot: float, wide: float, tall: float, colour: Colour, *, seed: int = 9
) -> None:
    """A cutting board leaning against the wall."""
    outline, hole = paddle(x, foot, wide, tall)
    drop(sheet, outline, dx=46, dy=-6, soft=14, opacity=0.42)
    sheet.stain(sheet.mask(ellipse(x + 20, foot + 6, wide * 0.55, 13), soft=6), SHADOW, opacity=0.5)
    sheet.lay(sheet.mask(outline + np.array([13, -2])), grained(blend(colour, EDGE, 0.42), degrees=90, seed=seed))
    cut(sheet, outline, grained(colour, degrees=90, seed=seed), size=6, shade=0.22, light=0.4)
    sheet.lay(sheet.mask(hole), blend(colour, EDGE, 0.75))
    sheet.lay(sheet.mask(hole + np.array([4, 3])).within(sheet.mask(hole)), blend(colour, EDGE, 0.3))


def round_board(sheet: Sheet, x: float, y: float, radius: float, colour: Colour, *, tilt: float = 0.32) -> None:
    """A thick round board lying on the table."""
    pot = Pot(x, y, [(0, radius), (18, radius), (36, radius)], tilt=tilt)
    sheet.stain(sheet.mask(pot.ring(0) + np.array([24, 14]), soft=15), SHADOW, opacity=0.42)
    sheet.stain(sheet.mask(pot.ring(0) + np.array([4, 6]), soft=4), SHADOW, opacity=0.4)
    pot.throw(sheet, plain(blend(colour, EDGE, 0.16)))
    top = sheet.mask(pot.ring(36))
    sheet.lay(top, grained(blend(colour, CREAM, 0.08), degrees=8, squeeze=2.0))
    sheet.glow(top.without(sheet.mask(pot.ring(36) + np.array([3, 3]), soft=2)), CREAM, opacity=0.5)


def tray(sheet: Sheet, x: float, y: float, wide: float, tall: float, colour: Colour, *, degrees: float = 0) -> None:
    """A rimmed tray from above, with two hand holes."""
    outer = turned(soft_box(x - wide / 2, y - tall / 2, x + wide / 2, y + tall / 2, 70), degrees, (x, y))
    inner = turned(
        soft_box(x - wide / 2 + 26, y - tall / 2 + 26, x + wide / 2 - 26, y + tall / 2 - 26, 48), degrees, (x, y)
    )
    drop(sheet, outer, dx=20, dy=26, soft=16)
    cut(sheet, outer, grained(blend(colour, CREAM, 0.06), degrees=90 + degrees, seed=17), size=6)
    floor = sheet.mask(inner)
    sheet.lay(floor, grained(blend(colour, EDGE, 0.1), degrees=90 + degrees, seed=19))
    sheet.stain(floor.without(sheet.mask(inner + np.array([15, 15]), soft=9)), SHADOW, opacity=0.5)
    for side in (-1, 1):
        slot = turned(
            soft_box(x - 62, y + side * (tall / 2 - 13) - 8, x + 62, y + side * (tall / 2 - 13) + 8, 8), degrees, (x, y)
        )
        sheet.lay(sheet.mask(slot), blend(colour, EDGE, 0.8))


def spoon(
    sheet: Sheet, x: float, y: float, length: float, degrees: float, colour: Colour, *, shadow: bool = True
) -> None:
    """A long spoon seen from above; its bowl is at (x, y) and the handle points along `degrees`."""
    wide = length * 0.075
    head = ellipse(0, 0, length * 0.145, length * 0.1)
    stem = ribbon(
        [(length * 0.1, 0), (length * 0.3, 0), (length * 0.62, 0), (length * 0.86, 0)],
        [wide * 0.62, wide * 0.42, wide * 0.5, wide * 0.72],
    )
    whole = [turned(part, degrees, (0, 0)) + np.array([x, y]) for part in (head, stem)]
    if shadow:
        sheet.stain(sheet.mask(*(part + np.array([9, 12]) for part in whole), soft=6), SHADOW, opacity=0.45)
    fill = grained(colour, degrees=degrees, seed=23)
    for part in (whole[1], whole[0]):
        cut(sheet, part, fill, size=length * 0.012, shade=0.34)
    hollow = turned(ellipse(-length * 0.006, 0, length * 0.118, length * 0.076), degrees, (0, 0)) + np.array([x, y])
    dip = sheet.mask(hollow, soft=1)
    sheet.stain(dip, EDGE, opacity=0.22)
    sheet.stain(
        dip.without(sheet.mask(hollow + np.array([length * 0.016, length * 0.016]), soft=length * 0.008)),
        SHADOW,
        opacity=0.42,
    )
    sheet.glow(
        dip.without(sheet.mask(hollow - np.array([length * 0.012, length * 0.012]), soft=length * 0.008)),
        CREAM,
        opacity=0.3,
    )


def butter_knife(sheet: Sheet, x: float, y: float, length: float, degrees: float, colour: Colour) -> None:
    """A flat wooden knife with a round blade."""
    shape = smooth(
        points("0,-14 0.16,-26 0.34,-24 0.44,-13 0.7,-11 0.97,-15 1.0,0 0.97,15 0.7,11 0.46,12 0.36,18 0.1,20 -0.01,6"),
        closed=True,
    )
    shape = shape * np.array([length, length / 420])
    outline = turned(shape, degrees, (0, 0)) + np.array([x, y])
    drop(sheet, outline, dx=9, dy=12, soft=6)
    cut(sheet, outline, grained(colour, degrees=degrees, seed=27, squeeze=1.5), size=5, shade=0.32)
