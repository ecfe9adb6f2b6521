"""A found group as a person reads it: who with whom, where and when, against what expectation, and what follows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from svoi.members.models import Member
from svoi.studio.count.drawing import Look, drawing_of, looks_of
from svoi.studio.count.targets import target_names
from svoi.studio.count.words import (
    ACCOUNTED_WORDS,
    FAMILY_WORDS,
    VERB_WORDS,
    number_words,
    rate_words,
    strength_words,
)
from svoi.trust.models import FoundGroup
from svoi.trust.queries import verdicts_of
from svoi.trust.queries.acts import Act, acts_of, shown_before

TOLD_ACTS_MAX = 400
DAY = timedelta(days=1)
TOGETHER = 0.5  # of her targets: with whom somebody is said to have been


@dataclass(frozen=True, slots=True)
class Target:
    """A thing the group met at, how its marks look, and how many of the accounts were there."""

    name: str
    look: Look
    accounts: int


@dataclass(frozen=True, slots=True)
class Account:
    """An account by its number: at how many targets, from when to when, with which others at half of them or more."""

    number: int
    targets: int
    began_at: datetime | None
    ended_at: datetime | None
    others: str


@dataclass(frozen=True, slots=True)
class Family:
    """A kind of evidence: what was seen, what was expected, and how strongly that speaks."""

    name: str | Promise
    seen: str
    expected: str
    strength: str


@dataclass(frozen=True, slots=True)
class Deed:
    """A line of the table that says the same as the drawing."""

    number: int
    what: str | Promise
    target: str
    at: datetime


def group_parts(group: FoundGroup, *, reader: Member) -> dict[str, Any]:
    """All a page shows of a group. Nobody's name is read but those of the crew who ruled."""
    numbers = dict(group.members.order_by("number").values_list("member_id", "number"))
    acts = acts_of(
        community_id=group.community_id,
        member_ids=numbers,
        targets=group.targets,
        since=group.began_at,
        until=group.ended_at,
    )
    names, looks = target_names(group.targets), looks_of(group.targets)
    shown = shown_before(
        community_id=group.community_id, targets=group.targets, since=group.began_at, until=group.ended_at
    )
    english = get_language() == "en"
    return {
        "group": group,
        "sentence": group.sentence_en if english else group.sentence_ru,
        "span": "clock" if group.ended_at - group.began_at < DAY else "moment",
        "drawing": drawing_of(acts, numbers, looks, since=group.began_at, until=group.ended_at),
        "targets": _targets(group.targets, names, looks, acts),
        "accounts": _accounts(numbers, acts),
        "deeds": [
            Deed(numbers[act.member_id], VERB_WORDS[act.verb], names[act.target], act.at)
            for act in acts[:TOLD_ACTS_MAX]
        ],
        "deeds_left": max(0, len(acts) - TOLD_ACTS_MAX),
        "families": _families(group.evidence),
        "accounted": [ACCOUNTED_WORDS[name] for name in group.evidence["accounted"] if name in ACCOUNTED_WORDS],
        "shown": [{"name": names[one.target], "at": one.at, "reach": one.reach} for one in shown],
        "rate": rate_words(group.q_value),
        "verdicts": verdicts_of(group=group),
        "verdicts_before": verdicts_of(group=group.grown_from) if group.grown_from else [],
        "is_own": reader.pk in numbers,
    }


def _targets(
    targets: Sequence[int], names: Mapping[int, str], looks: Mapping[int, Look], acts: Sequence[Act]
) -> list[Target]:
    there: dict[int, set[int]] = {target: set() for target in targets}
    for act in acts:
        there[act.target].add(act.member_id)
    return [Target(names[target], looks[target], len(there[target])) for target in targets]


def _accounts(numbers: Mapping[int, int], acts: Sequence[Act]) -> list[Account]:
    met: dict[int, set[int]] = {number: set() for number in numbers.values()}
    moments: dict[int, list[datetime]] = {number: [] for number in numbers.values()}
    for act in acts:
        met[numbers[act.member_id]].add(act.target)
        moments[numbers[act.member_id]].append(act.at)
    return [
        Account(
            number,
            len(met[number]),
            min(moments[number], default=None),
            max(moments[number], default=None),
            _others(number, met),
        )
        for number in sorted(met)
    ]


def _others(number: int, met: Mapping[int, set[int]]) -> str:
    own = met[number]
    close = [other for other in sorted(met) if other != number and own and len(own & met[other]) >= TOGETHER * len(own)]
    if len(close) == len(met) - 1 and close:
        return _("with all the others")
    return ", ".join(map(str, close)) if close else _("with nobody")


def _families(evidence: Mapping[str, Any]) -> list[Family]:
    language = get_language() or "ru"
    traces = {trace["kind"]: trace for trace in evidence["traces"]}
    told = []
    for name, nats in evidence["families"]:
        if name == "time":
            seen, expected = str(evidence["observed"]), evidence["expected"]
        elif name in traces:
            trace = traces[name]
            seen = ngettext(
                "%(accounts)s account on %(traces)s", "%(accounts)s accounts on %(traces)s", trace["accounts"]
            ) % {"accounts": trace["accounts"], "traces": trace["traces"]}
            expected = trace["expected"]
        else:
            continue
        told.append(Family(FAMILY_WORDS.get(name, name), seen, number_words(expected, language), strength_words(nats)))
    return told
