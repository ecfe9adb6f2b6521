"""The Russian of the studio is complete and set as Russian is set."""

from __future__ import annotations

import ast
import re
from pathlib import Path

from babel.messages.pofile import read_po

STUDIO = Path(__file__).parents[2] / "svoi" / "studio"
CALLS = {"_": 0, "gettext": 0, "gettext_lazy": 0, "ngettext": 0, "pgettext": 1, "pgettext_lazy": 1}
SHORT = r"(?<![\w\u00a0])(?:[вкосуияВКОСУИ]|не|на|за|из|от|до|по|для|Не|На) (?=\S)"
FORMS = 4

with (STUDIO / "locale/ru/LC_MESSAGES/django.po").open("rb") as file:
    MESSAGES = [message for message in read_po(file, locale="ru") if message.id]
SINGLE = {
    (message.context or "", str(message.id)): str(message.string) for message in MESSAGES if not message.pluralizable
}
PLURAL = {str(message.id[0]): message.string for message in MESSAGES if message.pluralizable}


def words_of_code() -> set[tuple[str, str]]:
    found = set()
    for path in STUDIO.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            name = getattr(node.func, "id", "") if isinstance(node, ast.Call) else ""
            if name in CALLS and isinstance(node.args[CALLS[name]], ast.Constant):
                context = node.args[0].value if CALLS[name] else ""
                found.add((context, node.args[CALLS[name]].value))
    return found


def words_of_templates() -> set[tuple[str, str]]:
    text = "\n".join(path.read_text() for path in (STUDIO / "templates").rglob("*.html"))
    plain = re.findall(r'\{% translate "([^"]+)"(?: context "([^"]+)")?', text)
    blocks = re.findall(r"\{% blocktranslate[^%]*%\}(.*?)\{% endblocktranslate %\}", text)
    singular = (block.partition("{% plural %}")[0] for block in blocks)
    filled = {("", re.sub(r"\{\{ (\w+) \}\}", r"%(\1)s", block)) for block in singular}
    return {(context, words) for words, context in plain} | filled


def test_every_word_is_translated():
    known = SINGLE.keys() | {("", words) for words in PLURAL}
    assert (words_of_code() | words_of_templates()) - known == set()


def test_no_word_is_left_over():
    used = words_of_code() | words_of_templates()
    assert (SINGLE.keys() | {("", words) for words in PLURAL}) - used == set()


def test_every_count_has_all_its_forms():
    assert {words: len(list(filter(None, forms))) for words, forms in PLURAL.items()} == dict.fromkeys(PLURAL, FORMS)


def test_quotes_and_short_words_are_russian():
    assert [words for words in SINGLE.values() if re.search(r"\"|“|”| - |'", words) or re.search(SHORT, words)] == []


def test_places_for_values_are_kept():
    values = re.compile(r"%\(\w+\)[sd]|\{\w+\}")
    changed = [key for key, words in SINGLE.items() if sorted(values.findall(key[1])) != sorted(values.findall(words))]
    assert changed == []
