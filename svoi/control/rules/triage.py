"""Which messages ask something, and which of them ask the same: pure, the same for everybody, wrong now and then."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar

from svoi.kernel.refused import Refused

PIN_AMONG_LATEST = 100  # what a fresh page holds, so that every page knows the words of a pinned message
SAME_SHARE = 0.6
STEM_LETTERS = 4

_QUESTION_MARK = re.compile("[?\uff1f\u061f\u203d]")
_WORD = re.compile(r"[^\W_]+")
_ASKS = frozenset((
    "как", "какой", "какая", "какое", "какие", "каких", "какого", "сколько", "почём", "почем", "где", "куда",
    "откуда", "когда", "зачем", "почему", "кто", "что", "чем", "можно", "есть", "будет", "бывает", "ли", "how",
    "what", "which", "where", "when", "why", "who", "whose", "can", "could", "does", "do", "did", "is", "are",
    "will", "would", "should",
))  # fmt: skip
_EMPTY = frozenset((
    "а", "и", "в", "во", "на", "с", "со", "к", "ко", "о", "об", "у", "по", "за", "из", "от", "до", "для", "это",
    "этот", "эта", "эти", "тот", "та", "те", "он", "она", "они", "мы", "вы", "я", "ты", "мне", "вам", "нам", "бы",
    "же", "ли", "не", "ни", "да", "нет", "там", "тут", "так", "the", "a", "an", "of", "in", "on", "at", "to", "for",
    "it", "its", "this", "that", "these", "those", "and", "or", "i", "you", "we", "they", "me", "us", "is", "are",
    "do", "does", "did", "be", "will", "would", "can", "could", "please", "пожалуйста", "скажите", "подскажите",
))  # fmt: skip


class MessageTooFarBack(Refused):
    """Only one of the latest messages (`most`) can stand above the chat."""

    code: ClassVar[str] = "message_too_far_back"


class MessageIsHidden(Refused):
    """The crew hid this message; it is shown to nobody."""

    code: ClassVar[str] = "message_is_hidden"


@dataclass(frozen=True, slots=True)
class Asked:
    """A question as it was said."""

    message_id: int
    author_id: int
    name: str
    text: str


@dataclass(frozen=True, slots=True)
class QuestionGroup:
    """Questions that ask the same, the first said first; `product_id` when they name a product of the tray."""

    questions: tuple[Asked, ...]
    product_id: int | None = None

    @property
    def people(self) -> int:
        return len({one.author_id for one in self.questions})


def is_question(text: str) -> bool:
    """A question mark anywhere, or one of the words questions begin with as the first word of two or more."""
    if _QUESTION_MARK.search(text):
        return True
    words = _words(text)
    return len(words) > 1 and words[0] in _ASKS


def meaning(text: str) -> frozenset[str]:
    """What a question is about: its words without small ones, cut to their first letters so that endings agree."""
    return frozenset(word[:STEM_LETTERS] for word in _words(text) if word not in _EMPTY and word not in _ASKS)


def product_named(text: str, names: Mapping[int, Sequence[str]]) -> int | None:
    """The only product of the tray (id -> its names) that a question names with most of its words; None for several."""
    said = meaning(text)
    found = {
        product_id
        for product_id, spoken in names.items()
        if any(parts and 2 * len(parts & said) >= len(parts) + 1 for parts in map(meaning, spoken))
    }
    return found.pop() if len(found) == 1 else None


def grouped(asked: Iterable[Asked], names: Mapping[int, Sequence[str]]) -> tuple[QuestionGroup, ...]:
    """Put questions together that share most of their words and name the same product; most people first.

    Every question is in exactly one group, and groups of one size keep the order in which they were first asked.
    """
    groups: list[tuple[int | None, frozenset[str], list[Asked]]] = []
    for one in asked:
        product_id, words = product_named(one.text, names), meaning(one.text)
        for known_product, known_words, together in groups:
            if known_product == product_id and _is_same(words, known_words):
                together.append(one)
                break
        else:
            groups.append((product_id, words, [one]))
    made = [QuestionGroup(tuple(together), product_id) for product_id, _, together in groups]
    return tuple(sorted(made, key=lambda group: -group.people))


def admit_pinning(*, hidden: bool, behind: int) -> None:
    """A message that is shown, and not further back than a fresh page reaches (`behind`: how many were said after)."""
    if hidden:
        raise MessageIsHidden()
    if behind >= PIN_AMONG_LATEST:
        raise MessageTooFarBack(most=PIN_AMONG_LATEST)


def _is_same(one: frozenset[str], other: frozenset[str]) -> bool:
    if not one or not other:
        return one == other
    return len(one & other) >= SAME_SHARE * len(one | other)


def _words(text: str) -> list[str]:
    return _WORD.findall(unicodedata.normalize("NFC", text).lower().replace("ё", "е"))
