"""Cloth: woven fields with folds, stripes and hems; towels, napkins, apron, bags."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import ArrayLike

from pictures.curves import Line, ellipse, ribbon, smooth, soft_box, turned
from pictures.grain import Field, Tint, noise, step, weave
from pictures.light import flat, lit
from pictures.palette import CREAM, OAK, Colour, blend
from pictures.sheet import Mask, Sheet
from pictures.solids import EDGE, cut, drop, tube

Weave = Callable[[Tint, Field, Field], Tint]  # colour, x, y -> colour
Folds = Callable[[Field, Field], Field]


def cloth(
    sheet: Sheet,
    outline: Line,
    colour: Colour,
    *,
    folds: Folds | None = None,
    pattern: Weave | None = None,
    coarse: float = 1,
    degrees: float = 0,
) -> Mask:
    """A piece of linen: threads, a pattern, and light over its folds."""
    mask = sheet.mask(outline)

    def fill(x: Field, y: Field) -> Tint:
        base = flat(colour, x) * (1 + weave(x, y, degrees=degrees) * 0.014 * coarse)[..., None]
        if pattern is not None:
            base = pattern(base, x, y)
        return lit(base, folds(x, y) if folds is not None else np.full_like(x, 0.62), x=x, y=y)

    sheet.lay(mask, fill)
    return mask


def hanging(
    left: float,
    top: float,
    *,
    period: float = 128,
    drift: float = 0.0,
    depth: float = 0.34,
    reach: float = 420,
    seed: int = 1,
) -> Folds:
    """Folds that fall from `top` and deepen on the way down."""

    def folds(x: Field, y: Field) -> Field:
        sway = noise(x * 0, y, size=(50, 260), seed=80 + seed) * 9
        wave = np.sin((x - left - drift * (y - top) + sway) * (2 * np.pi / period))
        second = np.sin((x - left) * (2 * np.pi / (period * 2.3)) + seed)
        return np.asarray(
            0.5 + depth * (0.75 * wave + 0.4 * second) * (0.25 + 0.75 * step(y, top, top + reach)), dtype=np.float32
        )

    return folds


def striped(
    colour: Colour,
    bands: list[tuple[float, float]],
    *,
    degrees: float = 0,
    about: tuple[float, float] = (0, 0),
    upright: bool = False,
) -> Weave:
    """Woven stripes between distances measured across the cloth from `about`."""
    c, s = float(np.cos(np.radians(degrees))), float(np.sin(np.radians(degrees)))

    def pattern(base: Tint, x: Field, y: Field) -> Tint:
        along = (x - about[0]) * c + (y - about[1]) * s if upright else (y - about[1]) * c - (x - about[0]) * s
        share = np.zeros_like(x)
        for low, high in bands:
            share = np.maximum(share, step(along, low - 1, low + 1) * (1 - step(along, high - 1, high + 1)))
        threads = 1 + weave(x, y, seed=15, degrees=degrees) * 0.03
        return np.asarray(base + (flat(colour, x) * threads[..., None] - base) * (share * 0.9)[..., None])

    return pattern


def waffled(cell: float = 19, *, degrees: float = 0) -> Weave:
    """The little square wells of waffle cloth."""
    c, s = float(np.cos(np.radians(degrees))), float(np.sin(np.radians(degrees)))

    def pattern(base: Tint, x: Field, y: Field) -> Tint:
        u, v = (x * c + y * s) / cell % 1, (y * c - x * s) / cell % 1
        shade = (step(u, 0.1, 0.24) * (1 - step(u, 0.4, 0.75))) + (step(v, 0.1, 0.24) * (1 - step(v, 0.4, 0.75)))
        light = step(u, 0.7, 0.9) * step(v, 0.1, 0.3) + step(v, 0.7, 0.9) * step(u, 0.1, 0.3)
        return np.asarray(base * (1 - shade * 0.085 + light * 0.05)[..., None])

    return pattern


def folded(
    sheet: Sheet,
    x: float,
    y: float,
    wide: float,
    high: float,
    degrees: float,
    colour: Colour,
    *,
    pattern: Weave | None = None,
    layers: int = 3,
) -> None:
    """A cloth folded into a flat parcel and seen from above."""
    for layer in reversed(range(layers)):
        shift = np.array([layer * 5.0, layer * 7.0])
        box = turned(soft_box(x - wide / 2, y - high / 2, x + wide / 2, y + high / 2, 12), degrees, (x, y)) + shift
        drop(sheet, box, dx=7 if layer else 3, dy=9 if layer else 4, soft=7 if layer else 3, opacity=0.34)
        mask = cloth(sheet, box, blend(colour, EDGE, 0.09 * layer), pattern=pattern, degrees=degrees)
        sheet.stain(mask.without(sheet.mask(box - np.array([9, 9]), soft=7)), EDGE, opacity=0.22)
        sheet.glow(mask.without(sheet.mask(box + np.array([8, 8]), soft=6)), CREAM, opacity=0.22)


def crease(sheet: Sheet, ends: tuple[tuple[float, float], tuple[float, float]], *, wide: float = 10) -> None:
    """A pressed fold line: dark on one side, light on the other."""
    line = np.array(ends, dtype=float)
    sheet.stain(sheet.mask(ribbon([*line], [wide, wide]), soft=wide * 0.5), EDGE, opacity=0.26)
    sheet.glow(
        sheet.mask(ribbon([*(line - np.array([wide, wide * 0.4]))], [wide * 0.7, wide * 0.7]), soft=wide * 0.4),
        CREAM,
        opacity=0.22,
    )


def stitches(sheet: Sheet, line: Line, colour: Colour, *, step_: float = 11, wide: float = 2.2) -> None:
    """A row of hand stitches along a line."""
    path = smooth(line, steps=60)
    gone = np.concatenate([[0], np.cumsum(np.hypot(*np.diff(path, axis=0).T))])
    marks = []
    for at in np.arange(0, gone[-1] - step_ * 0.6, step_):
        ends = [(np.interp(d, gone, path[:, 0]), np.interp(d, gone, path[:, 1])) for d in (at, at + step_ * 0.55)]
        marks.append(ribbon(ends, [wide, wide], steps=2))
    sheet.lay(sheet.mask(*marks), colour, opacity=0.75)


def mark(sheet: Sheet, x: float, y: float, size: float, colour: Colour, *, opacity: float = 0.9) -> None:
    """The sign of the shop: the rim of a cup, drawn in one stroke that does not quite close."""
    sheet.lay(
        sheet.mask(
            ribbon(ellipse(x, y, size, size * 0.44, start=-60, end=262)[::6], [size * 0.06, size * 0.16, size * 0.1])
        ),
        colour,
        opacity=opacity,
    )


def tag(sheet: Sheet, x: float, y: float, degrees: float, *, size: float = 1) -> None:
    """A sewn-in label with the sign."""
    box = turned(soft_box(x - 34 * size, y - 20 * size, x + 34 * size, y + 20 * size, 3), degrees, (x, y))
    drop(sheet, box, dx=2, dy=3, soft=2, opacity=0.3)
    cut(sheet, box, CREAM, size=2, shade=0.2)
    mark(sheet, x, y, 18 * size, OAK)


def cord(sheet: Sheet, line: ArrayLike, *, wide: float = 6, colour: Colour = OAK) -> None:
    """Twine."""
    tube(sheet, line, [wide, wide], colour, shade=0.4, light=0.3)
