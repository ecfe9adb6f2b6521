"""Towels, napkins, the cloth and the runner, the apron, the holder and the bags."""

from __future__ import annotations

from functools import partial

from pictures import dishes, drapery, linen, room
from pictures.palette import CREAM, LINENS, MILK, OAK
from pictures.scenes import WHOLE, Shot, coloured, product
from pictures.sheet import Sheet
from pictures.wood import spoon

LINES = {"oat": LINENS["clay"], "clay": CREAM, "sage": CREAM, "ink": CREAM}
ON = {"oat": "clay", "clay": "oat", "sage": "paper", "ink": "oat"}


def towel(sheet: Sheet, colour: str) -> None:
    room.lie(sheet, ON[colour])
    stripes = linen.striped(LINES[colour], [(196, 214), (228, 235), (249, 267)], degrees=-8, about=(450, 600))
    linen.folded(sheet, 450, 600, 520, 700, -8, LINENS[colour], pattern=stripes)
    linen.crease(sheet, ((438, 258), (536, 944)), wide=9)
    linen.tag(sheet, 262, 306, -8)


def towel_hung(sheet: Sheet) -> None:
    room.stand(sheet, "blush", "oat", edge=1060, light=40)
    stripes = linen.striped(CREAM, [(560, 576), (590, 596), (610, 626)], about=(0, 270))
    drapery.hung_towel(sheet, 450, 270, 440, 690, LINENS["sage"], pattern=stripes)


def waffle(sheet: Sheet, colour: str) -> None:
    room.lie(sheet, {"oat": "sage", "ink": "paper"}[colour])
    linen.folded(sheet, 450, 600, 520, 640, 6, LINENS[colour], pattern=linen.waffled(22, degrees=6), layers=5)
    linen.tag(sheet, 640, 312, 6)


def waffle_hung(sheet: Sheet) -> None:
    room.stand(sheet, "sage", "wood", edge=1060, light=220)
    drapery.hung_towel(sheet, 450, 270, 420, 660, LINENS["oat"], pattern=linen.waffled(20))


def napkins(sheet: Sheet, count: int, colour: str) -> None:
    room.lie(sheet, {"oat": "clay", "clay": "oat"}[colour])
    places = {2: [(370, 520, -18), (520, 670, 9)], 4: [(330, 430, -22), (420, 530, -9), (500, 640, 4), (575, 750, 17)]}[
        count
    ]
    for x, y, degrees in places:
        drapery.napkin(sheet, x, y, 470 if count == 2 else 430, degrees, LINENS[colour])


def napkins_laid(sheet: Sheet) -> None:
    room.lie(sheet, "wood")
    drapery.napkin(sheet, 330, 430, 450, -12, LINENS["oat"])
    drapery.napkin(sheet, 330, 430, 300, -12, LINENS["clay"])
    dishes.round_plate(sheet, 560, 800, 300, MILK, wall=False)
    spoon(sheet, 240, 960, 420, -70, OAK)


def shots() -> list[Shot]:
    """All pictures of this family."""
    sets = {
        f"{count}-{colour}": partial(napkins, count=count, colour=colour)
        for count in (2, 4)
        for colour in ("oat", "clay")
    }
    return [
        *product(
            "towel",
            coloured(towel, *LINENS),
            together=towel_hung,
            close=(2.1, 330, 560),
            front=WHOLE,
            company=(1.08, 33, 60),
        ),
        *product(
            "waffle-towel",
            coloured(waffle, "oat", "ink"),
            together=waffle_hung,
            close=(2.4, 400, 260),
            front=WHOLE,
            company=(1.08, 33, 60),
        ),
        *product(
            "napkins",
            sets,
            together=napkins_laid,
            close=(2.1, 380, 480),
            close_of=["2-oat", "2-clay"],
            front=WHOLE,
            company=WHOLE,
        ),
    ]
