"""The names of the icons that are in the sprite."""

from functools import cache
from pathlib import Path


@cache
def icon_names() -> tuple[str, ...]:
    return tuple((Path(__file__).parent / "icons.txt").read_text().split())
