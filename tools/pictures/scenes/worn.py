"""The apron, the pot holder, the bread bag and the tote."""

from __future__ import annotations

from pictures import bags, cups, drapery, food, plants, pouring, room, worn
from pictures.palette import ASH, CREAM, LINENS, MILK, SAGE
from pictures.scenes import WHOLE, Shot, coloured, product
from pictures.sheet import Sheet
from pictures.wood import leaning_board

LINES = {"oat": LINENS["clay"], "clay": CREAM, "sage": CREAM, "ink": CREAM}
ON = {"oat": "clay", "clay": "oat", "sage": "paper", "ink": "oat"}


def apron(sheet: Sheet, colour: str) -> None:
    room.stand(
        sheet,
        {"oat": "sage", "ink": "paper", "sage": "blush"}[colour],
        "oat",
        edge=1130,
        light={"oat": 30, "ink": 320, "sage": 200}[colour],
    )
    worn.apron(sheet, 450, 120, LINENS[colour])


def apron_at_work(sheet: Sheet) -> None:
    room.stand(sheet, "honey", "wood", edge=1010, light=None)
    worn.apron(sheet, 330, 30, LINENS["oat"])
    leaning_board(sheet, 730, 1080, 230, 470, ASH)
    cups.mug(sheet, 590, 1130, SAGE, size=0.6)


def pot_holder(sheet: Sheet, colour: str) -> None:
    room.stand(sheet, {"clay": "mist", "ink": "honey"}[colour], "paper", edge=1100, light=120)
    worn.pot_holder(sheet, 450, 640, 430, LINENS[colour])
    drapery.peg(sheet, 450, 292)


def pot_holder_used(sheet: Sheet) -> None:
    room.stand(sheet, "sage", "wood", edge=850, light=320)
    worn.pot_holder(sheet, 300, 440, 300, LINENS["clay"])
    drapery.peg(sheet, 300, 184)
    pouring.teapot(sheet, 540, 1030, MILK, size=1.06)


def bread_bag(sheet: Sheet) -> None:
    room.stand(sheet, "oat", "wood", light=260)
    bags.bread_bag(sheet, 430, 1010, LINENS["oat"], stripe=LINENS["ink"])


def bread_bag_full(sheet: Sheet) -> None:
    room.stand(sheet, "mist", "paper", edge=740, light=60)
    bags.bread_bag(sheet, 560, 980, LINENS["oat"], stripe=LINENS["ink"])
    food.loaf(sheet, 290, 1090, size=0.86)


def tote(sheet: Sheet, colour: str) -> None:
    room.stand(sheet, {"oat": "sage", "ink": "blush"}[colour], "oat", edge=1110, light=250)
    bags.tote(sheet, 450, 150, LINENS[colour])


def tote_full(sheet: Sheet) -> None:
    room.stand(sheet, "clay", "paper", edge=1060, light=90)
    plants.branch(sheet, [(600, 560), (640, 380), (720, 260)], leaves=10, length=100)
    plants.branch(sheet, [(540, 560), (560, 400), (600, 300)], leaves=8, length=90, colour=SAGE)
    bags.tote(sheet, 450, 150, LINENS["ink"])


def shots() -> list[Shot]:
    """All pictures of this family."""
    wall = (1.02, 9.0, 20.0)
    return [
        *product(
            "apron",
            coloured(apron, "oat", "ink", "sage"),
            together=apron_at_work,
            close=(2.0, 230, 240),
            front=wall,
            company=WHOLE,
        ),
        *product(
            "pot-holder",
            coloured(pot_holder, "clay", "ink"),
            together=pot_holder_used,
            close=(2.2, 250, 260),
            front=(1.1, 41, 90),
        ),
        *product("bread-bag", {"oat": bread_bag}, together=bread_bag_full, close=(2.1, 220, 420)),
        *product(
            "tote",
            coloured(tote, "oat", "ink"),
            together=tote_full,
            close=(2.1, 160, 360),
            front=wall,
            company=wall,
        ),
    ]
