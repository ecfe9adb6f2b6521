"""The Russian of the shared look is complete and set as Russian is set."""

import ast
import re

from babel.messages.pofile import read_po

from tests.ui.files import UI

with (UI / "locale/ru/LC_MESSAGES/django.po").open("rb") as file:
    MESSAGES = [message for message in read_po(file, locale="ru") if message.id]

PLURALS = [message for message in MESSAGES if message.pluralizable]
WORDS = {str(message.id): str(message.string) for message in MESSAGES if not message.pluralizable}

SHORT = r"(?<![\w\u00a0])(?:[вкосуияВКОСУИ]|не|на|за|из|от|до|по|для|Не|На) (?=\S)"


FORMS = 4  # Russian as Django counts it: one, few, many, other


def words_of_code() -> set[str]:
    """First arguments of `_(...)` in the modules of the look, literals joined as Python joins them."""
    calls = [
        node
        for path in UI.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "_"
    ]
    return {str(call.args[0].value) for call in calls if isinstance(call.args[0], ast.Constant)}


def words_of_templates() -> set[str]:
    pages = [path.read_text() for path in (UI / "templates").rglob("*.html")]
    return {words for page in pages for words in re.findall(r'\{% translate "([^"]+)"', page)}


def test_every_word_is_translated() -> None:
    assert (words_of_code() | words_of_templates()) - WORDS.keys() == set()


def test_every_count_has_all_its_forms() -> None:
    assert [message.id for message in PLURALS if len(list(filter(None, message.string or ()))) != FORMS] == []


def test_quotes_and_dashes_are_russian() -> None:
    assert [words for words in WORDS.values() if re.search(r"\"|“|”| - |'", words)] == []


def test_a_short_word_does_not_hang_at_the_end_of_a_line() -> None:
    assert [words for words in WORDS.values() if re.search(SHORT, words)] == []


def test_places_for_values_are_kept() -> None:
    values = re.compile(r"%\(\w+\)s|\{\w+\}")
    assert [key for key, words in WORDS.items() if sorted(values.findall(key)) != sorted(values.findall(words))] == []
