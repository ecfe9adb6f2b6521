"""Mugs, cups, pialas, teapots and jugs."""

from __future__ import annotations

from pictures import cups, food, fruit, plants, pouring, room
from pictures.palette import ASH, CLAY, CREAM, DEEP, GLAZES, GREEN_TEA, MILK, MOSS, OAT, SAGE, blend, paint
from pictures.scenes import Shot, coloured, product
from pictures.sheet import Sheet
from pictures.wood import round_board

BACKDROPS = {
    "milk": ("sage", "paper"),
    "clay": ("mist", "paper"),
    "sage": ("blush", "oat"),
    "ink": ("oat", "clay"),
    "oat": ("clay", "paper"),
}


def mug(sheet: Sheet, colour: str) -> None:
    room.stand(sheet, *BACKDROPS[colour], light=180)
    cups.mug(sheet, 404, 970, GLAZES[colour], size=1.62)


def mugs(sheet: Sheet) -> None:
    room.stand(sheet, "oat", "wood", edge=760, light=None)
    room.disc(sheet, 610, 420, 260, blend(CLAY, CREAM, 0.35))
    cups.mug(sheet, 300, 850, DEEP, size=0.98, right=False, tea=None)
    cups.mug(sheet, 560, 830, SAGE, size=0.98, tea=None)
    cups.mug(sheet, 280, 1046, CLAY, size=1.02, right=False)
    cups.mug(sheet, 612, 1078, MILK, size=1.06)


def tall_mug(sheet: Sheet, colour: str) -> None:
    room.stand(sheet, *{"oat": ("clay", "paper"), "ink": ("honey", "oat")}[colour], light=60)
    cups.tall_mug(sheet, 390, 970, GLAZES[colour], size=1.4)


def tall_mugs(sheet: Sheet) -> None:
    room.stand(sheet, "dusk", "oat", edge=790, light=320)
    cups.tall_mug(sheet, 500, 880, OAT, size=1.05)
    cups.tall_mug(sheet, 270, 1060, DEEP, size=1.05)
    food.slice_of_bread(sheet, 700, 1080, size=0.9, degrees=14)


def cup(sheet: Sheet, colour: str) -> None:
    room.stand(sheet, *{"milk": ("blush", "oat"), "clay": ("mist", "paper")}[colour], light=250)
    cups.cup(sheet, 430, 975, GLAZES[colour], size=1.75)


def cups_for_two(sheet: Sheet) -> None:
    room.stand(sheet, "sage", "paper", edge=720, light=120)
    pouring.teapot(sheet, 545, 840, MILK, size=0.94)
    cups.cup(sheet, 270, 960, CLAY, size=0.92)
    cups.cup(sheet, 620, 1080, MILK, size=1.0)
    food.sugar(sheet, [(310, 1105), (360, 1130)])


def piala(sheet: Sheet, colour: str) -> None:
    room.stand(sheet, *BACKDROPS[colour], light=90)
    cups.piala(sheet, 450, 975, GLAZES[colour], size=1.85, tea=GREEN_TEA)


def pialas(sheet: Sheet) -> None:
    room.stand(sheet, "clay", "oat", edge=740, light=200)
    room.hill(sheet, [(-60, 520), (160, 470), (420, 600), (640, 560), (980, 420)], paint("D9A98C"), 740)
    cups.piala(sheet, 300, 900, DEEP, size=1.1, tea=GREEN_TEA)
    cups.piala(sheet, 640, 930, SAGE, size=1.1, tea=GREEN_TEA)
    cups.piala(sheet, 400, 1090, MILK, size=1.16, tea=GREEN_TEA)
    food.tea_leaves(sheet, 745, 1100, wide=80, colour=MOSS)


def teapot(sheet: Sheet, colour: str) -> None:
    wall, table = {"milk": ("honey", "wood"), "clay": ("sage", "paper"), "ink": ("blush", "oat")}[colour]
    room.stand(sheet, wall, table, light={"milk": 260, "clay": None, "ink": 40}[colour])
    if colour == "clay":
        room.niche(sheet, 480, 250, 300, 800, blend(SAGE, CREAM, 0.5))
    pouring.teapot(sheet, 500, 975, GLAZES[colour], size=1.36)


def teapot_poured(sheet: Sheet) -> None:
    room.stand(sheet, "oat", "clay", edge=770, light=230)
    round_board(sheet, 470, 1010, 380, ASH, tilt=0.28)
    pouring.teapot(sheet, 510, 930, CLAY, size=0.98)
    cups.piala(sheet, 270, 1040, MILK, size=0.82)
    fruit.lemon(sheet, 655, 1030, size=0.56)


def jug(sheet: Sheet, colour: str) -> None:
    room.stand(sheet, *{"milk": ("clay", "paper"), "sage": ("paper", "oat")}[colour], light=300)
    pouring.jug(sheet, 430, 985, GLAZES[colour], size=1.6, milk=MILK if colour == "milk" else None)


def jug_with_branch(sheet: Sheet) -> None:
    room.stand(sheet, "mist", "wood", edge=820, light=80)
    plants.branch(sheet, [(470, 520), (520, 380), (640, 240), (700, 110)], leaves=13, length=104)
    plants.branch(sheet, [(430, 520), (390, 360), (300, 250), (250, 120)], leaves=11, length=96, colour=SAGE)
    pouring.jug(sheet, 450, 1000, SAGE, size=1.24)
    fruit.pear(sheet, 215, 1060, size=0.72, lean=-8)


def creamer(sheet: Sheet, colour: str) -> None:
    room.stand(sheet, *{"milk": ("mist", "oat"), "clay": ("honey", "paper")}[colour], light=150)
    pouring.creamer(sheet, 420, 960, GLAZES[colour], size=1.6)


def creamers(sheet: Sheet) -> None:
    room.stand(sheet, "blush", "paper", edge=800, light=None)
    room.disc(sheet, 300, 470, 240, blend(SAGE, CREAM, 0.3))
    cups.tall_mug(sheet, 560, 920, OAT, size=0.92)
    pouring.creamer(sheet, 300, 1020, MILK, size=0.95)
    pouring.creamer(sheet, 640, 1090, CLAY, size=0.8)


def shots() -> list[Shot]:
    """All pictures of this family."""
    return [
        *product(
            "mug",
            coloured(mug, "milk", "clay", "sage", "ink"),
            together=mugs,
            close=(2.1, 130, 470),
            company=(1.02, 0, 24),
        ),
        *product(
            "tall-mug",
            coloured(tall_mug, "oat", "ink"),
            together=tall_mugs,
            close=(2.1, 110, 480),
        ),
        *product("cup", coloured(cup, "milk", "clay"), together=cups_for_two, close=(2.0, 340, 600)),
        *product(
            "piala",
            coloured(piala, "milk", "sage", "ink"),
            together=pialas,
            close=(2.0, 120, 590),
        ),
        *product(
            "teapot",
            coloured(teapot, "milk", "clay", "ink"),
            together=teapot_poured,
            close=(2.2, 70, 510),
            front=(1.05, 21, 70),
        ),
        *product(
            "jug",
            coloured(jug, "milk", "sage"),
            together=jug_with_branch,
            close=(2.0, 150, 290),
            company=(1, 0, 0),
        ),
        *product(
            "creamer",
            coloured(creamer, "milk", "clay"),
            together=creamers,
            close=(2.0, 170, 510),
        ),
    ]
