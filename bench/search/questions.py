"""What is looked for: words of every frequency, alone and together, misspelt, and typed on the wrong layout."""

from __future__ import annotations

import random
from typing import NamedTuple

QUESTIONS = 15
LAYOUT = "the wrong keyboard layout"
MEANING = "what a typo means"
BY_TITLES = {"a typo", "two words, one misspelt", MEANING}  # what their peer looks for among titles


class Question(NamedTuple):
    written: str
    meant: str


def questions(words: list[str], dice: random.Random) -> dict[str, list[Question]]:
    """By kind. `words` come with the most frequent first; a shop uses the first thousands of them all the time."""
    from svoi.catalog.rules.searching import other_layout  # noqa: PLC0415 - Django must be set up first

    russian, english = [word for word in words if not word.isascii()], [word for word in words if word.isascii()]

    def some(first: int, last: int, of: list[str] = russian) -> list[str]:
        return [of[dice.randrange(first, last)] for _ in range(QUESTIONS)]

    misspelt = [Question(_misspelt(word, dice), word) for word in some(100, 20_000)]
    beside = zip(some(100, 1_000), misspelt, strict=True)
    return {
        "a frequent word": _same(some(0, 100)),
        "a rare word": _same(some(20_000, 100_000)),
        "two words": _together(some(20, 300), some(100, 3_000)),
        "two of the most frequent words": _together(some(0, 50), some(0, 50)),
        "an English word": _same(some(0, 300, english)),
        "a typo": misspelt,
        "two words, one misspelt": [Question(f"{one} {each.written}", f"{one} {each.meant}") for one, each in beside],
        LAYOUT: [Question(other_layout(word), word) for word in some(100, 20_000)],
        MEANING: misspelt,
    }


def _same(asked: list[str]) -> list[Question]:
    return [Question(text, text) for text in asked]


def _together(first: list[str], second: list[str]) -> list[Question]:
    return _same([f"{one} {other}" for one, other in zip(first, second, strict=True)])


def _misspelt(word: str, dice: random.Random) -> str:
    """A letter lost, or two that changed places."""
    place = dice.randrange(1, len(word) - 1)
    if dice.random() < 0.5:
        return word[:place] + word[place + 1 :]
    return word[: place - 1] + word[place] + word[place - 1] + word[place + 1 :]
