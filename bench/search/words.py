"""An invented vocabulary of Russian and English shop words, the most frequent first, and how often each is used."""

from __future__ import annotations

import random
import tomllib
from collections.abc import Iterator
from itertools import product
from pathlib import Path

import numpy as np

PARTS = Path(__file__).with_name("parts.toml")
SEED = 20
WORDS = 200_000
ENGLISH_EVERY = 10
ROOTS = 3_000


def vocabulary() -> list[str]:
    """The same words in the same order every time: each tenth English, plain ones before those with a prefix."""
    dice = random.Random(SEED)
    parts = tomllib.loads(PARTS.read_text(encoding="utf-8"))
    russian, english = (_words(dice, parts[language]) for language in ("russian", "english"))
    taken = [next(russian if place % ENGLISH_EVERY else english) for place in range(WORDS)]
    return list(dict.fromkeys(taken))


def chances(count: int) -> np.ndarray:
    """How likely the word of each rank is: Zipf's law in Mandelbrot's form, which flattens the very first ranks."""
    weights = 1.0 / (np.arange(count) + 3.7) ** 1.05
    return weights / weights.sum()


def _words(dice: random.Random, parts: dict[str, str]) -> Iterator[str]:
    starts, ends = parts["starts"].split(), parts["ends"].split()
    plain = [f"{root}{end}" for root, end in product(_roots(dice, parts), ends)]
    dice.shuffle(plain)
    yield from (word for word in plain[: len(plain) // 4] if len(word) > 3)
    while True:
        yield f"{dice.choice(starts)}{dice.choice(plain)}"


def _roots(dice: random.Random, parts: dict[str, str]) -> list[str]:
    """One closed syllable or two: as many as a language has for things."""
    onsets, vowels, codas = (parts[name].split() for name in ("onsets", "vowels", "codas"))
    short = ["".join(sounds) for sounds in product(onsets, vowels, codas)]
    long = [f"{dice.choice(onsets)}{dice.choice(vowels)}{one}" for one in short]
    found = [*dice.sample(short, min(ROOTS // 4, len(short))), *long]
    return list(dict.fromkeys(found))[:ROOTS]
