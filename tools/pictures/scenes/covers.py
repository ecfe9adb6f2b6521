"""The two big pictures: the poster of the show and the cover of the community."""

from __future__ import annotations

from pictures import cups, dishes, food, fruit, honey, pantry, plants, pouring, room, vases, wood
from pictures.curves import points
from pictures.palette import ASH, CLAY, CREAM, DEEP, GREEN_TEA, HONEY, MILK, OAT, SAGE, blend, paint
from pictures.scenes import Shot
from pictures.scenes.shelf import bouquet
from pictures.sheet import Sheet


def poster(sheet: Sheet) -> None:
    """A table for two, upright."""
    room.stand(sheet, "sage", "paper", edge=1060, light=150)
    room.niche(sheet, 470, 330, 330, 1060, paint("D6DBC8"))
    bouquet(sheet, 600, 760, wide=0.8)
    vases.wide_vase(sheet, 600, 1130, MILK, size=0.9)
    wood.leaning_board(sheet, 190, 1110, 270, 540, ASH)
    pouring.teapot(sheet, 330, 1260, CLAY, size=0.98)
    honey.honey_jar(sheet, 750, 1290, HONEY, size=0.74)
    cups.cup(sheet, 250, 1440, MILK, size=0.9)
    cups.mug(sheet, 560, 1430, SAGE, size=0.8)
    fruit.pear(sheet, 770, 1470, size=0.66, lean=6)
    food.sugar(sheet, [(440, 1500), (490, 1525)])


def cover(sheet: Sheet) -> None:
    """The whole shop on one long table."""
    room.stand(sheet, "clay", "oat", edge=560, light=None)
    room.hill(sheet, points("-60,360 250,240 560,330 900,200 1240,330 1660,220"), paint("DFB195"), 560)
    room.disc(sheet, 1180, 210, 130, blend(HONEY, CREAM, 0.5))
    wood.leaning_board(sheet, 190, 620, 210, 420, ASH)
    pouring.jug(sheet, 380, 660, MILK, size=0.86)
    plants.branch(sheet, [(1012, 352), (1004, 220), (940, 96)], leaves=9, length=66)
    vases.wide_vase(sheet, 1010, 670, MILK, size=0.72)
    pantry.tea_tin(sheet, 1290, 660, DEEP, size=0.78)
    pouring.teapot(sheet, 700, 720, CLAY, size=0.86)
    dishes.deep_bowl(sheet, 1440, 770, SAGE, size=0.66)
    cups.mug(sheet, 500, 780, DEEP, size=0.66)
    cups.cup(sheet, 1130, 790, MILK, size=0.66)
    fruit.pear(sheet, 250, 780, size=0.62, lean=-8)
    fruit.lemon(sheet, 880, 800, size=0.56)
    cups.piala(sheet, 120, 790, OAT, size=0.6, tea=GREEN_TEA)


def shots() -> list[Shot]:
    """The poster (9 to 16) and the cover (16 to 9)."""
    return [Shot("show-poster", poster, zoom=1.2, size=(1080, 1920)), Shot("community-cover", cover, size=(1600, 900))]
