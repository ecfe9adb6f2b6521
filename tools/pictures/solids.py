"""Solid forms: tubes, cut shapes with a lit edge, and the shadows they throw on a flat ground."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from pictures.curves import Line, ellipse, ribbon
from pictures.light import SHADOW
from pictures.palette import CREAM, paint
from pictures.sheet import Fill, Mask, Sheet

EDGE = paint("8A6A60")


def cut(sheet: Sheet, outline: Line, fill: Fill, *, size: float = 8, shade: float = 0.42, light: float = 0.3) -> Mask:
    """A shape with its lower right side in shade and its upper left side in light."""
    mask = sheet.mask(outline)
    sheet.lay(mask, fill)
    step = np.array([size, size * 0.8])
    sheet.stain(mask.without(sheet.mask(outline - step, soft=size * 0.45)), EDGE, opacity=shade)
    sheet.glow(mask.without(sheet.mask(outline + step * 0.7, soft=size * 0.4)), CREAM, opacity=light)
    return mask


def tube(
    sheet: Sheet, points: ArrayLike, widths: ArrayLike, fill: Fill, *, shade: float = 0.46, light: float = 0.34
) -> Mask:
    """A rounded rod along a line: a handle, a stem, a cord."""
    widest = float(np.max(np.asarray(widths)))
    return cut(sheet, ribbon(points, widths), fill, size=max(widest * 0.3, 1.2), shade=shade, light=light)


def drop(
    sheet: Sheet, outline: Line, *, dx: float = 16, dy: float = 20, soft: float = 12, opacity: float = 0.4
) -> None:
    """The shadow of a flat thing lying on, or hanging before, a flat ground."""
    sheet.stain(sheet.mask(outline + np.array([dx, dy]), soft=soft), SHADOW, opacity=opacity)
    sheet.stain(sheet.mask(outline + np.array([dx, dy]) * 0.2, soft=soft * 0.3 + 1), SHADOW, opacity=opacity * 0.6)


def ball(sheet: Sheet, cx: float, cy: float, radius: float, fill: Fill, *, squash: float = 1) -> Mask:
    """A round thing with a soft terminator and a small light."""
    outline = ellipse(cx, cy, radius, radius * squash)
    mask = sheet.mask(outline)
    sheet.lay(mask, fill)
    dark = mask.without(
        sheet.mask(ellipse(cx - radius * 0.3, cy - radius * 0.3, radius, radius * squash), soft=radius * 0.1 + 1)
    )
    sheet.stain(dark, EDGE, opacity=0.42)
    shine = sheet.mask(
        ellipse(cx - radius * 0.38, cy - radius * squash * 0.4, radius * 0.3, radius * 0.22, turn=-30),
        soft=radius * 0.09 + 0.6,
    )
    sheet.glow(shine.within(mask), CREAM, opacity=0.32)
    return mask
