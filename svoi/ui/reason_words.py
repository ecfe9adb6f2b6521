"""What is said about a number that weights lower: each reason in words, and the mode in which weights count."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

REASONS: dict[str, str | Promise] = {
    "surge": _("came within one minute, many more than the day and what was shown explain"),
    "shared_device": _("share a device with more accounts than one household has"),
    "shared_payment": _("share a means of payment with more accounts than one household has"),
    "metronome": _("act at the same interval again and again, as a timer does"),
    "shared_network": _("come from one network with many others; said only beside another reason"),
}
# What is said of viewers beyond the habit of the room, in whatever mode weights are.
BEYOND_HABIT = _("are beyond what those who speak and react bear out in your shows; only watched, nobody is taken off")
UNNAMED = _("weigh less for a reason that has no words yet")
MODES: dict[str, str | Promise] = {
    "shadow": _("Shadow: this is only watched, nothing is taken off yet."),
    "live": _(
        "One reason halves what a person counts for, two independent ones take it away. A recount gives it back."
    ),
}


@dataclass(frozen=True, slots=True)
class Weights:
    """Why a shown number is lower than the raw one, or would be (then `would_be` is said): `rows` of (people, words).

    The most come first.
    """

    name: str
    mode: str
    mode_words: str | Promise
    rows: list[tuple[int, str | Promise]]
    would_be: int | None = None


def weights_words(
    name: str, *, mode: str, why: Mapping[str, int], weighed: int | None = None, excess: int = 0
) -> Weights | None:
    """For the figure of that name; None while nothing is weighed, or nothing counts for less.

    `excess` viewers are beyond the room's habit.
    """
    is_told = mode in MODES and bool(why or mode == "shadow")
    if not is_told and not excess:
        return None
    would_be = weighed if mode == "shadow" and why else None
    return Weights(name, mode, MODES.get(mode, ""), reason_rows(why, excess=excess), would_be)


def reason_rows(why: Mapping[str, int], *, excess: int = 0) -> list[tuple[int, str | Promise]]:
    """(people, words) for each reason, the most first; those beyond the habit last."""
    most_first = sorted(why.items(), key=lambda row: -row[1])
    rows: list[tuple[int, str | Promise]] = [(people, reason_words(code)) for code, people in most_first]
    return [*rows, (excess, BEYOND_HABIT)] if excess else rows


def reason_words(code: str) -> str | Promise:
    return REASONS.get(code, UNNAMED)


def reason_sentence(code: str, people: int) -> str:
    """`12 · share a device…`, for a list of lines."""
    return f"{people} · {reason_words(code)}"
