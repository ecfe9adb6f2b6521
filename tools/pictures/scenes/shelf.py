"""Vases, the candlestick and candles: what stands on a shelf."""

from __future__ import annotations

from pictures import candles, cups, fruit, plants, room, vases
from pictures.palette import CLAY, DEEP, GLAZES, MILK, MOSS, OAT, SAGE, WAX, blend, paint
from pictures.scenes import Shot, coloured, product
from pictures.sheet import Sheet

IVORY = paint("EFE6D2")
RUST = paint("B07A4E")


def bud_vase(sheet: Sheet, colour: str) -> None:
    wall, table = {"clay": ("paper", "sage"), "sage": ("blush", "oat"), "ink": ("honey", "wood")}[colour]
    room.stand(sheet, wall, table, edge=820, light={"clay": 300, "sage": 120, "ink": 220}[colour])
    if colour == "clay":
        plants.branch(sheet, [(452, 560), (462, 400), (540, 250), (620, 150)], leaves=11, length=120)
    elif colour == "sage":
        plants.berries(sheet, [(450, 560), (440, 380), (380, 230), (350, 150)], count=16, size=15)
    else:
        plants.eucalyptus(sheet, [(450, 560), (470, 400), (560, 260), (600, 170)], pairs=6, size=44)
    vases.bud_vase(sheet, 450, 990, GLAZES[colour], size=1.3)


def three_vases(sheet: Sheet) -> None:
    room.stand(sheet, "oat", "clay", edge=830, light=60)
    room.disc(sheet, 560, 470, 270, paint("E3C0A4"))
    plants.eucalyptus(sheet, [(640, 590), (650, 440), (720, 320), (760, 220)], pairs=6, size=38)
    vases.bud_vase(sheet, 640, 930, SAGE, size=1.0)
    plants.branch(sheet, [(270, 640), (260, 480), (200, 340), (190, 240)], leaves=9, length=96)
    vases.bud_vase(sheet, 270, 980, CLAY, size=1.0)
    vases.bud_vase(sheet, 470, 1060, DEEP, size=0.94)


def wide_vase(sheet: Sheet) -> None:
    room.stand(sheet, "dusk", "oat", edge=830, light=430)
    bouquet(sheet, 450, 560)
    vases.wide_vase(sheet, 450, 1010, MILK, size=1.1)


def bouquet(sheet: Sheet, x: float, y: float, *, wide: float = 1.0) -> None:
    """Branches that fall apart from one mouth."""

    def line(*points: tuple[float, float]) -> list[tuple[float, float]]:
        return [(x + a * wide, y + b * wide) for a, b in points]

    plants.branch(
        sheet, line((-10, 20), (-60, -140), (-180, -270), (-310, -320)), leaves=12, length=96 * wide, colour=MOSS
    )
    plants.branch(
        sheet,
        line((20, 20), (50, -160), (30, -320), (70, -450)),
        leaves=13,
        length=104 * wide,
        colour=blend(MOSS, SAGE, 0.5),
    )
    plants.berries(sheet, line((0, 20), (-30, -150), (-70, -330), (-60, -440)), count=18, size=12 * wide, colour=RUST)
    plants.eucalyptus(sheet, line((30, 20), (130, -110), (240, -230), (330, -300)), pairs=7, size=34 * wide)


def wide_vase_at_home(sheet: Sheet) -> None:
    room.stand(sheet, "clay", "wood", edge=850, light=120)
    bouquet(sheet, 520, 620, wide=0.86)
    vases.wide_vase(sheet, 520, 1010, MILK, size=0.94)
    fruit.pear(sheet, 215, 1060, size=0.74, lean=-8)
    fruit.plums(sheet, [(330, 1100)], size=44)


def candlestick(sheet: Sheet, colour: str) -> None:
    room.stand(sheet, *{"milk": ("dusk", "oat"), "clay": ("sage", "paper")}[colour], light=300)
    candles.candlestick(sheet, 430, 985, GLAZES[colour], size=1.5, wax=WAX if colour == "milk" else IVORY)


def evening(sheet: Sheet) -> None:
    room.stand(sheet, "dusk", "wood", edge=780, light=None)
    room.niche(sheet, 450, 150, 330, 780, paint("6C7887"))
    candles.candlestick(sheet, 330, 920, MILK, size=1.12)
    candles.candlestick(sheet, 620, 1010, CLAY, size=1.12, wax=IVORY, tall=230)
    fruit.plums(sheet, [(300, 1090), (390, 1110)], size=46)


def two_candles(sheet: Sheet, colour: str) -> None:
    room.stand(sheet, *{"honey": ("dusk", "oat"), "ivory": ("blush", "clay")}[colour], light=260)
    candles.tied_candles(sheet, 430, 990, {"honey": WAX, "ivory": IVORY}[colour], size=1.5)


def candles_lit(sheet: Sheet) -> None:
    room.stand(sheet, "mist", "oat", edge=800, light=80)
    candles.candlestick(sheet, 600, 930, CLAY, size=1.06, tall=360)
    candles.tied_candles(sheet, 290, 1050, WAX, size=1.06)
    cups.piala(sheet, 560, 1110, OAT, size=0.72)


def shots() -> list[Shot]:
    """All pictures of this family."""
    return [
        *product(
            "bud-vase",
            coloured(bud_vase, "clay", "sage", "ink"),
            together=three_vases,
            close=(2.1, 230, 500),
            front=(1.04, 17, 40),
        ),
        *product(
            "wide-vase",
            {"milk": wide_vase},
            together=wide_vase_at_home,
            close=(2.0, 130, 480),
            front=(1.02, 9, 24),
            company=(1.04, 17, 40),
        ),
        *product(
            "candlestick",
            coloured(candlestick, "milk", "clay"),
            together=evening,
            close=(2.1, 180, 600),
            front=(1.06, 26, 68),
        ),
        *product(
            "candles",
            coloured(two_candles, "honey", "ivory"),
            together=candles_lit,
            close=(2.1, 220, 540),
            front=(1.06, 26, 68),
        ),
    ]
