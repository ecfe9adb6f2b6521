"""How the calendar speaks: conflicts in sentences, approvals, work on a show, spans of time."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import get_language, gettext, ngettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from svoi.members.models import Member
from svoi.planning.models import Sample, Slot
from svoi.planning.queries.standing import Standing
from svoi.planning.rules.conflicts import Conflict
from svoi.planning.rules.terms import local
from svoi.ui.typography import HARD_SPACE

HOUR_MIN = 60
APPROVAL_WORDS: dict[str, str | Promise] = {
    "draft": pgettext_lazy("a plan", "Draft"),
    "asked": pgettext_lazy("a plan", "Waits for approval"),
    "approved": pgettext_lazy("a plan", "Approved"),
    "declined": pgettext_lazy("a plan", "Declined"),
    "moved": pgettext_lazy("a plan", "Moved since approval"),
}
WORK_WORDS: dict[str, str | Promise] = {
    "host": pgettext_lazy("work", "Host"),
    "producer": pgettext_lazy("work", "Producer"),
    "assistant": pgettext_lazy("work", "Assistant"),
    "editor": pgettext_lazy("work", "Story editor"),
    "moderator": pgettext_lazy("work", "Moderator"),
}
WEEKDAY_WORDS: tuple[str | Promise, ...] = (
    _("Mondays"), _("Tuesdays"), _("Wednesdays"), _("Thursdays"), _("Fridays"), _("Saturdays"), _("Sundays"),
)  # fmt: skip
_SENTENCES: dict[str, str | Promise] = {
    "studio_taken": _("The studio is taken at this time."),
    "turn_around": _("Only {amount} between two shows in the studio; it needs {limit}."),
    "host_taken": _("{who} hosts another show at this time."),
    "host_rest": _("{who} rests only {amount} between two shows; {limit} are due."),
    "crew_busy": _("{who} works on another show at this time."),
    "day_hours": _("{who} would be at shows for {amount} this day; {limit} is the limit."),
    "week_hours": _("{who} would be at shows for {amount} this week; {limit} is the limit."),
    "sample_short": _("{what}: {pieces} needed at once, the house has {has}."),
    "host_untrained": _("{who} has open steps of training."),
    "studio_elsewhere": _("The studio belongs to another community."),
    "not_of_the_crew": _("{who} has no role in this community."),
}


@dataclass(frozen=True, slots=True)
class Told:
    """A conflict in words: the sentence, the shows it is with, and who took it upon herself."""

    sentence: str
    is_hard: bool
    others: tuple[Slot, ...]
    elsewhere: bool
    accepted_by: str
    reason: str


def told_conflicts(found: Sequence[Standing], *, community_id: int) -> list[Told]:
    """In the reader's language. Shows of other communities are not named; three queries, however many conflicts."""
    conflicts = [one.conflict for one in found]
    names = Member.objects.in_bulk({one.member_id for one in conflicts if one.member_id})
    samples = Sample.objects.select_related("product").in_bulk({one.sample_id for one in conflicts if one.sample_id})
    numbers = {slot_id for one in conflicts for slot_id in one.others}
    slots = Slot.objects.filter(community_id=community_id).select_related("show", "studio").in_bulk(numbers)
    return [
        Told(
            sentence=sentence(one.conflict, names, samples),
            is_hard=one.conflict.is_hard,
            others=tuple(slots[slot_id] for slot_id in one.conflict.others if slot_id in slots),
            elsewhere=any(slot_id not in slots for slot_id in one.conflict.others),
            accepted_by=one.accepted.accepted_by.name if one.accepted else "",
            reason=one.accepted.reason if one.accepted else "",
        )
        for one in found
    ]


def sentence(conflict: Conflict, names: Mapping[int, Member], samples: Mapping[int, Sample]) -> str:
    """One conflict in one sentence."""
    sample = samples.get(conflict.sample_id)
    who = names.get(conflict.member_id)
    product = sample.product if sample else None
    name = (product.name_en if get_language() == "en" else "") or product.name if product else ""
    return str(_SENTENCES[conflict.kind]).format(
        who=who.name if who else "",
        what=name,
        amount=span_words(conflict.amount),
        limit=span_words(conflict.limit),
        pieces=conflict.amount,
        has=conflict.limit,
    )


def span_words(minutes: int) -> str:
    """A stretch of time as people say it: 45 min, 2 h, 2 h 15 min."""
    hours, rest = divmod(minutes, HOUR_MIN)
    parts = []
    if hours:
        parts.append(gettext("%(count)s h") % {"count": hours})
    if rest or not hours:
        parts.append(gettext("%(count)s min") % {"count": rest})
    return HARD_SPACE.join(part.replace(" ", HARD_SPACE) for part in parts)


def clock_words(moment: datetime, zone: str) -> str:
    return local(moment, zone).strftime("%H:%M")


def day_words(moment: datetime, zone: str) -> str:
    """«пн, 30 ноября»: a day as the studio's calendar says it."""
    day = local(moment, zone)
    name = date_format(day, "D")
    name = name.lower() if get_language() == "ru" else name
    return f"{name}, {date_format(day, 'j E')}".replace(" ", HARD_SPACE)


def place_words(slot: Slot) -> str:
    """When and where, in one line."""
    zone = slot.studio.time_zone
    begins, ends = clock_words(slot.starts_at, zone), clock_words(slot.ends_at, zone)
    return f"{day_words(slot.starts_at, zone)}, {begins}–{ends}, {studio_name(slot.studio)}"


def studio_name(studio: object) -> str:
    english = getattr(studio, "name_en", "") if get_language() == "en" else ""
    return str(english or getattr(studio, "name_ru", ""))


def made_words(done: object) -> str:
    """What making a series did, in one sentence."""
    made, changed, out = (len(getattr(done, name)) for name in ("made", "changed", "taken_out"))
    told = []
    if made:
        told.append(ngettext("%(count)s show made", "%(count)s shows made", made) % {"count": made})
    if changed:
        told.append(ngettext("%(count)s show changed", "%(count)s shows changed", changed) % {"count": changed})
    if out:
        told.append(ngettext("%(count)s show taken out", "%(count)s shows taken out", out) % {"count": out})
    return ", ".join(told) + "." if told else gettext("Everything was there already.")
