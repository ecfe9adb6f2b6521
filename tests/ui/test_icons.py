"""The sprite holds what icons.txt lists, and every icon a page asks for is in it."""

import re

from svoi.ui.icons import icon_names
from tests.ui.files import MODULES, TEMPLATES, VENDOR


def test_the_sprite_is_built_from_the_list() -> None:
    (sprite,) = VENDOR.glob("lucide-*.svg")
    assert tuple(re.findall(r'<symbol id="([\w-]+)"', sprite.read_text())) == icon_names()


def test_the_list_is_sorted_and_has_no_twins() -> None:
    assert list(icon_names()) == sorted(set(icon_names()))


def test_every_icon_asked_for_exists() -> None:
    in_templates = r'(?:\{% icon|icon_name=|\{% way \S+) "([\w-]+)"'
    asked = {(path.name, name) for path in TEMPLATES for name in re.findall(in_templates, path.read_text())}
    asked |= {(path.name, name) for path in MODULES for name in re.findall(r'\bicon\("([\w-]+)"', path.read_text())}
    assert {(where, name) for where, name in asked if name not in icon_names()} == set()
