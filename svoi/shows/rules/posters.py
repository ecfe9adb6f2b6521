"""The picture a show is known by: what may become one."""

from __future__ import annotations

from typing import ClassVar

from svoi.kernel.refused import Refused

POSTER_BYTES_MAX = 12 * 1024 * 1024
POSTER_PIXELS_MAX = 60_000_000  # a phone's largest picture; what unpacks to more is made to fill memory
POSTER_SIDE_MIN_PX = 240
# What the largest screen shows of it: the room, nine by sixteen.
POSTER_BOX_PX = (1080, 1920)


class PosterUnreadable(Refused):
    """There is no file, or it is no picture we read."""

    code: ClassVar[str] = "poster_unreadable"


class PosterTooLarge(Refused):
    """The file is over `most_mb` megabytes, or unpacks to more pixels than any phone takes."""

    code: ClassVar[str] = "poster_too_large"


class PosterTooSmall(Refused):
    """A side of the picture is under `least_px` pixels."""

    code: ClassVar[str] = "poster_too_small"
