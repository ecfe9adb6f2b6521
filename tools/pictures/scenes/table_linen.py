"""The tablecloth and the runner, on a table."""

from __future__ import annotations

import numpy as np

from pictures import cups, dishes, drapery, fruit, linen, plants, pouring, room, vases
from pictures.palette import CLAY, CREAM, GLAZES, LINENS, MILK, OAT, SAGE, WALNUT, Colour, blend, paint
from pictures.scenes import WHOLE, Shot, coloured, product
from pictures.sheet import Sheet
from pictures.solids import EDGE

LINES = {"oat": LINENS["clay"], "clay": CREAM, "sage": CREAM, "ink": CREAM}
ON = {"oat": "clay", "clay": "oat", "sage": "paper", "ink": "oat"}


def tablecloth(sheet: Sheet, colour: Colour = LINENS["oat"], *, wall: str = "sage") -> None:
    room.stand(sheet, wall, "clay", edge=960, light=190)
    for x in (150, 750):
        sheet.lay(
            sheet.mask(np.array([(x - 22, 700), (x + 22, 700), (x + 16, 1130), (x - 16, 1130)])),
            blend(WALNUT, EDGE, 0.2),
        )
    top = np.array([(150, 560), (750, 560), (846, 690), (54, 690)], dtype=float)
    linen.cloth(sheet, top, blend(colour, CREAM, 0.16))
    drop = np.vstack([[(54, 686), (846, 686)], drapery.hem(40, 860, 1040, period=132, swing=11)])
    mask = linen.cloth(sheet, drop, colour, folds=linen.hanging(54, 690, period=132, depth=0.42, reach=330))
    edge = sheet.mask(np.array([(40, 682), (860, 682), (860, 698), (40, 698)]), soft=5)
    sheet.glow(edge.within(mask), CREAM, opacity=0.5)
    linen.stitches(sheet, drapery.hem(46, 854, 1016, period=132, swing=11)[::5], blend(colour, EDGE, 0.5), step_=12)


def tablecloth_bare(sheet: Sheet) -> None:
    tablecloth(sheet)
    vases.bud_vase(sheet, 560, 642, CLAY, size=0.6)


def tablecloth_set(sheet: Sheet) -> None:
    tablecloth(sheet, wall="blush")
    plants.branch(sheet, [(640, 420), (660, 330), (720, 240)], leaves=8, length=70)
    vases.bud_vase(sheet, 640, 630, SAGE, size=0.62)
    pouring.teapot(sheet, 370, 636, MILK, size=0.56)
    cups.cup(sheet, 520, 668, CLAY, size=0.42)


def runner(sheet: Sheet, colour: str) -> None:
    room.stand(sheet, {"sage": "blush", "clay": "mist"}[colour], "wood", edge=480, light=150)
    front = np.array([(-20, 930), (920, 930), (920, 1000), (-20, 1000)], dtype=float)
    sheet.lay(sheet.mask(front), paint("B98E60"))
    below = np.array([(-20, 1000), (920, 1000), (920, 1300), (-20, 1300)], dtype=float)
    sheet.lay(sheet.mask(below), paint("8C7264"))
    stripes = linen.striped(CREAM, [(-128, -118), (-108, -103), (103, 108), (118, 128)], about=(450, 0), upright=True)
    lying = np.array([(372, 480), (528, 480), (664, 932), (236, 932)], dtype=float)
    sheet.stain(sheet.mask(lying + np.array([10, 4]), soft=6), EDGE, opacity=0.4)
    linen.cloth(sheet, lying, blend(LINENS[colour], CREAM, 0.1))
    hanging = np.vstack([[(236, 928), (664, 928)], drapery.hem(238, 662, 1150, period=190, swing=5)])
    sheet.stain(sheet.mask(hanging + np.array([26, 8]), soft=10), EDGE, opacity=0.5)
    mask = linen.cloth(
        sheet,
        hanging,
        LINENS[colour],
        folds=linen.hanging(236, 930, period=190, depth=0.22, reach=200),
        pattern=stripes,
    )
    over = sheet.mask(np.array([(220, 922), (680, 922), (680, 940), (220, 940)]), soft=6)
    sheet.glow(over.within(mask), CREAM, opacity=0.5)
    fringe(sheet, 240, 660, 1146, LINENS[colour])


def fringe(sheet: Sheet, left: float, right: float, y: float, colour: Colour) -> None:
    """Loose warp threads, tied in bunches."""
    for number, x in enumerate(np.arange(left + 6, right, 13)):
        lean = 3 * np.sin(number * 1.7)
        linen.cord(
            sheet,
            [(x, y - 4), (x + lean * 0.4, y + 18), (x + lean, y + 38)],
            wide=4.5,
            colour=blend(colour, EDGE, 0.12),
        )


def runner_bare(sheet: Sheet, colour: str) -> None:
    runner(sheet, colour)
    vases.bud_vase(sheet, 450, 690, GLAZES["clay" if colour == "sage" else "ink"], size=0.72)


def runner_set(sheet: Sheet) -> None:
    runner(sheet, "clay")
    dishes.plate(sheet, 450, 690, MILK, size=0.5)
    dishes.platter(sheet, 450, 860, OAT, size=0.56)
    fruit.lemon(sheet, 390, 848, size=0.42)
    fruit.lemon(sheet, 490, 852, size=0.44)
    cups.mug(sheet, 770, 800, SAGE, size=0.6)
    pouring.jug(sheet, 150, 720, GLAZES["ink"], size=0.66)


def shots() -> list[Shot]:
    """All pictures of this family."""
    return [
        *product(
            "tablecloth",
            {"oat": tablecloth_bare},
            together=tablecloth_set,
            close=(2.2, 40, 600),
            front=(1.04, 17, 46),
            company=(1.04, 17, 46),
        ),
        *product(
            "runner",
            coloured(runner_bare, "sage", "clay"),
            together=runner_set,
            close=(2.1, 220, 660),
            front=WHOLE,
            company=WHOLE,
        ),
    ]
