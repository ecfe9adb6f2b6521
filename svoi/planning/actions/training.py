"""The checklist of new hosts: what is on it, what was done, and who saw it."""

from __future__ import annotations

from datetime import datetime

from svoi.communities.models import Community
from svoi.communities.queries import roles_of
from svoi.communities.rules import require_role
from svoi.db.outbox import record
from svoi.db.transaction import atomic
from svoi.members.models import Member
from svoi.planning.actions.locking import hold_calendar
from svoi.planning.events import TrainingConfirmed
from svoi.planning.models import TrainingMark, TrainingStep
from svoi.planning.rules.reminding import admit_confirmation
from svoi.planning.rules.terms import MAY_SEE_CALENDAR, TITLE_LENGTH_MAX, read_name, read_words


@atomic
def add_step(*, community: Community, title_ru: str, title_en: str, by: Member, at: datetime) -> TrainingStep:
    """One thing more that a new host learns, at the end of the list. Raises `RoleMissing`, `PlaceNameMissing`."""
    hold_calendar(community=community, by=by)
    return TrainingStep.objects.create(
        community=community,
        title_ru=read_name(title_ru, length_max=TITLE_LENGTH_MAX),
        title_en=read_words(title_en, length_max=TITLE_LENGTH_MAX),
        position=TrainingStep.objects.filter(community=community).count(),
        added_by=by,
        added_at=at,
    )


@atomic
def drop_step(*, step_id: int, by: Member, at: datetime) -> None:
    """Ask it of nobody any more; what was done stays on record. Twice is once."""
    step = TrainingStep.objects.select_related("community").get(pk=step_id)
    hold_calendar(community=step.community, by=by)
    TrainingStep.objects.filter(pk=step_id, dropped_at=None).update(dropped_at=at)


@atomic
def mark_done(*, step_id: int, member: Member, at: datetime) -> TrainingMark:
    """She says that she has done a step; twice is once. Raises `RoleMissing` for somebody who is not of the crew."""
    step = TrainingStep.objects.select_related("community").get(pk=step_id)
    require_role(roles_of(community=step.community, member=member), MAY_SEE_CALENDAR)
    mark, _ = TrainingMark.objects.get_or_create(step=step, member=member, defaults={"done_at": at})
    return mark


@atomic
def confirm_done(*, step_id: int, member_id: int, by: Member, at: datetime) -> None:
    """Somebody who plans has seen it; twice is once. Raises `StepNotDone`, `StepConfirmedBySelf`, `RoleMissing`."""
    step = TrainingStep.objects.select_related("community").get(pk=step_id)
    hold_calendar(community=step.community, by=by)
    marks = TrainingMark.objects.filter(step=step, member_id=member_id)
    admit_confirmation(member_id=member_id, by_id=by.pk, is_done=marks.exists())
    if marks.filter(confirmed_at=None).update(confirmed_at=at, confirmed_by=by):
        told = {"step_id": step_id, "member_id": member_id, "by_id": by.pk}
        record(TrainingConfirmed(community_id=step.community_id, **told))
