"""Bowls, plates, the platter, the butter dish, the jar and the salt."""

from __future__ import annotations

import numpy as np

from pictures import dishes, food, jars, plants, room
from pictures.linen import mark
from pictures.palette import (
    ASH,
    CREAM,
    CRUST,
    DEEP,
    GLAZES,
    HONEY,
    MILK,
    MOSS,
    OAK,
    OAT,
    SAGE,
    blend,
    paint,
)
from pictures.scenes import Shot, coloured, product
from pictures.sheet import Sheet
from pictures.solids import EDGE, ball
from pictures.wood import leaning_board, spoon

PUMPKIN = paint("D4924F")
BROTH = paint("B9A05A")
OATMEAL = paint("E6D9BC")
BUTTER = paint("F0D88C")


def deep_bowl(sheet: Sheet, colour: str) -> None:
    wall, table = {"milk": ("clay", "paper"), "clay": ("paper", "sage"), "sage": ("blush", "oat")}[colour]
    room.stand(sheet, wall, table, light={"milk": 120, "clay": 260, "sage": 40}[colour])
    dishes.deep_bowl(
        sheet, 445, 985, GLAZES[colour], size=1.5, food={"milk": PUMPKIN, "clay": OATMEAL, "sage": BROTH}[colour]
    )
    if colour != "clay":
        green(sheet, 445, 985 - 200, 120)


def green(sheet: Sheet, x: float, y: float, wide: float, *, count: int = 9) -> None:
    """Chopped herbs floating on a soup."""
    dice = np.random.default_rng(int(wide))
    for _ in range(count):
        length = dice.uniform(15, 30)
        plants.leaf(
            sheet,
            x + dice.uniform(-wide, wide),
            y + dice.uniform(-24, 24),
            length,
            dice.uniform(0, 360),
            blend(MOSS, CREAM, dice.uniform(0, 0.2)),
            plump=0.5,
        )


def soup(sheet: Sheet) -> None:
    room.stand(sheet, "sage", "wood", edge=700, light=140)
    food.loaf(sheet, 610, 840, size=0.86)
    dishes.deep_bowl(sheet, 270, 930, SAGE, size=0.94, food=BROTH)
    dishes.deep_bowl(sheet, 500, 1090, MILK, size=1.1, food=PUMPKIN)
    green(sheet, 500, 942, 90)


def small_bowl(sheet: Sheet, colour: str) -> None:
    room.stand(sheet, *{"milk": ("mist", "oat"), "ink": ("oat", "clay")}[colour], light=200)
    dishes.small_bowl(sheet, 440, 960, GLAZES[colour], size=1.75, food=OATMEAL)
    berries_in(sheet, 440, 960 - 140 * 1.75 + 62, 100)


def berries_in(sheet: Sheet, x: float, y: float, wide: float, *, size: float = 19) -> None:
    """A handful of bilberries on porridge."""
    for dx, dy in ((-0.5, 0.1), (-0.16, -0.12), (0.16, 0.16), (0.46, -0.06), (-0.2, 0.3), (0.04, -0.3)):
        ball(sheet, x + dx * wide, y + dy * wide * 0.7, size, blend(DEEP, paint("6B4A5E"), 0.4))


def porridge(sheet: Sheet) -> None:
    room.stand(sheet, "honey", "paper", edge=720, light=None)
    room.disc(sheet, 300, 430, 250, blend(HONEY, CREAM, 0.55))
    dishes.small_bowl(sheet, 600, 880, DEEP, size=1.1, food=OATMEAL)
    dishes.small_bowl(sheet, 330, 1060, MILK, size=1.26, food=OATMEAL)
    berries_in(sheet, 330, 1060 - 140 * 1.26 + 46, 76, size=15)
    spoon(sheet, 560, 1120, 380, -14, OAK)


def sugar_jar(sheet: Sheet) -> None:
    room.stand(sheet, "sage", "wood", light=230)
    jars.lidded_jar(sheet, 430, 970, OAT, size=1.7)
    mark(sheet, 425, 800, 66, blend(OAT, EDGE, 0.55), opacity=0.8)


def sugar_and_tea(sheet: Sheet) -> None:
    room.stand(sheet, "clay", "paper", edge=760, light=None)
    room.niche(sheet, 520, 260, 270, 760, paint("E2BCA2"))
    jars.lidded_jar(sheet, 540, 940, OAT, size=1.22)
    food.sugar(sheet, [(270, 1050), (330, 1085), (215, 1095)], size=44)
    spoon(sheet, 470, 1130, 340, -10, CRUST)


def salt_cellar(sheet: Sheet, colour: str) -> None:
    room.stand(sheet, *{"milk": ("clay", "paper"), "ink": ("honey", "oat")}[colour], light=90)
    jars.salt_cellar(sheet, 420, 970, GLAZES[colour], size=1.8)


def bread_and_salt(sheet: Sheet) -> None:
    room.stand(sheet, "oat", "sage", edge=760, light=240)
    leaning_board(sheet, 590, 850, 300, 600, ASH)
    food.slice_of_bread(sheet, 640, 1070, size=0.95, degrees=-10)
    jars.salt_cellar(sheet, 310, 1060, MILK, size=1.2)
    jars.salt_cellar(sheet, 480, 930, DEEP, size=0.9)


def shots() -> list[Shot]:
    """All pictures of this family."""
    return [
        *product(
            "deep-bowl",
            coloured(deep_bowl, "milk", "clay", "sage"),
            together=soup,
            close=(2.0, 60, 620),
        ),
        *product(
            "small-bowl",
            coloured(small_bowl, "milk", "ink"),
            together=porridge,
            close=(2.0, 100, 580),
        ),
        *product("sugar-jar", {"oat": sugar_jar}, together=sugar_and_tea, close=(2.1, 150, 500)),
        *product(
            "salt-cellar",
            coloured(salt_cellar, "milk", "ink"),
            together=bread_and_salt,
            close=(2.1, 190, 560),
        ),
    ]
