"""The sheet we paint on: soft-edged masks cut at four times the size, laid down one after another."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from PIL import Image, ImageDraw, ImageFilter

from pictures.curves import Line
from pictures.grain import Field, Tint, noise
from pictures.palette import Colour

FINER = 4
Fill = Colour | Callable[[Field, Field], Tint]


@dataclass(frozen=True)
class Mask:
    """Where the paint goes: a window of the sheet and how much of each pixel it covers."""

    left: int
    top: int
    cover: Field

    def window(self) -> tuple[slice, slice]:
        high, wide = self.cover.shape
        return slice(self.top, self.top + high), slice(self.left, self.left + wide)

    def within(self, other: Mask) -> Mask:
        """What both cover."""
        return Mask(self.left, self.top, self.cover * other.seen_from(self))

    def without(self, other: Mask) -> Mask:
        """What this one covers and the other does not."""
        return Mask(self.left, self.top, self.cover * (1 - other.seen_from(self)))

    def times(self, field: Field) -> Mask:
        """The same place, thinner by a field of the same shape."""
        return Mask(self.left, self.top, self.cover * field)

    def seen_from(self, other: Mask) -> Field:
        """This cover, moved into the other's window."""
        seen = np.zeros_like(other.cover)
        top, left = max(self.top, other.top), max(self.left, other.left)
        bottom = min(self.top + self.cover.shape[0], other.top + seen.shape[0])
        right = min(self.left + self.cover.shape[1], other.left + seen.shape[1])
        if bottom > top and right > left:
            mine = self.cover[top - self.top : bottom - self.top, left - self.left : right - self.left]
            seen[top - other.top : bottom - other.top, left - other.left : right - other.left] = mine
        return seen


class Sheet:
    """A picture in the making; units are those of a 900 wide sheet whatever its size and camera."""

    def __init__(self, width: int, height: int, *, zoom: float = 1, at: tuple[float, float] = (0, 0)) -> None:
        self.width, self.height, self.zoom, self.at = width, height, zoom, at
        self.pixels = np.ones((height, width, 3), dtype=np.float32)

    def mask(self, *outlines: Line, soft: float = 0, reach: float = 0) -> Mask:
        """The union of the outlines, its edge blurred by `soft` units and the window widened for it."""
        pixels = [(outline - np.asarray(self.at)) * self.zoom for outline in outlines]
        spread = (3 * soft + reach) * self.zoom + 2
        low = np.min([p.min(axis=0) for p in pixels], axis=0) - spread
        high = np.max([p.max(axis=0) for p in pixels], axis=0) + spread
        left, top = (int(max(0, v)) for v in np.floor(low))
        right, bottom = int(min(self.width, np.ceil(high[0]))), int(min(self.height, np.ceil(high[1])))
        if right <= left or bottom <= top:
            return Mask(0, 0, np.zeros((1, 1), dtype=np.float32))
        drawn = Image.new("L", ((right - left) * FINER, (bottom - top) * FINER))
        pen = ImageDraw.Draw(drawn)
        for outline in pixels:
            pen.polygon([tuple(point) for point in (outline - (left, top)) * FINER], fill=255)
        cover = drawn.reduce(FINER)
        if soft:
            cover = cover.filter(ImageFilter.GaussianBlur(float(soft * self.zoom)))
        return Mask(left, top, np.asarray(cover, dtype=np.float32) / 255)

    def everywhere(self) -> Mask:
        return Mask(0, 0, np.ones((self.height, self.width), dtype=np.float32))

    def places(self, mask: Mask) -> tuple[Field, Field]:
        """The unit coordinates of every pixel of the mask's window."""
        high, wide = mask.cover.shape
        x = (np.arange(wide, dtype=np.float32) + 0.5 + mask.left) / self.zoom + self.at[0]
        y = (np.arange(high, dtype=np.float32) + 0.5 + mask.top) / self.zoom + self.at[1]
        across, down = np.meshgrid(x, y)
        return across.astype(np.float32), down.astype(np.float32)

    def lay(self, mask: Mask, fill: Fill, *, opacity: float = 1) -> None:
        """Opaque paint."""
        colour = fill(*self.places(mask)) if callable(fill) else np.asarray(fill, dtype=np.float32)
        window = self.pixels[mask.window()]
        window += (colour - window) * (mask.cover * opacity)[..., None]

    def stain(self, mask: Mask, colour: Colour, *, opacity: float = 1) -> None:
        """Thin paint that darkens what lies under it, as a shadow does."""
        window = self.pixels[mask.window()]
        window *= 1 - (1 - np.asarray(colour, dtype=np.float32)) * (mask.cover * opacity)[..., None]

    def glow(self, mask: Mask, colour: Colour, *, opacity: float = 1) -> None:
        """Light that falls on what is already there."""
        window = self.pixels[mask.window()]
        window += (1 - window) * np.asarray(colour, dtype=np.float32) * (mask.cover * opacity)[..., None]

    def finish(self) -> Image.Image:
        """The picture, with the tooth of the paper pressed into it."""
        x, y = self.places(self.everywhere())
        tooth = noise(x, y, size=90, seed=71) * 0.006 + noise(x, y, size=11, seed=72) * 0.0035
        pixels = np.clip(self.pixels * (1 + tooth[..., None]), 0, 1)
        return Image.fromarray((pixels * 255 + 0.5).astype(np.uint8), "RGB")
