"""The pictures one by one: for every product a front view, the thing in company, and a close look."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import partial

from pictures.sheet import Sheet

PRODUCT = (900, 1200)
Drawing = Callable[[Sheet], object]
Camera = tuple[float, float, float]  # zoom, left, top
WHOLE: Camera = (1.0, 0.0, 0.0)


@dataclass(frozen=True)
class Shot:
    """One picture: its file name, what is on it, and where the camera is."""

    name: str
    draw: Drawing
    zoom: float = 1.0
    at: tuple[float, float] = (0, 0)
    size: tuple[int, int] = PRODUCT

    def taken(self) -> Sheet:
        sheet = Sheet(*self.size, zoom=self.zoom, at=self.at)
        self.draw(sheet)
        return sheet


def product(
    name: str,
    fronts: Mapping[str, Drawing],
    *,
    together: Drawing,
    close: Camera,
    close_of: Iterable[str] | None = None,
    front: Camera = (1.14, 55, 145),
    company: Camera = (1.1, 40, 105),
) -> list[Shot]:
    """Every colour from the front and from near, and one picture in company."""
    straight = [Shot(f"{name}-{variant}", draw, *_aimed(front)) for variant, draw in fronts.items()]
    chosen = set(fronts if close_of is None else close_of)
    near = [
        Shot(f"{name}-{variant}-close", draw, *_aimed(close)) for variant, draw in fronts.items() if variant in chosen
    ]
    return [*straight, *near, Shot(f"{name}-together", together, *_aimed(company))]


def _aimed(camera: Camera) -> tuple[float, tuple[float, float]]:
    return camera[0], camera[1:]


def coloured(draw: Callable[..., object], *colours: str) -> dict[str, Drawing]:
    """One drawing in several colours."""
    return {colour: partial(draw, colour=colour) for colour in colours}
