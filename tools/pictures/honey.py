"""Jars of honey, lit through, under a tied cloth cap."""

from __future__ import annotations

import numpy as np

from pictures.curves import ellipse, points, smooth, soft_box
from pictures.grain import Field, Tint, step
from pictures.light import SHADOW, flat
from pictures.linen import cord, mark
from pictures.palette import CREAM, Colour, blend, paint
from pictures.pantry import LABEL
from pictures.sheet import Mask, Sheet
from pictures.solids import EDGE, cut
from pictures.wheel import Glaze, Pot


def honey_jar(sheet: Sheet, x: float, y: float, colour: Colour, *, size: float = 1, tall: float = 250) -> None:
    """A glass of honey, lit through, under a cloth cap tied with twine."""
    k, t = size, tall * size
    profile = [(0, 132 * k), (t * 0.36, 136 * k), (t * 0.72, 136 * k), (t * 0.9, 118 * k), (t, 112 * k)]
    pot = Pot(x, y, profile)
    pot.shadow(sheet)
    warm = sheet.mask(
        smooth(
            [(x + 90 * k, y - 20 * k), (x + 210 * k, y - 44 * k), (x + 236 * k, y - 26 * k), (x + 120 * k, y + 8 * k)],
            closed=True,
        ),
        soft=14,
    )
    sheet.glow(warm, blend(colour, CREAM, 0.2), opacity=0.5)
    body = pot.throw(sheet, _translucent(colour, t))
    _gleam(sheet, pot, body, k)
    label = Pot(x, y, [(h, r + 0.5) for h, r in profile])
    _wrap(sheet, label, body, 46 * k, t * 0.66)
    drop_y = 136 * k * pot.tilt
    mark(sheet, x, y - (46 * k + t * 0.66) / 2 + drop_y, 46 * k, blend(colour, EDGE, 0.35))
    _cap(sheet, x, y - t, k)


def _translucent(colour: Colour, tall: float) -> Glaze:
    def glaze(height: Field, turn: Field, x: Field, y: Field) -> Tint:
        base = flat(colour, x)
        through = step(turn, -0.1, 0.9) * (1 - step(np.abs(height / tall - 0.25), 0.1, 0.6))
        base = base + (flat(blend(colour, paint("FFD77A"), 0.75), x) - base) * (through * 0.75)[..., None]
        return np.asarray(base * (1 - 0.2 * step(np.abs(turn), 0.78, 1.0))[..., None])

    return glaze


def _gleam(sheet: Sheet, pot: Pot, body: Mask, k: float) -> None:
    """The window in the glass."""
    x, y = pot.cx, pot.foot
    strip = soft_box(x - 112 * k, y - pot.tall * 0.84, x - 94 * k, y - pot.tall * 0.16 + 24 * k, 8 * k)
    sheet.glow(sheet.mask(strip, soft=2.5 * k).within(body), CREAM, opacity=0.55)


def _wrap(sheet: Sheet, pot: Pot, body: Mask, low: float, high: float) -> None:
    x, y = sheet.places(body)
    height, turn = pot.surface(x, y)
    share = (
        step(height, low - 1, low + 1) * (1 - step(height, high - 1, high + 1)) * (1 - step(np.abs(turn), 0.7, 0.712))
    )
    sheet.lay(body.times(share), LABEL)
    sheet.stain(body.times(share * step(turn, 0.1, 0.75)), SHADOW, opacity=0.3)


def _cap(sheet: Sheet, x: float, y: float, k: float) -> None:
    """A cloth over the lid, tied under it."""
    skirt = smooth(
        points("-118,-34 -132,18 -146,52 -96,44 -58,58 -10,50 44,60 92,44 144,54 130,16 118,-34 60,-58 -60,-58"),
        closed=True,
    )
    outline = skirt * k + np.array([x, y + 8 * k])
    sheet.stain(sheet.mask(outline + np.array([5, 9]) * k, soft=5 * k), SHADOW, opacity=0.34)
    cut(sheet, outline, paint("EFE4CF"), size=15 * k, shade=0.34)
    sheet.glow(sheet.mask(ellipse(x - 16 * k, y - 26 * k, 84 * k, 17 * k), soft=6 * k), CREAM, opacity=0.5)
    cord(
        sheet,
        [(x - 122 * k, y + 12 * k), (x - 50 * k, y + 26 * k), (x + 40 * k, y + 27 * k), (x + 122 * k, y + 12 * k)],
        wide=9 * k,
    )
    for bow in ([(34, 24), (76, 56), (60, 92)], [(30, 24), (22, 70), (40, 104)]):
        cord(sheet, [(x + a * k, y + b * k) for a, b in bow], wide=6 * k)
