"""Where the things stand: a wall, a table, a patch of window light, a cloth, a niche."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from pictures.curves import ellipse, smooth
from pictures.grain import noise, step
from pictures.palette import CREAM, Colour, blend, paint
from pictures.sheet import Sheet

WALLS = {
    "oat": paint("EBDFCB"),
    "paper": paint("F3ECE0"),
    "sage": paint("C3CBB4"),
    "blush": paint("E6C9B6"),
    "mist": paint("BFC9CF"),
    "honey": paint("EED9A8"),
    "clay": paint("D2A48B"),
    "dusk": paint("5B6777"),
}
TABLES = {
    "paper": paint("F7F1E6"),
    "oat": paint("DFCDAE"),
    "wood": paint("D5B48A"),
    "clay": paint("BF8D72"),
    "sage": paint("A4AE93"),
    "ink": paint("4A586B"),
}


def stand(sheet: Sheet, wall: str, table: str, *, edge: float = 800, light: float | None = 250) -> None:
    """A wall above, a table below the edge, and window light falling across the wall."""
    shade = WALLS[wall]
    sheet.lay(sheet.everywhere(), shade)
    x, y = sheet.places(sheet.everywhere())
    far = step(x + y * 0.35, 100, 1500)
    sheet.stain(sheet.everywhere().times(far), paint("C9AE9C"), opacity=0.34)
    if light is not None:
        _window(sheet, light, edge)
    top = sheet.mask(np.array([(-2000, edge), (4000, edge), (4000, 4000), (-2000, 4000)], dtype=float))
    sheet.lay(top, TABLES[table])
    x, y = sheet.places(top)
    near = step(x * 0.5 + (y - edge), 100, 1300)
    sheet.stain(top.times(near), paint("C3A48F"), opacity=0.3)
    line = sheet.mask(
        np.array([(-2000, edge - 2), (4000, edge - 2), (4000, edge + 7), (-2000, edge + 7)], dtype=float), soft=3
    )
    sheet.stain(line, paint("A98E80"), opacity=0.3)
    brush = np.clip(noise(x, y, size=(420, 9), seed=33), 0, 2) * 0.5
    sheet.glow(top.times(brush), CREAM, opacity=0.07)


def _window(sheet: Sheet, x: float, edge: float) -> None:
    """Two panes of light, leaning to the right, that stop at the table."""
    wall = sheet.mask(np.array([(-2000, -3000), (4000, -3000), (4000, edge), (-2000, edge)], dtype=float))
    for left in (x, x + 205):
        pane = np.array([(left, -60), (left + 180, -60), (left + 520, edge + 10), (left + 340, edge + 10)], dtype=float)
        sheet.glow(sheet.mask(pane, soft=7).within(wall), CREAM, opacity=0.36)


def lie(sheet: Sheet, table: str, *, light: bool = True) -> None:
    """A table seen from straight above."""
    sheet.lay(sheet.everywhere(), TABLES[table])
    x, y = sheet.places(sheet.everywhere())
    sheet.stain(sheet.everywhere().times(step(x * 0.7 + y, 200, 2100)), paint("BFA08C"), opacity=0.36)
    brush = np.clip(noise(x, y, size=(420, 11), seed=34), 0, 2) * 0.5
    sheet.glow(sheet.everywhere().times(brush), CREAM, opacity=0.06)
    if light:
        for shift in (-250, 130):
            pane = np.array(
                [(-300, shift + 560), (1300, shift - 240), (1300, shift + 60), (-300, shift + 860)], dtype=float
            )
            sheet.glow(sheet.mask(pane, soft=16), CREAM, opacity=0.13)


def disc(sheet: Sheet, cx: float, cy: float, radius: float, colour: Colour) -> None:
    """A painted circle on the wall behind the thing."""
    sheet.lay(sheet.mask(ellipse(cx, cy, radius, radius)), colour, opacity=0.85)


def niche(sheet: Sheet, cx: float, top: float, half: float, edge: float, colour: Colour) -> None:
    """An arched recess in the wall, its left cheek in shade."""
    arch = np.vstack([ellipse(cx, top + half, half, half, start=180, end=360), [(cx + half, edge), (cx - half, edge)]])
    mask = sheet.mask(arch)
    sheet.lay(mask, colour)
    inner = sheet.mask(arch + np.array([26, 16]), soft=6)
    sheet.stain(mask.without(inner), paint("9C8074"), opacity=0.36)
    x, y = sheet.places(mask)
    sheet.glow(mask.times(step(x - y * 0.2, cx - half, cx + half * 1.2)), CREAM, opacity=0.14)


def hill(sheet: Sheet, ridge: ArrayLike, colour: Colour, edge: float) -> None:
    """A painted soft shape rising from the table edge."""
    line = smooth(ridge)
    shape = np.vstack([line, [(line[-1, 0], edge), (line[0, 0], edge)]])
    sheet.lay(sheet.mask(shape), blend(colour, CREAM, 0.08), opacity=0.9)
