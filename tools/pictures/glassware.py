"""Clear glass and the water in it."""

from __future__ import annotations

import numpy as np

from pictures.curves import Line
from pictures.grain import Field, step
from pictures.light import ground_shadow
from pictures.palette import CREAM, Colour, blend, paint
from pictures.sheet import Mask, Sheet
from pictures.solids import EDGE
from pictures.wheel import Pot


def glass(sheet: Sheet, pot: Pot, tint: Colour, *, water: float | None = None, density: float = 0.08) -> None:
    """Any turned form in clear glass: thin in the middle, dark at the edges, with what is in it."""
    ground_shadow(sheet, pot.cx, pot.foot, float(pot.radius(4)), tilt=pot.tilt, length=0.9)
    body = pot.silhouette(sheet)
    x, y = sheet.places(body)
    height, turn = pot.surface(x, y)
    sheet.stain(body, tint, opacity=density)
    sheet.glow(body, CREAM, opacity=0.16)
    if water is not None:
        _fill_with_water(sheet, pot, body, water, height)
    sheet.stain(body.times(step(np.abs(turn), 0.84, 1.0)), tint, opacity=0.5)
    sheet.stain(body.times(1 - step(height, 4, 20)), tint, opacity=0.26)
    sheet.glow(
        body.times(step(turn, -0.82, -0.74) * (1 - step(turn, -0.6, -0.52)) * step(height, 20, 40)), CREAM, opacity=0.6
    )
    sheet.glow(
        body.times(step(turn, 0.62, 0.68) * (1 - step(turn, 0.72, 0.78)) * step(height, 20, 40)), CREAM, opacity=0.36
    )
    lip: Line = pot.ring(pot.tall)
    edge = sheet.mask(lip).without(sheet.mask(pot.ring(pot.tall, inset=4)))
    sheet.lay(edge, blend(tint, CREAM, 0.7), opacity=0.9)


def _fill_with_water(sheet: Sheet, pot: Pot, body: Mask, level: float, height: Field) -> None:
    sheet.stain(body.times(1 - step(height, level - 1, level + 1)), paint("C9D6D6"), opacity=0.36)
    surface = sheet.mask(pot.ring(level, inset=4))
    sheet.glow(surface, CREAM, opacity=0.4)
    sheet.stain(surface.without(sheet.mask(pot.ring(level, inset=7))), EDGE, opacity=0.3)
