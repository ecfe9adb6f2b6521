"""Every refusal of the house in words a person can act on: what happened, what to do, and the answer's status."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext_lazy as _

from svoi.kernel.refused import Refused
from svoi.ui.refusals import control, envelopes, flash, people, planning, replays, rundowns, shop, shows, stream, trust
from svoi.ui.refusals.words import Words
from svoi.ui.typography import money_text

ROOMS = (stream, shows, shop, people, envelopes, flash, planning, rundowns, control, replays, trust)
WORDS: dict[str, Words] = {code: words for room in ROOMS for code, words in room.WORDS.items()}
UNWORDED = Words(_("This could not be done"), _("Nothing was changed. Open the page afresh and try once more."), 409)
MINUTE_S = 60
HOUR_S = 60 * MINUTE_S


@dataclass(frozen=True, slots=True)
class Told:
    """A refusal as a surface shows it."""

    code: str
    title: str
    advice: str
    status: int

    def sentence(self) -> str:
        """Both in one line, for a form's error or a toast."""
        return f"{self.title}. {self.advice}" if self.advice else f"{self.title}."


def say(refused: Refused) -> Told:
    """Word a refusal in the reader's language, with its facts filled in."""
    return _worded(refused.code, refused.facts)


def say_code(code: str) -> Told:
    """Word a code that was kept on record without its facts, such as why a stream was turned away."""
    return _worded(code, {})


def _worded(code: str, told: dict[str, Any]) -> Told:
    words, facts = WORDS.get(code, UNWORDED), spoken_facts(told)
    return Told(code, str(words.title).format_map(facts), str(words.advice).format_map(facts), words.status)


class _Facts(dict[str, Any]):
    def __missing__(self, name: str) -> str:
        return "…"


def spoken_facts(facts: dict[str, Any]) -> dict[str, Any]:
    """Facts as people read them: `offered_minor` becomes `offered` in money, `wait_s` becomes `wait` in words."""
    language = get_language() or "ru"
    spoken = _Facts(facts)
    for name, value in facts.items():
        if name.endswith("_minor") and isinstance(value, int):
            spoken[name.removesuffix("_minor")] = money_text(value, facts.get("currency", "RUB"), language)
        elif isinstance(value, datetime):
            spoken[name] = date_format(localtime(value), "j E")
    wait_s = facts.get("wait_s")
    spoken["wait"] = wait_words(wait_s) if isinstance(wait_s, (int, float)) else str(_("until the end of the show"))
    return spoken


def wait_words(wait_s: float) -> str:
    """How long to wait: seconds up to a minute, then minutes rounded up, then hours."""
    whole = max(1, round(wait_s))
    if whole < MINUTE_S:
        return ngettext("for %(count)d second", "for %(count)d seconds", whole) % {"count": whole}
    minutes = -(-whole // MINUTE_S)
    if whole < HOUR_S:
        return ngettext("for %(count)d minute", "for %(count)d minutes", minutes) % {"count": minutes}
    hours = -(-whole // HOUR_S)
    return ngettext("for %(count)d hour", "for %(count)d hours", hours) % {"count": hours}
