"""A feed of the shape shops really export: 26 elements, 4 pictures, 8 params and 900 letters of text an offer."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path

WORDS = ("кружка", "тарелка", "лампа", "плед", "ваза", "корзина", "синяя", "большая", "белая", "льняная", "дубовая",
         "ручная", "тихая", "утренняя")  # fmt: skip
CATEGORIES = 200
INDENT = "\n" + " " * 16
HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<yml_catalog date="2026-11-22T10:00:00+03:00">
    <shop>
        <name>Полка</name>
        <company>ООО «Полка»</company>
        <url>https://shelf.example</url>
        <currencies><currency id="RUB" rate="1"/></currencies>
        <categories>
"""
FIXED = (
    "<store>true</store>",
    "<pickup>true</pickup>",
    "<delivery>true</delivery>",
    '<delivery-options><option cost="300" days="1" order-before="18"/></delivery-options>',
    '<pickup-options><option cost="0" days="0"/></pickup-options>',
)


def write_feed(path: Path, *, offers: int, seed: int = 1) -> None:
    """The same file for the same seed; three of four offers belong to groups of up to five."""
    dice = random.Random(seed)
    with path.open("w", encoding="utf-8") as file:
        file.write(HEAD)
        for number in range(1, CATEGORIES + 1):
            parent = f' parentId="{number // 10}"' if number >= 10 else ""
            file.write(f'            <category id="{number}"{parent}>Полка {number}</category>\n')
        file.write("        </categories>\n        <offers>\n")
        for number in range(offers):
            group = f' group_id="g{number // 5}"' if number % 4 else ""
            lines = INDENT.join(_lines(number, dice))
            file.write(
                f'            <offer id="{number}"{group} available="true">{INDENT}{lines}\n            </offer>\n'
            )
        file.write("        </offers>\n    </shop>\n</yml_catalog>\n")


def _lines(number: int, dice: random.Random) -> Iterator[str]:
    price = dice.randrange(100, 100_000)
    yield f"<name>{_some(dice, 4).capitalize()} {number}</name>"
    yield f"<url>https://shelf.example/goods/{number}</url>"
    yield f"<price>{price}</price>"
    if number % 3 == 0:
        yield f"<oldprice>{price + 500}</oldprice>"
    yield "<currencyId>RUR</currencyId>"
    yield f"<categoryId>{dice.randrange(1, CATEGORIES + 1)}</categoryId>"
    yield "<vendor>Полка</vendor>"
    yield f"<vendorCode>SH-{number}</vendorCode>"
    for place in range(4):
        yield f"<picture>https://shelf.example/pictures/{number}_{place}.jpeg</picture>"
    paragraphs = INDENT.join(f"<p>{_some(dice, 38)}</p>" for _ in range(3))
    yield f"<description>{INDENT}<![CDATA[{INDENT}{paragraphs}{INDENT}]]>{INDENT}</description>"
    for place in range(8):
        unit = ' unit="см"' if place % 3 == 0 else ""
        yield f'<param name="Свойство номер {place}"{unit}>{_some(dice, 2)}</param>'
    yield f"<barcode>46{number:011d}</barcode>"
    yield f"<count>{dice.randrange(50)}</count>"
    yield from FIXED


def _some(dice: random.Random, words: int) -> str:
    return " ".join(dice.choices(WORDS, k=words))
