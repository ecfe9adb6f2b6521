"""Whether a viewer may buy what she saw pinned, or what lies in the show's tray."""

from __future__ import annotations

from typing import ClassVar

from svoi.kernel.refused import Refused
from svoi.shows.rules.airing import ShowNotLive, Stage


class NothingPinned(Refused):
    """The pin was taken away before she tapped."""

    code: ClassVar[str] = "nothing_pinned"


class PinMoved(Refused):
    """Another product is pinned now (`pinned_product_id`); hers is still in the tray."""

    code: ClassVar[str] = "pin_moved"


class NotOffered(Refused):
    """The product is not part of this show."""

    code: ClassVar[str] = "not_offered"


def admit_buyer(
    *, stage: Stage, seen_pin_id: int | None, pin_id: int | None, pinned_product_id: int | None, in_tray: bool
) -> None:
    """Let a viewer buy only what she saw.

    With `seen_pin_id` she bought from the pinned card, so that very pin must still stand. Without it she bought
    from the tray by her own choice, and the product must lie there.
    """
    if stage not in ("live", "break", "reconnecting"):
        raise ShowNotLive(stage=stage)
    if not in_tray:
        raise NotOffered()
    if seen_pin_id is None or seen_pin_id == pin_id:
        return
    if pin_id is None:
        raise NothingPinned()
    raise PinMoved(pinned_product_id=pinned_product_id)
