"""In what condition a thing is: said by YML as an element, and shown to people as the last params of a variant.

Only what is not new has a condition in YML. As params it needs no place of its own, stands on the product's page
among the details, and goes out again as the element it was.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

Param = tuple[str, str, str]  # name, value, unit
KIND, QUALITY, REASON = "Состояние", "Внешний вид", "О состоянии"
KINDS = {
    "preowned": "б/у",
    "used": "подержанный",
    "likenew": "как новый",
    "showcasesample": "витринный образец",
    "reduction": "уценка",
    "refurbished": "восстановленный",
}
QUALITIES = {"perfect": "безупречный", "excellent": "отличный", "good": "хороший"}
_KIND_OF = {word: kind for kind, word in KINDS.items()}
_QUALITY_OF = {word: quality for quality, word in QUALITIES.items()}
_NAMES_OF_KIND = frozenset({"состояние", "condition"})
# What feeds write by hand where they have no element for it.
_NEW = frozenset({"новый", "новая", "новое", "новые", "new"})
_USED = frozenset({"бу", "used", "бывший в употреблении", *KINDS.values()}) - {KINDS["refurbished"]}
_REFURBISHED = frozenset({KINDS["refurbished"], "refurbished"})


class Condition(NamedTuple):
    """The kind, and where they are told the quality and the reason in words."""

    kind: str
    quality: str = ""
    reason: str = ""


def condition_params(condition: Condition) -> list[Param]:
    """The condition as params; a kind or quality nobody has a word for is shown as it is."""
    said = (
        (KIND, KINDS.get(condition.kind, condition.kind)),
        (QUALITY, QUALITIES.get(condition.quality, condition.quality)),
        (REASON, condition.reason),
    )
    return [(name, value, "") for name, value in said if value]


def part_condition(params: list[Param]) -> tuple[list[Param], Condition | None]:
    """The params without the condition at their end, and the condition; None where there is none of our words."""
    for size in (1, 2, 3):
        tail = params[-size:]
        if len(tail) == size and tail[0][0] == KIND:
            found = _read({name: value for name, value, _ in tail})
            if found and list(tail) == condition_params(found):
                return params[:-size], found
    return params, None


def condition_word(params: Sequence[Param]) -> str:
    """`new`, `used` or `refurbished`; new where nothing is said, and empty where what is said is not understood."""
    for name, value, _ in params:
        if name.lower() in _NAMES_OF_KIND:
            said = value.lower()
            words = ((_NEW, "new"), (_USED, "used"), (_REFURBISHED, "refurbished"))
            return next((word for known, word in words if said in known), "")
    return "new"


def _read(said: dict[str, str]) -> Condition | None:
    kind = _KIND_OF.get(said[KIND])
    return Condition(kind, _QUALITY_OF.get(said.get(QUALITY, ""), ""), said.get(REASON, "")) if kind else None
