"""Which stage a show is in, and which step may follow."""

from __future__ import annotations

from typing import ClassVar, Literal

from svoi.kernel.refused import Refused

Stage = Literal["scheduled", "live", "break", "reconnecting", "ended"]

MUTE_S = 10 * 60
TRAY_ITEMS_MAX = 100


class ShowEnded(Refused):
    """The show is over; nothing more can happen in it."""

    code: ClassVar[str] = "show_ended"


class ShowNotLive(Refused):
    """The show is not on air (`stage`)."""

    code: ClassVar[str] = "show_not_live"


class AlreadyLive(Refused):
    """The show is on air already."""

    code: ClassVar[str] = "already_live"


class NoSignal(Refused):
    """No picture arrives from the camera, so there is nothing to go on air with."""

    code: ClassVar[str] = "no_signal"


class KeyUnknown(Refused):
    """This stream key opens no show."""

    code: ClassVar[str] = "unknown_key"


class KeyInUse(Refused):
    """A publisher with this key is on line already."""

    code: ClassVar[str] = "key_in_use"


class NotInTray(Refused):
    """Only products laid out for this show can be pinned."""

    code: ClassVar[str] = "not_in_tray"


class CrewSpeaks(Refused):
    """Somebody of the crew cannot be muted; her role has to be taken back first."""

    code: ClassVar[str] = "crew_speaks"


class TrayFull(Refused):
    """The tray holds no more than `most` products."""

    code: ClassVar[str] = "tray_full"


def stage_of(*, went_live: bool, ended: bool, on_break: bool, signal: bool) -> Stage:
    """Read the stage from facts: an ended show stays ended, a live one without signal is reconnecting."""
    if ended:
        return "ended"
    if not went_live:
        return "scheduled"
    if on_break:
        return "break"
    return "live" if signal else "reconnecting"


def admit_start(*, stage: Stage, signal: bool) -> None:
    """A show goes on air once, and with a picture."""
    if stage == "ended":
        raise ShowEnded()
    if stage != "scheduled":
        raise AlreadyLive()
    if not signal:
        raise NoSignal()


def require_on_air(stage: Stage) -> None:
    """For what makes sense only between start and end (a break and a lost signal included)."""
    if stage == "ended":
        raise ShowEnded()
    if stage == "scheduled":
        raise ShowNotLive(stage=stage)


def admit_mute(*, is_crew: bool) -> None:
    """Those who keep order in a room do not silence each other."""
    if is_crew:
        raise CrewSpeaks()


def admit_publisher(*, known: bool, ended: bool) -> None:
    """A publisher comes in with the key of a show that is not over."""
    if not known:
        raise KeyUnknown()
    if ended:
        raise ShowEnded()
