"""What every page must load stays small: the budget of a feed is 60 KB of scripts, and the frame may take half."""

import gzip
import re

from svoi.ui.module_map import VENDORED
from tests.ui.files import STATIC, UI

KB = 1024
SCRIPTS_MAX_KB = 30
STYLES_MAX_KB = 12
SPRITE_MAX_KB = 8
FONTS_MAX_KB = 64


def packed_kb(paths: list[str]) -> float:
    return sum(len(gzip.compress((STATIC.parent / path).read_bytes(), 9)) for path in paths) / KB


def reached_from(path: str) -> set[str]:
    """A module and all it imports, by static path."""
    source = (STATIC.parent / path).read_text() if "vendor" not in path else ""
    named = [VENDORED.get(name, name) for name in re.findall(r'^import (?:.+ from )?"([^"]+)"', source, re.MULTILINE)]
    return {path}.union(*(reached_from(name) for name in named))


def test_scripts_of_every_page() -> None:
    assert packed_kb([*reached_from("ui/js/page.js"), "ui/js/theme.js"]) <= SCRIPTS_MAX_KB


def test_styles_of_every_page() -> None:
    frame = (UI / "templates/ui/frame.html").read_text()
    styles = re.findall(r'<link rel="stylesheet" href="\{% static "([^"]+)" %\}">', frame)
    assert [path for path in styles if not (STATIC.parent / path).exists()] == []
    assert packed_kb(styles) <= STYLES_MAX_KB


def test_icons_and_letters() -> None:
    assert packed_kb(["ui/vendor/lucide-1.62.0.svg"]) <= SPRITE_MAX_KB
    preloaded = [STATIC / f"vendor/golos-text-5.3.0.{subset}.woff2" for subset in ("latin", "cyrillic")]
    assert sum(path.stat().st_size for path in preloaded) / KB <= FONTS_MAX_KB
