"""The signal as the media process measures it, in words: what stands in the console's rows and what to warn of."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from django.utils.formats import number_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

WARNINGS: dict[str, str | Promise] = {
    "no_signal": gettext_lazy("Frames have stopped coming. Check the encoder and its network."),
    "no_sound": gettext_lazy("No sound arrives. Check the microphone and its track."),
    "low_bitrate": gettext_lazy("The bitrate is very low, the picture will be soft. Check the upload speed."),
    "low_fps": gettext_lazy("Too few frames a second. The encoder may be overloaded."),
    "long_key_interval": gettext_lazy("Key frames are far apart, viewers start slowly. Set the interval to 1–2 s."),
    "lagging": gettext_lazy("The stream falls behind the clock. Lower the bitrate or the resolution."),
    "recording_failing": gettext_lazy("The recording cannot be written. Tell whoever keeps the server."),
    "disk_low": gettext_lazy("Little room is left on the disk. Tell whoever keeps the server."),
}


@dataclass(frozen=True, slots=True)
class Row:
    """One measured thing: its name, its value in words, and whether it is worth a second look."""

    name: str
    value: str
    warns: bool = False


@dataclass(frozen=True, slots=True)
class Health:
    """`state` is online, checking, offline, ended or away (the media process does not answer)."""

    state: str
    rows: tuple[Row, ...] = ()
    warnings: tuple[str, ...] = ()


def health_of(told: dict[str, Any] | None) -> Health:
    """Word what media told of a show; None when nobody publishes there."""
    if told is None:
        return Health("offline")
    codes = frozenset(told.get("warnings", ()))
    warnings = tuple(str(words) for code, words in WARNINGS.items() if code in codes)
    state = told.get("state", "offline")
    rows = _rows(told, codes) if state in ("online", "checking") else ()
    return Health(state, rows, warnings)


def _rows(told: dict[str, Any], codes: Collection[str]) -> tuple[Row, ...]:
    return (
        Row(pgettext("of a signal", "Picture"), _picture_words(told.get("video"))),
        Row(_("Sound"), _sound_words(told.get("audio")), "no_sound" in codes),
        Row(_("Bitrate"), _mbits(told["bitrate_bps"]), "low_bitrate" in codes),
        Row(_("Frames a second"), _plain(told["fps"], 0), "low_fps" in codes),
        Row(_("Key frames"), _key_words(told["key_interval_ms"]), "long_key_interval" in codes),
        Row(_("Last frame"), _seconds(told["since_frame_ms"]), "no_signal" in codes),
        Row(_("Behind the clock"), _seconds(told["lag_ms"]), "lagging" in codes),
        Row(_("Dropped"), _plain(told["dropped"] + told["late"], 0)),
    )


def _picture_words(video: dict[str, Any] | None) -> str:
    return f"{video['width']}\u00a0×\u00a0{video['height']}" if video else "—"


def _sound_words(audio: dict[str, Any] | None) -> str:
    if not audio:
        return "—"
    return _("%(rate)s kHz") % {"rate": _plain(audio["rate"] / 1000, 1)}


def _key_words(interval_ms: int) -> str:
    return _seconds(interval_ms) if interval_ms else "—"


def _mbits(bits: int) -> str:
    return _("%(number)s Mbit/s") % {"number": _plain(bits / 1_000_000, 1)}


def _seconds(milliseconds: int) -> str:
    return _("%(number)s s") % {"number": _plain(max(0, milliseconds) / 1000, 1)}


def _plain(number: float, places: int) -> str:
    return number_format(round(number, places), decimal_pos=places, use_l10n=True)  # by itself it cuts, not rounds
