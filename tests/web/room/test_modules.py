"""What the room's page loads: how heavy it is, and that no word of it is missing."""

from __future__ import annotations

import gzip
import re
from pathlib import Path

from django.contrib.staticfiles import finders

from svoi.ui.module_map import VENDORED
from svoi.web.room_words import room_words

ROOM_BYTES_MAX = 220 * 1024


def reached_from(path: str) -> set[str]:
    """A module and all it imports, by static path."""
    source = Path(finders.find(path)).read_text() if "vendor" not in path else ""
    named = [VENDORED.get(name, name) for name in re.findall(r'^import (?:.+ from )?"([^"]+)"', source, re.MULTILINE)]
    return {path}.union(*(reached_from(name) for name in named))


def test_the_room_with_its_player_stays_within_its_budget():
    modules = reached_from("web/shows/room.js") | reached_from("ui/js/page.js")
    packed = sum(len(gzip.compress(Path(finders.find(path)).read_bytes(), 9)) for path in modules)
    assert len(modules) > 30
    assert packed <= ROOM_BYTES_MAX


def test_every_word_the_scripts_say_is_brought_by_the_page():
    """Codes and roles are put together at run time, so they are checked by their beginnings."""
    scripts = [
        Path(finders.find(path)).read_text() for path in reached_from("web/shows/room.js") if "vendor" not in path
    ]
    said = {
        key for script in scripts for key in re.findall(r'(?<![#.\w])say\(\s*["`]([\w]+?)(?:_?\$\{[^"`]*)?["`]', script)
    }
    words = room_words()
    assert [key for key in said if not any(name == key or name.startswith(f"{key}_") for name in words)] == []
