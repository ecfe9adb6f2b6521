"""Every refusal of the house has words in both languages, and its facts find their places."""

from __future__ import annotations

import importlib
import pkgutil
import string

import pytest
from django.utils import translation

import svoi
from svoi.kernel.refused import Refused
from svoi.members.rules import SignInLocked
from svoi.orders.rules import PriceMoved
from svoi.shows.rules.chat import Muted
from svoi.ui.refusals import WORDS, say, say_code, wait_words


def refusals() -> list[type[Refused]]:
    """All subclasses defined in the house."""
    for room in pkgutil.walk_packages(svoi.__path__, "svoi."):
        if room.name.rsplit(".", 1)[-1] in {"rules", "refusals", "tickets", "tokens"} or ".rules." in room.name:
            importlib.import_module(room.name)
    found, waiting = [], [Refused]
    while waiting:
        for kind in waiting.pop().__subclasses__():
            waiting.append(kind)
            if kind.__module__.startswith("svoi.") and kind.code != "refused":
                found.append(kind)
    return found


def test_every_refusal_is_worded() -> None:
    assert sorted({kind.code for kind in refusals()} - WORDS.keys()) == []


@pytest.mark.parametrize("code", sorted(WORDS))
def test_words_exist_in_russian_and_keep_their_places(code: str) -> None:
    def places(text: str) -> set[str]:
        return {name for _, name, _, _ in string.Formatter().parse(text) if name}

    with translation.override("en"):
        english = (str(WORDS[code].title), str(WORDS[code].advice))
    with translation.override("ru"):
        russian = (str(WORDS[code].title), str(WORDS[code].advice))
    assert [one for one, other in zip(english, russian, strict=True) if one == other] == []
    assert [places(one) for one in english] == [places(other) for other in russian]
    assert 400 <= WORDS[code].status < 500


def test_facts_are_spoken_in_the_readers_language() -> None:
    moved = PriceMoved(shown_minor=149_000, offered_minor=169_050, currency="RUB")
    with translation.override("ru"):
        assert "1\u202f490\u00a0₽" in say(moved).advice
        assert "1\u202f690,50\u00a0₽" in say(moved).advice
        assert say(SignInLocked(wait_s=700)).advice.endswith("ещё\u00a012\u00a0минут. Ничего не\u00a0потеряно.")
        assert say(Muted(wait_s=None)).title == "Вы не\u00a0можете писать до\u00a0конца эфира"
    with translation.override("en"):
        assert "₽1,690.50" in say(moved).advice
        assert say(Muted(wait_s=61)).title == "You cannot write for 2 minutes"
    assert say(moved).status == 409


def test_words_survive_missing_and_hostile_facts() -> None:
    with translation.override("en"):
        assert say_code("sign_in_locked").status == 429
        assert "{0.__class__}" not in say(SignInLocked(wait_s=1)).advice
        assert say(type("Unheard", (Refused,), {"code": "unheard"})()).title == "This could not be done"
        assert say(PriceMoved(shown_minor="{offered.__class__}", offered_minor=1)).status == 409


@pytest.mark.parametrize(
    ("wait_s", "russian"),
    [
        (0, "1 секунду"),
        (22, "22 секунды"),
        (60, "1 минуту"),
        (61, "2 минуты"),
        (3599, "60 минут"),
        (3600, "1 час"),
        (7201, "3 часа"),
    ],
)
def test_waiting_is_counted_in_russian(wait_s: int, russian: str) -> None:
    with translation.override("ru"):
        assert wait_words(wait_s).replace("\u00a0", " ") == f"ещё {russian}"
