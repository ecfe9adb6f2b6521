"""Writes products of invented texts into the tables, chunk by chunk, each chunk the same for the same number."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import accumulate
from operator import add
from typing import Any

import numpy as np
import psycopg

from bench.search.words import SEED, chances

CHUNK = 10_000
SHELVES = 200
VENDORS = 2_000
STORY_EVERY = 20
PLACES_MAX = 500
A, B, D = ([f":{place}{weight}" for place in range(1, PLACES_MAX)] for weight in "ABD")
TABLES = {
    "product": "id, community_id, external_id, category_id, name, name_en, vendor, description, description_en",
    "variant": "id, product_id, community_id, external_id, title, title_en, price_minor, currency, vendor_code,"
    " barcode, params, position",
    "stock": "variant_id, on_hand",
    "picture": "id, variant_id, position, source, file",
    "producttext": "product_id, community_id, category_id, lowest_minor, highest_minor, words",
}


@dataclass(frozen=True, slots=True)
class Told:
    """What a writer needs to know: where the tables are, whose products they are, the words and their stems."""

    address: str
    community_id: int
    first_shelf_id: int
    words: list[str]
    stems: list[str]


@dataclass(frozen=True, slots=True)
class Thing:
    """A product as it is written, and its text as the search reads it: stems with their places and weights."""

    pk: int
    title: str
    vendor: str
    shelf: int
    price_minor: int
    text: str
    index: str


def write_chunks(told: Told, numbers: list[int], products: int) -> None:
    """The chunks of these numbers; called in a process of its own for each core."""
    invented = Inventing(told.words, told.stems)
    with psycopg.connect(told.address, autocommit=True) as connection:
        connection.execute("set session_replication_role = replica")  # neither foreign keys nor triggers while loading
        for number in numbers:
            first = number * CHUNK + 1
            ids = range(first, min(first + CHUNK, products + 1))
            _copy(connection, told, list(invented.things(ids, np.random.default_rng([SEED, number]))))


def shelf_word(place: int) -> int:
    """The rank of the word a shelf is named by."""
    return 500 + place


class Inventing:
    """Draws words by their chances and puts things together from them."""

    def __init__(self, words: list[str], stems: list[str]) -> None:
        self._words, self._stems = np.array(words, dtype=object), np.array(stems, dtype=object)
        self._reach = np.cumsum(chances(len(words)))

    def things(self, ids: range, dice: np.random.Generator) -> Iterator[Thing]:
        names, texts = dice.integers(3, 7, len(ids)), _lengths(dice, ids)
        vendors, prices = dice.integers(VENDORS, 2 * VENDORS, len(ids)), dice.integers(1, 1_000, len(ids))
        drawn = np.searchsorted(self._reach, dice.random(int((names + texts).sum())))
        drawn = drawn.clip(max=len(self._words) - 1)
        words, stems = self._words[drawn].tolist(), self._stems[drawn].tolist()
        begins = accumulate((names + texts).tolist(), initial=0)
        facts = zip(begins, names.tolist(), texts.tolist(), vendors.tolist(), prices.tolist(), strict=False)
        for pk, (begin, name, text, vendor, price) in zip(ids, facts, strict=True):
            middle, end, shelf = begin + name, begin + name + text, pk % SHELVES
            codes = [self._stems[vendor], f"v{pk}", str(pk), self._stems[shelf_word(shelf)]]
            yield Thing(
                pk=pk,
                title=" ".join(words[begin:middle]),
                vendor=self._words[vendor],
                shelf=shelf,
                price_minor=price * 10_000 - 100,
                text=" ".join(words[middle:end]),
                index=_placed(stems[begin:middle], codes, stems[middle:end]),
            )


def _placed(name: list[str], codes: list[str], text: list[str]) -> str:
    """What the shop's index.sql makes of them: the name under A, codes under B, the description under D."""
    first, second = len(name), len(name) + len(codes)
    return " ".join([*map(add, name, A), *map(add, codes, B[first:]), *map(add, text, D[second:])])


def _lengths(dice: np.random.Generator, ids: range) -> np.ndarray:
    """Words of a description: forty or so for a thing, some hundreds for each twentieth, which tells a story."""
    lengths = dice.lognormal(3.7, 0.5, len(ids)).astype(int).clip(6, 200)
    stories = np.arange(ids.start, ids.stop) % STORY_EVERY == 0
    return np.where(stories, dice.integers(150, 450, len(ids)), lengths)


def _copy(connection: psycopg.Connection[Any], told: Told, things: list[Thing]) -> None:
    lines: dict[str, list[str]] = {table: [] for table in TABLES}
    for each in things:
        pk, home, at, price = each.pk, told.community_id, told.first_shelf_id + each.shelf, each.price_minor
        lines["product"].append(f"{pk}\t{home}\t{pk}\t{at}\t{each.title}\t\t{each.vendor}\t{each.text}\t\n")
        lines["variant"].append(f"{pk}\t{pk}\t{home}\t{pk}\t\t\t{price}\tRUB\tv{pk}\t\t[]\t0\n")
        lines["stock"].append(f"{pk}\t{pk % 20}\n")
        lines["picture"].append(f"{pk}\t{pk}\t0\thttps://shelf.example/pictures/{pk}.jpeg\t\n")
        lines["producttext"].append(f"{pk}\t{home}\t{at}\t{price}\t{price}\t'place:{home}' {each.index}\n")
    for table, columns in TABLES.items():
        with connection.cursor().copy(f"copy svoi_{table} ({columns}) from stdin") as copy:
            copy.write("".join(lines[table]))
