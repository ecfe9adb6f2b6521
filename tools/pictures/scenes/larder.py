"""Tea in tins and pouches, honey in jars."""

from __future__ import annotations

from functools import partial

from pictures import cups, food, fruit, glassware, honey, pantry, plants, pouring, room, wood
from pictures.curves import ellipse
from pictures.palette import (
    BUCKWHEAT,
    CLAY,
    CREAM,
    DEEP,
    GREEN_TEA,
    HONEY,
    MILK,
    MOSS,
    OAK,
    OAT,
    SAGE,
    Colour,
    blend,
    paint,
)
from pictures.scenes import Shot, product
from pictures.scenes.glass import tumbler
from pictures.sheet import Sheet

FIREWEED = paint("967482")
GARDEN = paint("BE9D60")
LEAF = {"black": paint("4B3A2C"), "green": MOSS, "ivan": paint("6A4F4A"), "garden": paint("8A8A55")}


def black(sheet: Sheet, grams: int) -> None:
    room.stand(sheet, "mist", "paper", light=250)
    tall = {60: 270, 120: 400}[grams]
    pantry.tea_tin(sheet, 400, 970, DEEP, size=1.45, tall=tall)
    food.tea_leaves(sheet, 740, 1010, wide=86, colour=LEAF["black"])


def black_brewed(sheet: Sheet) -> None:
    room.stand(sheet, "honey", "wood", edge=770, light=100)
    pantry.tea_tin(sheet, 290, 910, DEEP, size=1.0, tall=380)
    cups.cup(sheet, 540, 1040, MILK, size=1.12)
    food.tea_leaves(sheet, 210, 1080, wide=84, colour=LEAF["black"])


def green(sheet: Sheet, pack: str) -> None:
    if pack == "tin":
        room.stand(sheet, "blush", "oat", light=120)
        pantry.tea_tin(sheet, 410, 970, SAGE, size=1.45, tall=300, leaves=MOSS)
        food.tea_leaves(sheet, 745, 1020, wide=84, colour=LEAF["green"])
    else:
        room.stand(sheet, "sage", "paper", light=300)
        pantry.pouch(sheet, 440, 975, OAT, MOSS, size=1.34)


def green_brewed(sheet: Sheet) -> None:
    room.stand(sheet, "paper", "sage", edge=770, light=240)
    pantry.pouch(sheet, 270, 920, OAT, MOSS, size=0.86)
    pouring.teapot(sheet, 610, 960, MILK, size=0.86)
    cups.piala(sheet, 380, 1080, SAGE, size=0.9, tea=GREEN_TEA)


def tin(sheet: Sheet, colour: Colour, wall: str, table: str, leaf: str, light: float) -> None:
    room.stand(sheet, wall, table, light=light)
    pantry.tea_tin(sheet, 410, 970, colour, size=1.45, tall=320)
    food.tea_leaves(sheet, 745, 1020, wide=84, colour=LEAF[leaf])


def ivan_brewed(sheet: Sheet) -> None:
    room.stand(sheet, "sage", "wood", edge=770, light=60)
    plants.berries(sheet, [(636, 870), (660, 620), (700, 460), (760, 320)], count=18, colour=FIREWEED, size=12)
    glassware.glass(sheet, tumbler(650, 900, 0.8), paint("8FA3A6"), water=120)
    pantry.tea_tin(sheet, 300, 930, FIREWEED, size=1.02)
    cups.mug(sheet, 500, 1080, OAT, size=0.86)


def garden_brewed(sheet: Sheet) -> None:
    room.stand(sheet, "clay", "paper", edge=770, light=320)
    plants.branch(sheet, [(560, 1090), (680, 1050), (800, 1070)], leaves=9, length=60, colour=SAGE)
    pantry.tea_tin(sheet, 330, 930, GARDEN, size=1.02)
    cups.cup(sheet, 560, 1010, CLAY, size=0.9)
    fruit.lemon_round(sheet, 300, 1080, 58, squash=0.42)


def jar(sheet: Sheet, grams: int, kind: str) -> None:
    wall, table = {"linden": ("mist", "wood"), "buckwheat": ("honey", "paper")}[kind]
    room.stand(sheet, wall, table, light=150)
    colour = {"linden": HONEY, "buckwheat": BUCKWHEAT}[kind]
    honey.honey_jar(sheet, 430, 980, colour, size={250: 1.42, 500: 1.66}[grams], tall={250: 240, 500: 330}[grams])


def honey_spooned(sheet: Sheet) -> None:
    room.stand(sheet, "oat", "clay", edge=760, light=280)
    honey.honey_jar(sheet, 340, 950, HONEY, size=1.1, tall=300)
    food.slice_of_bread(sheet, 640, 1010, size=1.0, degrees=12)
    sheet.lay(sheet.mask(ellipse(632, 1004, 66, 46, turn=18)), blend(HONEY, CREAM, 0.12), opacity=0.85)
    wood.spoon(sheet, 350, 1110, 400, -6, OAK)


def buckwheat_spooned(sheet: Sheet) -> None:
    room.stand(sheet, "sage", "wood", edge=770, light=90)
    honey.honey_jar(sheet, 280, 900, HONEY, size=0.86)
    honey.honey_jar(sheet, 560, 970, BUCKWHEAT, size=1.16)
    wood.spoon(sheet, 240, 1090, 420, -4, OAK)


def shots() -> list[Shot]:
    """All pictures of this family."""
    ivan = partial(tin, colour=FIREWEED, wall="oat", table="wood", leaf="ivan", light=200)
    garden = partial(tin, colour=GARDEN, wall="sage", table="paper", leaf="garden", light=60)
    near = (2.1, 200, 530)
    linden = {str(g): partial(jar, grams=g, kind="linden") for g in (250, 500)}
    return [
        *product(
            "black-tea",
            {str(g): partial(black, grams=g) for g in (60, 120)},
            together=black_brewed,
            close=near,
            close_of=["60"],
            front=(1.08, 33, 84),
        ),
        *product(
            "green-tea",
            {p: partial(green, pack=p) for p in ("tin", "pouch")},
            together=green_brewed,
            close=(2.1, 200, 480),
            front=(1.08, 33, 84),
        ),
        *product("ivan-tea", {"50": ivan}, together=ivan_brewed, close=near),
        *product("garden-tea", {"50": garden}, together=garden_brewed, close=near),
        *product("linden-honey", linden, together=honey_spooned, close=(2.1, 190, 570), close_of=["250"]),
        *product(
            "buckwheat-honey",
            {"250": partial(jar, grams=250, kind="buckwheat")},
            together=buckwheat_spooned,
            close=(2.1, 190, 570),
        ),
    ]
