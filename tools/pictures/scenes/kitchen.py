"""Boards, spoons, the tray, and clear glass."""

from __future__ import annotations

from functools import partial

import numpy as np

from pictures import dishes, food, fruit, plants, room, wood
from pictures.curves import ellipse, points, smooth
from pictures.light import SHADOW
from pictures.linen import folded, striped
from pictures.palette import (
    ASH,
    CLAY,
    CREAM,
    LINENS,
    MOSS,
    OAK,
    SAGE,
    blend,
    paint,
)
from pictures.scenes import WHOLE, Shot, product
from pictures.sheet import Sheet
from pictures.solids import EDGE, cut

CLEAR = paint("93A8AA")
SMOKE = paint("6D625C")
CHEESE = paint("E9CE8A")


def board(sheet: Sheet, size: str) -> None:
    room.stand(sheet, "sage" if size == "s" else "blush", "paper", edge=830, light=330)
    if size == "l":
        wood.leaning_board(sheet, 440, 970, 460, 860, ASH)
    else:
        wood.leaning_board(sheet, 410, 970, 330, 640, ASH, seed=31)
        fruit.pear(sheet, 690, 1030, size=0.9, lean=6)


def boards(sheet: Sheet) -> None:
    room.stand(sheet, "mist", "wood", edge=830, light=120)
    wood.leaning_board(sheet, 380, 930, 380, 740, ASH)
    wood.leaning_board(sheet, 620, 990, 260, 500, ASH, seed=31)
    food.loaf(sheet, 340, 1090, size=0.86)
    fruit.plums(sheet, [(600, 1110), (672, 1090)], size=44)


def round_board(sheet: Sheet) -> None:
    room.stand(sheet, "paper", "sage", edge=620, light=260)
    wood.round_board(sheet, 450, 880, 380, OAK, tilt=0.36)
    fruit.plums(sheet, [(590, 850), (664, 876)], size=42)


def cheese(sheet: Sheet, x: float, y: float, *, size: float = 1) -> None:
    """A wedge of cheese."""
    k, at = size, np.array([x, y])
    sheet.stain(sheet.mask(ellipse(x + 30 * k, y - 4 * k, 190 * k, 34 * k), soft=9), SHADOW, opacity=0.42)
    front = np.array([(-170, -10), (120, 26), (120, -86), (-170, -118)], dtype=float) * k + at
    top = np.array([(-170, -118), (120, -86), (180, -150)], dtype=float) * k + at
    rind = np.array([(120, 26), (180, -46), (180, -150), (120, -86)], dtype=float) * k + at
    sheet.lay(sheet.mask(rind), blend(CHEESE, EDGE, 0.32))
    mask = cut(sheet, front, CHEESE, size=6 * k, shade=0.2)
    sheet.lay(sheet.mask(top), blend(CHEESE, CREAM, 0.5))
    for dx, dy, r in ((-90, -60, 17), (-10, -30, 12), (50, -54, 20), (-120, -90, 9), (86, -8, 11)):
        hole = sheet.mask(ellipse(x + dx * k, y + dy * k, r * k, r * 0.9 * k)).within(mask)
        sheet.lay(hole, blend(CHEESE, EDGE, 0.3))


def cheese_board(sheet: Sheet) -> None:
    room.stand(sheet, "clay", "oat", edge=700, light=90)
    wood.round_board(sheet, 450, 980, 390, OAK, tilt=0.36)
    fruit.pear(sheet, 300, 880, size=0.8, lean=-6)
    cheese(sheet, 530, 960, size=0.98)
    fruit.plums(sheet, [(300, 1010), (368, 1046)], size=36)


def spoon(sheet: Sheet) -> None:
    room.lie(sheet, "sage")
    wood.spoon(sheet, 260, 900, 980, -56, OAK)


def spoons(sheet: Sheet) -> None:
    room.lie(sheet, "oat")
    folded(
        sheet,
        560,
        520,
        560,
        640,
        10,
        LINENS["sage"],
        pattern=striped(CREAM, [(210, 224), (236, 242)], degrees=10, about=(560, 520)),
    )
    wood.spoon(sheet, 300, 930, 900, -62, OAK)
    plants.leaf(sheet, 640, 1010, 90, -30, MOSS)
    plants.leaf(sheet, 690, 1060, 74, 10, blend(MOSS, SAGE, 0.5))


def butter_knife(sheet: Sheet) -> None:
    room.lie(sheet, "clay")
    wood.butter_knife(sheet, 280, 1010, 900, -66, ASH)


def bread_and_butter(sheet: Sheet) -> None:
    room.lie(sheet, "paper")
    dishes.round_plate(sheet, 430, 560, 340, CLAY, wall=False)
    food.slice_of_bread(sheet, 420, 560, size=1.55, degrees=-12)
    butter = smooth(points("330,560 400,500 510,520 540,590 470,640 370,630"), closed=True)
    cut(sheet, butter, paint("F0DA92"), size=9, shade=0.3, light=0.6)
    wood.butter_knife(sheet, 420, 700, 560, 40, ASH)


def shots() -> list[Shot]:
    """All pictures of this family."""
    return [
        *product(
            "board",
            {s: partial(board, size=s) for s in ("s", "l")},
            together=boards,
            close=(2.1, 270, 90),
            close_of=["l"],
            front=(1.02, 9, 20),
        ),
        *product(
            "round-board", {"oak": round_board}, together=cheese_board, close=(2.1, 60, 640), front=(1.06, 26, 70)
        ),
        *product("spoon", {"oak": spoon}, together=spoons, close=(2.2, 90, 640), front=WHOLE, company=WHOLE),
        *product(
            "butter-knife",
            {"ash": butter_knife},
            together=bread_and_butter,
            close=(2.2, 230, 560),
            front=WHOLE,
            company=WHOLE,
        ),
    ]
