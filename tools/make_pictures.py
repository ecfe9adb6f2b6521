"""Draws every picture of the demo shop into svoi/jobs/demo/pictures: `python tools/make_pictures.py [name ...]`."""

from __future__ import annotations

import sys
from pathlib import Path

from pictures.scenes import (
    Shot,
    covers,
    dinner,
    glass,
    kitchen,
    larder,
    plates,
    shelf,
    table_linen,
    tea_table,
    towels,
    worn,
)

FOLDER = Path(__file__).resolve().parent.parent / "svoi" / "jobs" / "demo" / "pictures"
QUALITY = 85


def every_shot() -> list[Shot]:
    """All pictures, family by family."""
    families = (tea_table, dinner, plates, shelf, towels, table_linen, worn, kitchen, glass, larder, covers)
    return [shot for family in families for shot in family.shots()]


def draw(shot: Shot) -> int:
    """Paint one picture, save it, and say how many bytes it took."""
    path = FOLDER / f"{shot.name}.webp"
    shot.taken().finish().save(path, "WEBP", quality=QUALITY, method=6)
    return path.stat().st_size


def main(names: list[str]) -> None:
    """Draw the named pictures (any that start so), or all of them and clear away what is no longer drawn."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    shots = every_shot()
    chosen = [shot for shot in shots if not names or shot.name.startswith(tuple(names))]
    total = 0
    for number, shot in enumerate(chosen, start=1):
        total += draw(shot)
        if sys.stdout.isatty():
            print(f"\r{number:>3} of {len(chosen)}  {shot.name:<32}", end="", flush=True)
    if not names:
        for path in FOLDER.glob("*.webp"):
            if path.stem not in {shot.name for shot in shots}:
                path.unlink()
    print(f"\r{len(chosen)} pictures, {total / 1e6:.2f} MB")


if __name__ == "__main__":
    main(sys.argv[1:])
