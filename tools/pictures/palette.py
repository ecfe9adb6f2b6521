"""The paints: warm paper, a few glazes, linens and woods, all muted neighbours of each other."""

from __future__ import annotations

Colour = tuple[float, float, float]


def paint(code: str) -> Colour:
    """A colour from its six hexadecimal digits, as three parts of one."""
    return (int(code[0:2], 16) / 255, int(code[2:4], 16) / 255, int(code[4:6], 16) / 255)


def blend(one: Colour, other: Colour, share: float) -> Colour:
    """So much of `other` stirred into `one`."""
    return (
        one[0] + (other[0] - one[0]) * share,
        one[1] + (other[1] - one[1]) * share,
        one[2] + (other[2] - one[2]) * share,
    )


PAPER = paint("FAF7F2")
CREAM = paint("FFF6E4")
INK = paint("1D1B19")
DUSK = paint("4A3B3F")

MILK = paint("F2EADB")
CLAY = paint("B98367")
TERRACOTTA = paint("A9613F")
SAGE = paint("99A48A")
MOSS = paint("66745A")
DEEP = paint("39475A")
MIST = paint("A9B7C0")
OAT = paint("DCC8A6")
SAND = paint("C9B08A")
BLUSH = paint("DDB49C")
GRAPHITE = paint("4C4A4A")
RAW = paint("B98D68")

ASH = paint("D9B88A")
OAK = paint("AD8150")
WALNUT = paint("7A5638")

HONEY = paint("D9982F")
BUCKWHEAT = paint("7A431C")
WAX = paint("E5B85C")
TEA = paint("A4581F")
GREEN_TEA = paint("B9A84E")
LEMON = paint("EBCB5B")
PEAR = paint("BDB15A")
PLUM = paint("6B4A5E")
CRUST = paint("B4773C")
CRUMB = paint("EBD3A6")

GLAZES = {"milk": MILK, "clay": CLAY, "sage": SAGE, "ink": DEEP, "oat": OAT}
LINENS = {"oat": paint("E2D3B8"), "clay": paint("C08B71"), "sage": paint("A3AE92"), "ink": paint("4B596B")}
