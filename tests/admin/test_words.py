"""The Russian of the operators' pages is complete, tables and columns included, and set as Russian is set."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import unfold
from babel.messages.pofile import read_po

from svoi.admin.shown import shown_fields
from svoi.admin.tables import SITE
from svoi.admin.words import ENDINGS, ROOMS, column_words, room_of, table_word

ADMIN = Path(__file__).parents[2] / "svoi" / "admin"
UNFOLD = Path(unfold.__file__).parent / "templates"
SHORT = r"(?<![\w\u00a0])(?:[вкосуияВКОСУИ]|не|на|за|из|от|до|по|для|Не|На) (?=\S)"

with (ADMIN / "locale/ru/LC_MESSAGES/django.po").open("rb") as file:
    MESSAGES = [message for message in read_po(file, locale="ru") if message.id]
WORDS = {(message.context or "", str(message.id)): str(message.string) for message in MESSAGES}


def words_of_code() -> set[tuple[str, str]]:
    found = set()
    for path in ADMIN.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            name = getattr(node.func, "id", "") if isinstance(node, ast.Call) else ""
            if name == "_":
                found.add(("", node.args[0].value))
            if name == "pgettext_lazy" and isinstance(node.args[1], ast.Constant):
                found.add((node.args[0].value, node.args[1].value))
    return found


def words_of_templates() -> set[tuple[str, str]]:
    text = "\n".join(path.read_text() for path in (ADMIN / "templates").rglob("*.html"))
    return {("", words) for words in re.findall(r'\{% translate "([^"]+)"', text)}


def words_of_tables() -> set[tuple[str, str]]:
    fields = [field for model in SITE._registry for field in shown_fields(model)]
    return {("table", table_word(model)) for model in SITE._registry} | {
        ("column", column_words(field)[0]) for field in fields
    }


def words_of_unfold() -> set[tuple[str, str]]:
    """What Unfold's own pages say: it brings no Russian."""
    text = "\n".join(path.read_text() for path in UNFOLD.rglob("*.html"))
    return {("", words) for words in re.findall(r'\{% trans(?:late)? "([^"]+)"', text)}


def test_every_word_is_translated() -> None:
    assert (words_of_code() | words_of_templates() | words_of_tables()) - WORDS.keys() == set()
    assert [key for key, words in WORDS.items() if not words] == []


def test_no_word_is_left_over() -> None:
    used = words_of_code() | words_of_templates() | words_of_tables() | words_of_unfold()
    assert WORDS.keys() - used == set()


def test_every_room_has_a_name() -> None:
    assert {room_of(model) for model in SITE._registry} - set(ROOMS) == set()


def test_russian_is_set_as_russian() -> None:
    assert [words for words in WORDS.values() if re.search(r"\"|“|”| - |'", words) or re.search(SHORT, words)] == []


def test_endings_are_read_off_a_columns_name() -> None:
    from svoi.catalog.models import Category, Variant
    from svoi.members.models import Member
    from svoi.shows.models import Show

    asked = [(Variant, "price_minor"), (Show, "slow_mode_s"), (Category, "name_en"), (Member, "name"), (Member, "id")]
    found = [column_words(model._meta.get_field(name)) for model, name in asked]
    assert found == [
        ("price", ENDINGS["_minor"]),
        ("slow mode", ENDINGS["_s"]),
        ("name", ENDINGS["_en"]),
        ("full name", ""),
        ("id", ""),
    ]
