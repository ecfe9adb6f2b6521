"""A picture somebody gives becomes a poster: drawn anew, so that nothing of the file but its picture is kept."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

from PIL import Image, ImageOps, UnidentifiedImageError

from svoi.catalog.providers.pictures import write_picture
from svoi.shows.rules.posters import (
    POSTER_BOX_PX,
    POSTER_BYTES_MAX,
    POSTER_PIXELS_MAX,
    POSTER_SIDE_MIN_PX,
    PosterTooLarge,
    PosterTooSmall,
    PosterUnreadable,
)

READ = ("JPEG", "PNG", "WEBP")
PAPER = (255, 255, 255)
QUALITY = 82


def keep_poster(content: bytes, *, kept_in: Path) -> str:
    """Read a JPEG, PNG or WebP, turn it upright, fit it into the box, keep it as WebP; returns its name in `kept_in`.

    A photo's place, time and device stay behind with the file. Raises `PosterUnreadable`, `PosterTooLarge`,
    `PosterTooSmall`.
    """
    if not content:
        raise PosterUnreadable()
    if len(content) > POSTER_BYTES_MAX:
        raise _too_large()
    try:
        with Image.open(BytesIO(content), formats=READ) as given:
            _admit(given.size)
            given.draft("RGB", POSTER_BOX_PX)  # a large JPEG is read at the scale that is needed
            upright = ImageOps.exif_transpose(given)
            picture = _on_paper(upright)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as bomb:
        raise _too_large() from bomb
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError) as fault:
        raise PosterUnreadable() from fault
    picture.thumbnail(POSTER_BOX_PX, Image.Resampling.LANCZOS)
    drawn = BytesIO()
    picture.save(drawn, "WEBP", quality=QUALITY, method=4)
    return write_picture(drawn.getvalue(), kind="webp", kept_in=kept_in)


def _admit(size: tuple[int, int]) -> None:
    if size[0] * size[1] > POSTER_PIXELS_MAX:
        raise _too_large()
    if min(size) < POSTER_SIDE_MIN_PX:
        raise PosterTooSmall(least_px=POSTER_SIDE_MIN_PX)


def _too_large() -> PosterTooLarge:
    return PosterTooLarge(most_mb=POSTER_BYTES_MAX // 2**20)


def _on_paper(picture: Image.Image) -> Image.Image:
    """Without what shines through: what was left blank is white."""
    if not picture.has_transparency_data:
        return picture.convert("RGB")
    sheet = Image.new("RGB", picture.size, PAPER)
    clear = picture.convert("RGBA")
    sheet.paste(clear, mask=clear.getchannel("A"))
    return sheet
