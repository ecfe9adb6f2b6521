"""What an incident may ask for at once: each step is prepared, told in words, and done by a second press.

Nothing here is new: every step is the console's own, by the same right, under the same lock and in the same log.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.http import HttpRequest
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from svoi.control.actions.keeping import change_policy
from svoi.control.actions.steering import steer
from svoi.control.queries.duties import acts_of
from svoi.control.rules.stale import policy_mark
from svoi.flash.queries import latest_deal, standing_of
from svoi.shows.actions.airing import end_break, end_show, start_break
from svoi.shows.actions.flashing import call_off_in_show
from svoi.shows.actions.pinning import unpin_product
from svoi.shows.actions.tray import take_from_tray
from svoi.shows.models import Show
from svoi.shows.queries.tray import tray_of
from svoi.studio.answers import number_in
from svoi.studio.doors import may_run, member_of, show_run_by, show_where
from svoi.studio.playbill import ON_AIR
from svoi.studio.templatetags.crew import in_language

SLOW_S = 30  # one message in half a minute
OPEN_DEAL = ("armed", "countdown", "running")


@dataclass(frozen=True, slots=True)
class Hand:
    """A step within reach: what its button says, what the second press does, and what the forms carry."""

    do: str
    words: str | Promise
    what: str | Promise
    icon: str
    carries: Mapping[str, object]
    choices: tuple[tuple[int, str], ...] = ()


def hands_of(request: HttpRequest, show: Show, *, at: datetime) -> list[Hand]:
    """The steps this member may take now, the mildest first."""
    stage = show.stage()
    if stage not in ON_AIR:
        return []
    slow = [_slow(show)] if "policy" in acts_of(show=show, member=member_of(request)) and _may_slow(show) else []
    if not may_run(request, show):
        return slow
    tray, deal = tray_of(show_id=show.pk), latest_deal(show_id=show.pk)
    named = tuple((row.product_id, in_language(row, "title")) for row in tray)
    pinned = [name for row, (_pk, name) in zip(tray, named, strict=True) if row.pinned]
    is_open = deal is not None and standing_of(deal, at=at).stage in OPEN_DEAL
    return [
        *slow,
        *([_hand("unpin", {}, about=pinned[0])] if pinned else []),
        *([_hand("unsell", {}, choices=named)] if named else []),
        *([_hand("call_off", {"deal": deal.pk})] if is_open and deal else []),
        _hand("go_on" if stage == "break" else "break", {}),
        _hand("end", {}),
    ]


def armed_in(request: HttpRequest, hands: list[Hand]) -> Hand | None:
    """The step a form prepares, with what it carries; None when it is not within reach (any more)."""
    hand = next((one for one in hands if one.do == request.POST.get("do")), None)
    if hand is None or not hand.choices:
        return hand
    chosen = number_in(request.POST, "product")
    name = dict(hand.choices).get(chosen or 0)
    return _hand(hand.do, {"product": chosen}, about=name) if name else None


def take_hand(request: HttpRequest, show_id: int, *, at: datetime) -> bool:
    """Do what was prepared; False for what no form of ours asks. Who may not do it does not find it (404)."""
    do = request.POST.get("do", "")
    by = member_of(request)
    if do == "slow":
        show = show_where(request, show_id, "policy")
        rules: dict[str, Any] = {"length_max": show.message_length_max, "open_": show.chat_open}
        change_policy(show_id=show_id, seen=request.POST.get("seen"), by=by, at=at, slow_mode_s=SLOW_S, **rules)
        return True
    if do not in _STEPS:
        return False
    show_run_by(request, show_id)
    name, verb, is_steered = _STEPS[do]
    asked: dict[str, Any] = {"show_id": show_id, "by": by, "at": at}
    if name:
        number = number_in(request.POST, name)
        if number is None:
            return False
        asked[f"{name}_id"] = number
    steer(verb=verb, **asked) if is_steered else verb(**asked)
    return True


# What a step is about, what does it, and whether only whoever steers takes it: as in the console.
_STEPS: dict[str, tuple[str, Callable[..., object], bool]] = {
    "unpin": ("", unpin_product, False),
    "unsell": ("product", take_from_tray, False),
    "call_off": ("deal", call_off_in_show, True),
    "break": ("", start_break, True),
    "go_on": ("", end_break, True),
    "end": ("", end_show, True),
}
_WORDS: dict[str, tuple[str | Promise, str | Promise, str]] = {
    "slow": (
        _("Slow the chat down"),
        _("Everybody but the crew writes once in 30 seconds, until somebody changes the rules."),
        "clock",
    ),
    "unpin": (
        _("Take the product down"),
        _("The pinned card leaves the screen. The product can still be bought."),
        "pin-off",
    ),
    "unsell": (
        _("Stop selling it in this show"),
        _("The product leaves the tray: in this show nobody can buy it any more. What was ordered stays ordered."),
        "ban",
    ),
    "call_off": (
        _("Call the flash deal off"),
        _("Nobody takes pieces any more. What was taken stays taken, the rest goes back on sale."),
        "timer",
    ),
    "break": (
        pgettext_lazy("an emergency", "Technical break"),
        _("Viewers see a note instead of the picture. The show goes on when you say so."),
        "pause",
    ),
    "go_on": (pgettext_lazy("an emergency", "Go on"), _("The break ends, viewers see the picture."), "play"),
    "end": (
        pgettext_lazy("an emergency", "End the show"),
        _("It ends for good: the pin and the deal with it, the key opens nothing, the recording stays."),
        "octagon-alert",
    ),
}


def _hand(
    do: str, carries: Mapping[str, object], *, about: str | None = None, choices: tuple[tuple[int, str], ...] = ()
) -> Hand:
    words, what, icon = _WORDS[do]
    return Hand(do, f"{words}: {about}" if about else words, what, icon, carries, choices)


def _may_slow(show: Show) -> bool:
    return show.chat_open and show.slow_mode_s < SLOW_S


def _slow(show: Show) -> Hand:
    seen = policy_mark(slow_mode_s=show.slow_mode_s, length_max=show.message_length_max, open_=show.chat_open)
    return _hand("slow", {"seen": seen})
