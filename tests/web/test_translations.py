"""The Russian of the members' pages is complete, keeps its places for values, and is set as Russian is set."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

import svoi

HOUSE = Path(svoi.__file__).parent
TEMPLATES = sorted((HOUSE / "web" / "templates").rglob("*.html"))
MODULES = sorted((HOUSE / "web").rglob("*.py"))
SHORT = r"(?<![\w\u00a0])(?:[вкосуияВКОСУИ]|не|на|за|из|от|до|по|для|Не|На) (?=\S)"


def catalogue() -> dict[tuple[str | None, str], str]:
    """(context, English) -> Russian: the surface's own words over those of the shared look."""
    words: dict[tuple[str | None, str], str] = {}
    for surface in ("ui", "web"):
        with (HOUSE / surface / "locale/ru/LC_MESSAGES/django.po").open("rb") as file:
            for message in read_po(file, locale="ru"):
                if message.id:
                    english = message.id[0] if isinstance(message.id, tuple) else message.id
                    forms = message.string if isinstance(message.string, tuple) else (message.string,)
                    words[message.context, english] = " | ".join(forms) if all(forms) else ""
    return words


WORDS = catalogue()


def words_of_templates() -> set[tuple[str | None, str]]:
    found: set[tuple[str | None, str]] = set()
    for page in TEMPLATES:
        text = page.read_text(encoding="utf-8")
        found |= {
            (context or None, words)
            for words, context in re.findall(r'\{% translate "([^"]+)"(?: context "([^"]+)")?', text)
        }
    return found


def words_of_code() -> set[tuple[str | None, str]]:
    found: set[tuple[str | None, str]] = set()
    for module in MODULES:
        for call in ast.walk(ast.parse(module.read_text(encoding="utf-8"))):
            if not isinstance(call, ast.Call) or not call.args:
                continue
            said = [one.value for one in call.args if isinstance(one, ast.Constant)]
            name = getattr(call.func, "id", "")
            if name == "_" and said:
                found.add((None, said[0]))
            if name == "pgettext_lazy" and len(said) == 2:
                found.add((said[0], said[1]))
    return found


@pytest.mark.parametrize("used", [words_of_templates, words_of_code])
def test_every_word_is_translated(used) -> None:  # type: ignore[no-untyped-def]
    assert sorted(words for words in used() if not WORDS.get(words)) == []


def test_every_count_is_translated() -> None:
    counted = {
        re.sub(r"\{\{ (\w+) \}\}", r"%(\1)s", " ".join(one.split()))
        for page in TEMPLATES
        for one in re.findall(
            r"\{% blocktranslate[^%]*?%\}(.*?)\{% (?:plural|endblocktranslate)", page.read_text(), re.DOTALL
        )
    }
    assert sorted(words for words in counted if not WORDS.get((None, words))) == []


def test_places_for_values_are_kept() -> None:
    places = re.compile(r"%\(\w+\)[sd]|\{\w+\}")
    wrong = [
        english
        for (_, english), russian in WORDS.items()
        if any(set(places.findall(english)) - set(places.findall(form)) for form in russian.split(" | "))
    ]
    assert wrong == []


def test_russian_is_set_as_russian() -> None:
    said = [re.sub(r"<[^>]+>", "", words) for words in WORDS.values()]
    assert [words for words in said if re.search(r"\"|“|”| - |'", words)] == []
    assert [words for words in said if re.search(SHORT, words)] == []
