"""Planning a show: a new one, one that was announced, or the copy of another."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from svoi.communities.models import Community
from svoi.db.outbox import record
from svoi.db.transaction import atomic
from svoi.members.models import Member
from svoi.planning.actions.judging import judged, keep_accepted
from svoi.planning.actions.locking import guarded, hold_calendar
from svoi.planning.events import ShowPlanned
from svoi.planning.models import Series, Shift, Slot, Studio
from svoi.planning.rules.approving import PlacedAlready
from svoi.planning.rules.conflicts import Plan, Work
from svoi.planning.rules.terms import (
    TITLE_LENGTH_MAX,
    StudioClosed,
    admit_moment,
    read_name,
    read_words,
    span_of,
)
from svoi.shows.actions.scheduling import replan_show, schedule_show
from svoi.shows.models import Show


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where and when: the show begins at `starts_at`, its preparation before that."""

    studio_id: int
    starts_at: datetime
    length_min: int
    preparation_min: int

    @property
    def span(self) -> tuple[datetime, datetime]:
        """From the beginning of the preparation to the end of the show. Raises `TermOutOfRange`."""
        return span_of(starts_at=self.starts_at, preparation_min=self.preparation_min, length_min=self.length_min)


@atomic
def plan_show(
    *,
    community: Community,
    place: Place,
    host: Member,
    words: Mapping[str, str],
    by: Member,
    at: datetime,
    accepting: str | None = "",
    copied_from: Show | None = None,
    series: tuple[Series, date] | None = None,
) -> Slot:
    """A new show in a place; `words` are its titles and stories.

    Raises `RoleMissing`, `TooLateToPlan`, `TermOutOfRange`, `StudioClosed`, `PlaceNameMissing`, `PlanImpossible`, and
    `PlanDoubtful` unless `accepting` says why its warnings are accepted.
    """
    hold_calendar(community=community, by=by)
    admit_moment(starts_at=place.starts_at, at=at)
    studio = open_place(studio_id=place.studio_id)
    doubts = judged(plan=_proposed(community, studio, place.span, host), accepting=accepting)
    show = schedule_show(
        community=community,
        host=host,
        title_ru=read_name(words["title_ru"], length_max=TITLE_LENGTH_MAX),
        title_en=read_words(words.get("title_en", ""), length_max=TITLE_LENGTH_MAX),
        about_ru=words.get("about_ru", ""),
        about_en=words.get("about_en", ""),
        starts_at=place.starts_at,
        poster=copied_from.poster if copied_from else "",
        by=by,
        at=at,
    )
    slot = _placed(show, place, studio, by=by, at=at, series=series)
    keep_accepted(slot=slot, conflicts=doubts, reason=accepting, by=by, at=at)
    record(
        ShowPlanned(
            show_id=show.pk,
            from_show_id=copied_from.pk if copied_from else None,
            series_id=series[0].pk if series else None,
        )
    )
    return slot


@atomic
def place_show(*, show_id: int, place: Place, by: Member, at: datetime, accepting: str = "") -> Slot:
    """A place for a show that was announced without one. Raises as `plan_show`, and `PlacedAlready`, `AlreadyLive`."""
    show = Show.objects.select_related("community", "host").get(pk=show_id)
    hold_calendar(community=show.community, by=by)
    if Slot.objects.filter(show=show).exists():
        raise PlacedAlready()
    admit_moment(starts_at=place.starts_at, at=at)
    studio = open_place(studio_id=place.studio_id)
    doubts = judged(plan=_proposed(show.community, studio, place.span, show.host), accepting=accepting)
    replan_show(show_id=show_id, starts_at=place.starts_at, host=show.host, at=at)
    slot = _placed(show, place, studio, by=by, at=at, series=None)
    keep_accepted(slot=slot, conflicts=doubts, reason=accepting, by=by, at=at)
    record(ShowPlanned(show_id=show_id, from_show_id=None, series_id=None))
    return slot


@atomic
def copy_show(*, slot_id: int, starts_at: datetime, by: Member, at: datetime, accepting: str = "") -> Slot:
    """The same show once more at another time: words, studio, length, host. Raises as `plan_show`."""
    source = Slot.objects.select_related("community", "show__host").get(pk=slot_id)
    show = source.show
    place = Place(
        studio_id=source.studio_id,
        starts_at=starts_at,
        length_min=source.length_min,
        preparation_min=source.preparation_min,
    )
    words = {name: getattr(show, name) for name in ("title_ru", "title_en", "about_ru", "about_en")}
    return plan_show(
        community=source.community,
        place=place,
        host=show.host,
        words=words,
        by=by,
        at=at,
        accepting=accepting,
        copied_from=show,
    )


def open_place(*, studio_id: int) -> Studio:
    """A studio that takes new plans; raises `StudioClosed`."""
    studio = Studio.objects.filter(pk=studio_id, closed_at=None).first()
    if studio is None:
        raise StudioClosed()
    return studio


def _proposed(community: Community, studio: Studio, when: tuple[datetime, datetime], host: Member) -> Plan:
    begins_at, ends_at = when
    return Plan(
        slot_id=0,
        community_id=community.pk,
        studio_id=studio.pk,
        studio_community_id=studio.community_id,
        turn_around_min=studio.turn_around_min,
        begins_at=begins_at,
        ends_at=ends_at,
        work=(Work(member_id=host.pk, begins_at=begins_at, ends_at=ends_at),),
    )


def _placed(
    show: Show, place: Place, studio: Studio, *, by: Member, at: datetime, series: tuple[Series, date] | None
) -> Slot:
    """The slot of a show and its host's shift."""
    begins_at, ends_at = place.span
    with guarded():
        slot = Slot.objects.create(
            community_id=show.community_id,
            show=show,
            studio=studio,
            series=series[0] if series else None,
            local_date=series[1] if series else None,
            begins_at=begins_at,
            ends_at=ends_at,
            preparation_min=place.preparation_min,
            planned_by=by,
            planned_at=at,
        )
        when = {"begins_at": begins_at, "ends_at": ends_at, "assigned_at": at, "changed_at": at}
        Shift.objects.create(slot=slot, member=show.host, role="host", assigned_by=by, **when)
    return slot
