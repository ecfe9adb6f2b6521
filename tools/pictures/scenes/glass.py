"""Trays, tumblers and the carafe."""

from __future__ import annotations

from functools import partial

import numpy as np

from pictures import cups, dishes, fruit, glassware, room, wood
from pictures.curves import ellipse, points, smooth
from pictures.light import SHADOW
from pictures.palette import (
    ASH,
    CREAM,
    GREEN_TEA,
    HONEY,
    MILK,
    OAT,
    SAGE,
    TEA,
    WALNUT,
    Colour,
    blend,
    paint,
)
from pictures.scenes import WHOLE, Shot, product
from pictures.sheet import Sheet
from pictures.solids import EDGE, cut, drop
from pictures.wheel import Pot

CLEAR = paint("93A8AA")
SMOKE = paint("6D625C")
CHEESE = paint("E9CE8A")


def tray(sheet: Sheet, tone: str) -> None:
    room.lie(sheet, {"ash": "sage", "walnut": "oat"}[tone])
    wood.tray(sheet, 450, 600, 600, 860, {"ash": ASH, "walnut": WALNUT}[tone])


def cup_from_above(sheet: Sheet, x: float, y: float, radius: float, colour: Colour, drink: Colour) -> None:
    """A mug seen from straight above."""
    rim = ellipse(x, y, radius, radius)
    drop(sheet, rim, dx=radius * 0.3, dy=radius * 0.34, soft=radius * 0.14, opacity=0.5)
    ear = smooth(
        [
            (x + radius * 0.9, y - 18),
            (x + radius * 1.42, y - 16),
            (x + radius * 1.46, y + 14),
            (x + radius * 0.9, y + 18),
        ],
        closed=True,
    )
    drop(sheet, ear, dx=12, dy=16, soft=7)
    cut(sheet, ear, colour, size=5)
    cut(sheet, rim, blend(cups.lip_of(colour), CREAM, 0.2), size=4, shade=0.3)
    inner = ellipse(x, y, radius * 0.89, radius * 0.89)
    wall = sheet.mask(inner)
    sheet.lay(wall, blend(colour, EDGE, 0.12))
    sheet.stain(
        wall.without(sheet.mask(inner + np.array([radius * 0.16, radius * 0.16]), soft=radius * 0.08)),
        SHADOW,
        opacity=0.4,
    )
    tea = sheet.mask(ellipse(x + radius * 0.03, y + radius * 0.03, radius * 0.76, radius * 0.76))
    sheet.lay(tea, drink)
    sheet.glow(
        sheet.mask(
            ellipse(x - radius * 0.26, y - radius * 0.3, radius * 0.3, radius * 0.16, turn=-40), soft=radius * 0.07
        ).within(tea),
        CREAM,
        opacity=0.4,
    )


def tea_on_tray(sheet: Sheet) -> None:
    room.lie(sheet, "clay")
    wood.tray(sheet, 450, 600, 640, 900, WALNUT, degrees=-8)
    cup_from_above(sheet, 350, 420, 132, MILK, TEA)
    cup_from_above(sheet, 560, 610, 120, SAGE, GREEN_TEA)
    dishes.round_plate(sheet, 400, 830, 150, OAT, wall=False)
    fruit.plums(sheet, [(372, 850), (440, 862), (404, 904)], size=34)


def tumbler(x: float, y: float, k: float) -> Pot:
    return Pot(x, y, [(0, 104 * k), (10 * k, 113 * k), (160 * k, 128 * k), (310 * k, 140 * k)], thick=5 * k)


def glass(sheet: Sheet, tint: str) -> None:
    wall, table = {"clear": ("blush", "oat"), "smoke": ("paper", "wood")}[tint]
    room.stand(sheet, wall, table, light=230)
    k = 1.5
    glassware.glass(
        sheet,
        tumbler(440, 970, k),
        {"clear": CLEAR, "smoke": SMOKE}[tint],
        water=210 * k,
        density=0.08 if tint == "clear" else 0.46,
    )


def glasses(sheet: Sheet) -> None:
    room.stand(sheet, "sage", "oat", edge=760, light=80)
    _carafe(sheet, 330, 930, 1.05)
    glassware.glass(sheet, tumbler(610, 960, 0.84), SMOKE, water=170, density=0.46)
    glassware.glass(sheet, tumbler(450, 1080, 0.9), CLEAR, water=170)
    fruit.lemon(sheet, 740, 1090, size=0.66)


def _carafe(sheet: Sheet, x: float, y: float, k: float) -> None:
    profile = points("0,128 14,148 140,160 260,132 340,76 430,64 500,86")
    glassware.glass(sheet, Pot(x, y, [(h * k, r * k) for h, r in profile], thick=5 * k), CLEAR, water=236 * k)


def carafe(sheet: Sheet) -> None:
    room.stand(sheet, "mist", "oat", edge=820, light=260)
    _carafe(sheet, 440, 990, 1.42)


def carafe_with_lemon(sheet: Sheet) -> None:
    room.stand(sheet, "sage", "wood", edge=780, light=120)
    room.disc(sheet, 330, 420, 240, blend(HONEY, CREAM, 0.55))
    _carafe(sheet, 400, 980, 1.16)
    fruit.lemon(sheet, 670, 1000, size=0.86)
    fruit.lemon(sheet, 580, 1090, size=0.8)


def shots() -> list[Shot]:
    """All pictures of this family."""
    return [
        *product(
            "tray",
            {t: partial(tray, tone=t) for t in ("ash", "walnut")},
            together=tea_on_tray,
            close=(2.2, 110, 130),
            front=WHOLE,
            company=WHOLE,
        ),
        *product(
            "glass", {t: partial(glass, tint=t) for t in ("clear", "smoke")}, together=glasses, close=(2.1, 210, 480)
        ),
        *product("carafe", {"clear": carafe}, together=carafe_with_lemon, close=(2.1, 220, 240), front=(1.06, 26, 70)),
    ]
