"""What a community plans with: studios, limits, the checklist of new hosts, templates."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from svoi.communities.models import Community
from svoi.db.outbox import record
from svoi.db.transaction import atomic
from svoi.members.models import Member
from svoi.planning.actions.locking import hold_calendar
from svoi.planning.events import PlanningTermsChanged, StudioChanged, StudioOpened, StudioShut
from svoi.planning.models import PlanningTerms, ShowTemplate, Slot, Studio
from svoi.planning.rules.terms import (
    DEFAULTS,
    UNTRAINED,
    PlaceNameTaken,
    StudioInUse,
    TermOutOfRange,
    read_name,
    read_term,
    read_words,
    read_zone,
)

NAMES = ("name_ru", "name_en")


@atomic
def open_studio(
    *, community: Community, name_ru: str, name_en: str, turn_around_min: int, time_zone: str, by: Member, at: datetime
) -> Studio:
    """One place more. Raises `RoleMissing`, `PlaceNameMissing`, `PlaceNameTaken`, `TermOutOfRange`, `ZoneUnknown`."""
    hold_calendar(community=community, by=by)
    told = _told(community, name_ru, name_en, turn_around_min, time_zone, besides=0)
    studio = Studio.objects.create(community=community, **told, opened_by=by, opened_at=at)
    record(StudioOpened(community_id=community.pk, studio_id=studio.pk, by_id=by.pk))
    return studio


@atomic
def change_studio(
    *, studio_id: int, name_ru: str, name_en: str, turn_around_min: int, time_zone: str, by: Member, at: datetime
) -> None:
    """Another name, turn-around or zone; what is planned keeps its moments. Raises as `open_studio`."""
    studio = Studio.objects.select_related("community").get(pk=studio_id)
    hold_calendar(community=studio.community, by=by)
    told = _told(studio.community, name_ru, name_en, turn_around_min, time_zone, besides=studio_id)
    if any(getattr(studio, name) != value for name, value in told.items()):
        Studio.objects.filter(pk=studio_id).update(**told)
        record(StudioChanged(community_id=studio.community_id, studio_id=studio_id, by_id=by.pk))


@atomic
def close_studio(*, studio_id: int, by: Member, at: datetime) -> None:
    """Nothing new is planned here; twice is once. Raises `StudioInUse` while shows are to come."""
    studio = Studio.objects.select_related("community").get(pk=studio_id)
    hold_calendar(community=studio.community, by=by)
    coming = Slot.objects.standing().filter(studio=studio, ends_at__gt=at).order_by("begins_at").first()
    if coming is not None:
        raise StudioInUse(begins_at=coming.starts_at)
    if Studio.objects.filter(pk=studio_id, closed_at=None).update(closed_at=at):
        record(StudioShut(community_id=studio.community_id, studio_id=studio_id, by_id=by.pk))


@atomic
def change_planning_terms(
    *, community: Community, limits: Mapping[str, int], untrained: str, time_zone: str, by: Member, at: datetime
) -> PlanningTerms:
    """Rest, hours and training from now on; `limits` are in minutes. Raises `TermOutOfRange`, `ZoneUnknown`."""
    hold_calendar(community=community, by=by)
    if untrained not in UNTRAINED:
        raise TermOutOfRange(name="untrained", least=0, most=1)
    told = {name: read_term(name, limits[name]) for name in DEFAULTS}
    wanted = {**told, "untrained": untrained, "time_zone": read_zone(time_zone), "changed_by": by, "changed_at": at}
    terms, _ = PlanningTerms.objects.update_or_create(community=community, defaults=wanted)
    record(PlanningTermsChanged(community_id=community.pk, by_id=by.pk))
    return terms


@atomic
def keep_template(*, slot_id: int, by: Member, at: datetime) -> ShowTemplate:
    """Keep a plan to begin others from."""
    slot = Slot.objects.select_related("community", "show").get(pk=slot_id)
    hold_calendar(community=slot.community, by=by)
    words = {name: getattr(slot.show, name) for name in ("title_ru", "title_en", "about_ru", "about_en")}
    return ShowTemplate.objects.create(
        community=slot.community,
        **words,
        length_min=slot.length_min,
        preparation_min=slot.preparation_min,
        studio=slot.studio,
        host_id=slot.show.host_id,
        kept_by=by,
        kept_at=at,
    )


@atomic
def drop_template(*, template_id: int, by: Member, at: datetime) -> None:
    """Offer it no longer; twice is once."""
    template = ShowTemplate.objects.select_related("community").get(pk=template_id)
    hold_calendar(community=template.community, by=by)
    ShowTemplate.objects.filter(pk=template_id, dropped_at=None).update(dropped_at=at)


def _told(
    community: Community, name_ru: str, name_en: str, turn_around_min: int, time_zone: str, *, besides: int
) -> dict[str, object]:
    name = read_name(name_ru)
    if Studio.objects.filter(community=community, name_ru=name).exclude(pk=besides).exists():
        raise PlaceNameTaken()
    return {
        "name_ru": name,
        "name_en": read_words(name_en, length_max=80),
        "turn_around_min": read_term("turn_around_min", turn_around_min),
        "time_zone": read_zone(time_zone),
    }
