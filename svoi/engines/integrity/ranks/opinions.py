"""What a verb says about its target: a value from -1 to +1 where it carries a number, none where it is a mere kind."""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

_NUMBERED = re.compile(r"^(?P<kind>.*?)(?P<number>(?:(?<![0-9])[+-])?[0-9]+(?:\.[0-9]+)?)$", re.DOTALL)


def verb_values(verbs: Sequence[str | int]) -> npt.NDArray[np.float64]:
    """A value for each verb, shape (verbs,); NaN for a kind without a number, such as "view".

    Whole numbers and endings such as "rate:-10" or "vote-" are values; each kind ("rate:") has a scale of its own. A
    scale with negative numbers keeps its zero and is divided by its largest magnitude; one without is centred, so that
    a 1 of 5 is against. A scale of one number says nothing.
    """
    values = np.full(len(verbs), np.nan)
    scales: dict[str, list[int]] = {}
    for place, verb in enumerate(verbs):
        kind, number = _read(verb)
        if number is not None:
            values[place] = number
            scales.setdefault(kind, []).append(place)
    for places in scales.values():
        values[places] = _scaled(values[places])
    return values


def _read(verb: str | int) -> tuple[str, float | None]:
    if not isinstance(verb, str):
        return "", float(verb)
    if verb.endswith(("+", "-")):
        return verb[:-1], 1.0 if verb.endswith("+") else -1.0
    found = _NUMBERED.match(verb)
    return (found["kind"], float(found["number"])) if found else (verb, None)


def _scaled(numbers: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    least, most = float(numbers.min()), float(numbers.max())
    if least == most:
        return np.full(len(numbers), np.nan)
    if least < 0:
        return np.asarray(numbers / max(-least, most))
    return np.asarray((2 * numbers - least - most) / (most - least))
