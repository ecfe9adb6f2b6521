"""Plates, the platter and the butter dish."""

from __future__ import annotations

from functools import partial

from pictures import dishes, food, fruit, jars, plants, room, vases
from pictures.curves import ellipse
from pictures.drapery import napkin
from pictures.palette import (
    ASH,
    DEEP,
    GLAZES,
    LINENS,
    MILK,
    OAT,
    SAGE,
    paint,
)
from pictures.scenes import Shot, coloured, product
from pictures.sheet import Sheet
from pictures.solids import EDGE, cut
from pictures.wood import butter_knife

PUMPKIN = paint("D4924F")
BROTH = paint("B9A05A")
OATMEAL = paint("E6D9BC")
BUTTER = paint("F0D88C")


def plate(sheet: Sheet, size: int, colour: str) -> None:
    wall, table = {"milk": ("mist", "wood"), "sage": ("paper", "oat")}[colour]
    room.stand(sheet, wall, table, edge=820, light=330)
    radius = {21: 262, 27: 330}[size]
    sheet.stain(sheet.mask(ellipse(450, 988, radius * 0.5, 13), soft=9), EDGE, opacity=0.5)
    if size == 27:
        dishes.round_plate(sheet, 440, 660, 330, GLAZES[colour])
    else:
        dishes.round_plate(sheet, 400, 720, 262, GLAZES[colour])
        fruit.plums(sheet, [(690, 1000), (770, 1040)] if colour == "milk" else [(720, 1030)], size=50)


def table_laid(sheet: Sheet) -> None:
    room.lie(sheet, "oat")
    napkin(sheet, 690, 330, 330, 14, LINENS["ink"])
    dishes.round_plate(sheet, 430, 590, 350, SAGE, wall=False)
    dishes.round_plate(sheet, 430, 590, 262, MILK, wall=False)
    food.slice_of_bread(sheet, 420, 590, size=0.95, degrees=-18)
    butter_knife(sheet, 600, 1100, 400, -62, ASH)


def platter(sheet: Sheet, colour: str) -> None:
    room.stand(sheet, *{"oat": ("sage", "wood"), "clay": ("mist", "paper")}[colour], light=100)
    dishes.platter(sheet, 450, 960, GLAZES[colour], size=1.2)
    fruit.pear(sheet, 330, 935, size=0.86, lean=-6)
    fruit.pear(sheet, 500, 945, paint("C9B45E"), size=0.8, lean=9)


def platter_of_fish(sheet: Sheet) -> None:
    room.stand(sheet, "blush", "oat", edge=690, light=300)
    plants.branch(sheet, [(640, 560), (680, 400), (760, 260)], leaves=9, length=92)
    vases.bud_vase(sheet, 640, 800, DEEP, size=0.86)
    dishes.platter(sheet, 420, 1020, OAT, size=1.12)
    fruit.lemon(sheet, 280, 985, size=0.74)
    fruit.lemon(sheet, 470, 1000, size=0.8)
    fruit.lemon_round(sheet, 610, 992, 56, squash=0.42)


def butter_dish(sheet: Sheet) -> None:
    room.stand(sheet, "blush", "oat", light=180)
    jars.butter_dish(sheet, 450, 960, MILK, size=1.4)


def breakfast(sheet: Sheet) -> None:
    room.stand(sheet, "mist", "wood", edge=730, light=60)
    food.loaf(sheet, 600, 850, size=0.9)
    jars.butter_dish(sheet, 340, 1000, MILK, size=0.96)
    food.slice_of_bread(sheet, 690, 1070, size=0.86, degrees=12)
    cut(sheet, ellipse(688, 1066, 48, 34, turn=20), BUTTER, size=7)


def shots() -> list[Shot]:
    """All pictures of this family."""
    plates = {
        f"{size}-{colour}": partial(plate, size=size, colour=colour) for size in (21, 27) for colour in ("milk", "sage")
    }
    return [
        *product(
            "plate",
            plates,
            together=table_laid,
            close=(2.3, 90, 330),
            close_of=["27-milk", "27-sage"],
            front=(1.05, 20, 90),
            company=(1, 0, 0),
        ),
        *product(
            "platter",
            coloured(platter, "oat", "clay"),
            together=platter_of_fish,
            close=(2.1, 60, 620),
            front=(1.03, 13, 60),
        ),
        *product("butter-dish", {"milk": butter_dish}, together=breakfast, close=(2.2, 70, 570), front=(1.08, 33, 90)),
    ]
