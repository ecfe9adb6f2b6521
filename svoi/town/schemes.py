"""The register of what can be played on top of the town: attacks, and honest crowds that look like them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

INTENSITIES = ("low", "middle", "high")


@dataclass(frozen=True, slots=True)
class Scheme:
    """One attack or look-alike: a line about it, how it is played, and its knobs at three intensities."""

    name: str
    line: str
    is_attack: bool
    play: Callable[..., None]
    knobs: Mapping[str, Mapping[str, Any]]


@dataclass(frozen=True, slots=True)
class Asked:
    """One group to be played."""

    scheme: Scheme
    intensity: str
    knobs: Mapping[str, Any]


SCHEMES: dict[str, Scheme] = {}


def attack(line: str, **knobs: Mapping[str, Any]) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Register the function under its own name as something a detector must find."""
    return _register(line, is_attack=True, knobs=knobs)


def look_alike(line: str, **knobs: Mapping[str, Any]) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Register the function under its own name as something a detector must leave alone."""
    return _register(line, is_attack=False, knobs=knobs)


def asked(words: str) -> Asked:
    """Understand `name`, `name:low`, or `name:high,accounts=12`; raises ValueError with what is known."""
    name, _, rest = words.partition(":")
    intensity, *changes = rest.split(",") if rest else ["middle"]
    if name not in SCHEMES:
        raise ValueError(f"no scheme {name}; known: {', '.join(SCHEMES)}")
    if intensity not in INTENSITIES:
        raise ValueError(f"no intensity {intensity}; known: {', '.join(INTENSITIES)}")
    scheme = SCHEMES[name]
    knobs = dict(scheme.knobs[intensity])
    for change in changes:
        knob, _, value = change.partition("=")
        if knob not in knobs:
            raise ValueError(f"{name} has no knob {knob}; known: {', '.join(knobs)}")
        knobs[knob] = type(knobs[knob])(value)
    return Asked(scheme, intensity, knobs)


def _register(
    line: str, *, is_attack: bool, knobs: Mapping[str, Mapping[str, Any]]
) -> Callable[[Callable[..., None]], Callable[..., None]]:
    assert tuple(knobs) == INTENSITIES, "three intensities, from low to high"

    def keep(play: Callable[..., None]) -> Callable[..., None]:
        SCHEMES[play.__name__] = Scheme(play.__name__, line, is_attack, play, knobs)
        return play

    return keep
