"""What grows and what is eaten: branches, leaves, fruit, bread, small food beside the wares."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from pictures.curves import ellipse, smooth, turned
from pictures.palette import CREAM, MOSS, PLUM, SAGE, Colour, blend, paint
from pictures.sheet import Sheet
from pictures.solids import EDGE, ball, cut, tube

BARK = paint("7B5C48")
DRY_LEAF = paint("4B3A2C")


def leaf(
    sheet: Sheet, x: float, y: float, length: float, degrees: float, colour: Colour, *, plump: float = 0.36
) -> None:
    """A leaf that starts at (x, y) and points `degrees` clockwise from right, one half in shade."""
    w = length * plump / 2
    upper = smooth([(0, 0), (length * 0.35, -w), (length * 0.75, -w * 0.62), (length, 0)])
    lower = smooth([(length, 0), (length * 0.72, w * 0.7), (length * 0.32, w), (0, 0)])
    about = np.array([x, y])
    sheet.lay(sheet.mask(turned(np.vstack([upper, lower]) + about, degrees, (x, y))), colour)
    half = np.vstack([lower, [(length * 0.5, -w * 0.06)]])
    sheet.stain(sheet.mask(turned(half + about, degrees, (x, y))), EDGE, opacity=0.3)


def branch(
    sheet: Sheet,
    line: ArrayLike,
    *,
    leaves: int = 9,
    length: float = 74,
    colour: Colour = MOSS,
    bark: Colour = BARK,
    plump: float = 0.36,
    spread: float = 52,
) -> None:
    """A twig along a line with leaves left and right, smaller toward the tip."""
    path = smooth(line)
    tube(sheet, line, [9, 6, 3], bark, shade=0.3, light=0.2)
    for number, along in enumerate(np.linspace(0.28, 1, leaves)):
        index = min(int(along * (len(path) - 1)), len(path) - 2)
        run = path[index + 1] - path[index]
        heading = float(np.degrees(np.arctan2(run[1], run[0])))
        side = 0.0 if number == leaves - 1 else spread * (1 if number % 2 else -1)
        tone = blend(colour, CREAM if number % 3 else EDGE, 0.12)
        leaf(
            sheet,
            float(path[index][0]),
            float(path[index][1]),
            length * (1.1 - 0.45 * along),
            heading + side,
            tone,
            plump=plump,
        )


def eucalyptus(sheet: Sheet, line: ArrayLike, *, pairs: int = 7, size: float = 30, colour: Colour = SAGE) -> None:
    """Round leaves in pairs along a stem."""
    path = smooth(line)
    tube(sheet, line, [6, 5, 2.5], blend(colour, BARK, 0.6), shade=0.2, light=0.2)
    for number, along in enumerate(np.linspace(0.25, 0.98, pairs)):
        index = min(int(along * (len(path) - 1)), len(path) - 2)
        run = path[index + 1] - path[index]
        side = np.array([-run[1], run[0]]) / max(np.hypot(*run), 1e-6)
        radius = size * (1.15 - 0.5 * along)
        for hand in (-1, 1):
            cx, cy = path[index] + side * hand * radius * 0.92
            turn = float(np.degrees(np.arctan2(side[1] * hand, side[0] * hand)))
            cut(
                sheet,
                ellipse(cx, cy, radius, radius * 0.74, turn=turn),
                blend(colour, CREAM if (number + hand) % 3 else MOSS, 0.2),
                size=radius * 0.16,
                shade=0.3,
            )


def berries(
    sheet: Sheet, line: ArrayLike, *, count: int = 12, colour: Colour = PLUM, size: float = 11, seed: int = 1
) -> None:
    """A dry twig with small round fruit."""
    path = smooth(line)
    dice = np.random.default_rng(seed)
    tube(sheet, line, [6, 4, 2], BARK, shade=0.2, light=0.2)
    for along in np.linspace(0.35, 1, count):
        x, y = path[min(int(along * (len(path) - 1)), len(path) - 1)]
        dx, dy = dice.uniform(-30, 30), dice.uniform(-34, 8)
        tube(sheet, [(x, y), (x + dx * 0.6, y + dy * 0.4), (x + dx, y + dy)], [2.5, 2, 2], BARK, shade=0.1, light=0.1)
        ball(sheet, x + dx, y + dy, size * dice.uniform(0.8, 1.15), blend(colour, CREAM, dice.uniform(0, 0.14)))
