"""Things thrown on a wheel: a profile turned about its axis, lit, glazed, with a rim and an inside."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from pictures.curves import Line, ellipse, smooth
from pictures.grain import Field, Tint, step
from pictures.light import flat, ground_shadow, lit
from pictures.palette import CREAM, Colour, blend
from pictures.sheet import Mask, Sheet

LIGHT = (-0.55, 0.55, 0.63)  # from the left, from above, from the front
Glaze = Callable[[Field, Field, Field, Field], Tint]  # height, turn, x, y -> colour


@dataclass(frozen=True)
class Pot:
    """A turned form: where its foot stands and (height, radius) from foot to rim."""

    cx: float
    foot: float
    profile: Sequence[tuple[float, float]]
    tilt: float = 0.2
    thick: float = 9

    def radii(self) -> tuple[Line, Line]:
        line = smooth(self.profile, steps=40)
        order = np.argsort(line[:, 0], kind="stable")
        return line[order, 0], line[order, 1]

    def radius(self, height: Field | float) -> Field:
        heights, radii = self.radii()
        return np.asarray(np.interp(height, heights, radii), dtype=np.float32)

    @property
    def tall(self) -> float:
        return float(self.profile[-1][0])

    @property
    def rim(self) -> float:
        return float(self.profile[-1][1])

    def ring(self, height: float, *, inset: float = 0) -> Line:
        """The horizontal circle of the form at a height."""
        radius = float(self.radius(height)) - inset
        return ellipse(self.cx, self.foot - height, radius, radius * self.tilt)

    def silhouette(self, sheet: Sheet) -> Mask:
        heights, radii = self.radii()
        edge = np.vstack(
            [
                np.column_stack([self.cx - radii, self.foot - heights]),
                np.column_stack([self.cx + radii, self.foot - heights])[::-1],
            ]
        )
        rings = [self.ring(height) for height in np.linspace(0, self.tall, 90)]
        return sheet.mask(edge, *rings)

    def surface(self, x: Field, y: Field) -> tuple[Field, Field]:
        """For each place on the front: its height on the form and how far round it has turned (-1 left, 1 right)."""
        height = self.foot - y
        heights, radii = self.radii()
        for _ in range(14):
            radius = np.interp(np.clip(height, 0, self.tall), heights, radii)
            depth = np.sqrt(np.maximum(radius**2 - (x - self.cx) ** 2, 0))
            height = 0.55 * height + 0.45 * (self.foot - (y - self.tilt * depth))
        height = np.clip(height, 0, self.tall).astype(np.float32)
        turn = np.clip((x - self.cx) / np.maximum(self.radius(height), 1), -1, 1)
        return height, turn.astype(np.float32)

    def strength(self, height: Field, turn: Field) -> Field:
        """How squarely the light meets the surface there."""
        reach = max(3.0, self.tall * 0.035)
        slope = (self.radius(height + reach) - self.radius(np.maximum(height - reach, 0))) / (2 * reach)
        slope = np.clip(slope, -2.0, 2.0)
        front = np.sqrt(np.maximum(1 - turn**2, 0))
        toward = LIGHT[0] * turn - LIGHT[1] * slope + LIGHT[2] * front
        return np.asarray(toward / np.sqrt(1 + slope**2), dtype=np.float32)

    def shadow(self, sheet: Sheet, *, length: float = 1.0) -> None:
        heights, radii = self.radii()
        ground_shadow(
            sheet, self.cx, self.foot, float(radii[heights < self.tall * 0.12].max()), tilt=self.tilt, length=length
        )

    def throw(self, sheet: Sheet, glaze: Glaze) -> Mask:
        """Paint the outside."""
        mask = self.silhouette(sheet)

        def fill(x: Field, y: Field) -> Tint:
            height, turn = self.surface(x, y)
            return lit(glaze(height, turn, x, y), self.strength(height, turn), x=x, y=y)

        sheet.lay(mask, fill)
        return mask

    def speckle(self, sheet: Sheet, mask: Mask, *, above: float = 0, count: int = 90, seed: int = 3) -> None:
        """Iron spots that came through the glaze, foreshortened toward the sides."""
        dice = np.random.default_rng(seed)
        spots = []
        grain = min(max(float(self.radii()[1].max()) / 190, 0.55), 1.25)
        for height, angle, size in zip(
            dice.uniform(above + 6, self.tall - 4, count),
            dice.uniform(-1.45, 1.45, count),
            (dice.gamma(1.6, 0.9, count) + 0.8) * grain,
            strict=True,
        ):
            radius = float(self.radius(height))
            x = self.cx + radius * np.sin(angle)
            y = self.foot - height + self.tilt * radius * np.cos(angle)
            spots.append(ellipse(x, y, size * max(np.cos(angle), 0.25), size * dice.uniform(0.7, 1.1)))
        sheet.stain(sheet.mask(*spots).within(mask), (0.52, 0.42, 0.36), opacity=0.72)

    def open(
        self, sheet: Sheet, inside: Colour, lip: Colour, *, liquid: Colour | None = None, depth: float = 22
    ) -> Mask:
        """Paint the rim, the inside, and what is poured in."""
        sheet.lay(sheet.mask(self.ring(self.tall)), blend(lip, CREAM, 0.25))
        hollow = sheet.mask(self.ring(self.tall, inset=self.thick))
        x, _ = sheet.places(hollow)
        toward = (x - self.cx) / self.rim

        def fill(x: Field, y: Field) -> Tint:
            return lit(flat(inside, x), 0.22 + toward * 0.62, x=x, y=y)

        sheet.lay(hollow, fill)
        if liquid is not None:
            self._pour(sheet, hollow, liquid, depth)
        return hollow

    def _pour(self, sheet: Sheet, hollow: Mask, liquid: Colour, depth: float) -> None:
        height = self.tall - depth
        surface = sheet.mask(self.ring(height, inset=self.thick)).within(hollow)
        sheet.lay(surface, liquid)
        x, _ = sheet.places(surface)
        sheet.stain(surface.times(1 - step(x, self.cx - self.rim, self.cx)), (0.62, 0.5, 0.45), opacity=0.5)
        glint = sheet.mask(
            ellipse(
                self.cx + self.rim * 0.3,
                self.foot - height + self.rim * self.tilt * 0.2,
                self.rim * 0.42,
                self.rim * self.tilt * 0.34,
            ),
            soft=3,
        )
        sheet.glow(glint.within(surface), CREAM, opacity=0.2)
