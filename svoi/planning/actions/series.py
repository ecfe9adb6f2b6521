"""Shows that come round: planned, changed for what is still open, made ahead, left out, ended."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from svoi.communities.models import Community
from svoi.db.outbox import record
from svoi.db.transaction import atomic
from svoi.members.models import Member
from svoi.planning.actions.locking import guarded, hold_calendar
from svoi.planning.actions.moving import put, skip_for_good, take_out
from svoi.planning.actions.placing import Place, open_place, plan_show
from svoi.planning.events import SeriesChanged, SeriesPlanned, SeriesStopped
from svoi.planning.models import Series, SeriesHost, Slot, Studio
from svoi.planning.rules.approving import SlotStale, series_may_change
from svoi.planning.rules.conflicts import Conflict, PlanImpossible
from svoi.planning.rules.recurring import SeriesEnded, dates_of, mask_of, moment_of, read_pattern, turn_of
from svoi.planning.rules.terms import TITLE_LENGTH_MAX, local, read_name, read_term, read_words
from svoi.shows.actions.scheduling import replan_show


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What a series is to be: words, days of the week (Monday is 0), the studio's time, hosts in the order of turns."""

    title_ru: str
    title_en: str = ""
    about_ru: str = ""
    about_en: str = ""
    studio_id: int
    weekdays: frozenset[int]
    local_time: time
    length_min: int
    preparation_min: int
    starts_on: date
    until: date | None = None
    host_ids: tuple[int, ...] = ()
    weeks_ahead: int = 4


@dataclass(slots=True)
class Round:
    """What making a series did: dates made, changed, taken out, and those a hard conflict kept out."""

    made: list[date] = field(default_factory=list)
    changed: list[date] = field(default_factory=list)
    taken_out: list[date] = field(default_factory=list)
    kept_out: list[tuple[date, list[Conflict]]] = field(default_factory=list)


@atomic
def plan_series(*, community: Community, wanted: Wanted, by: Member, at: datetime) -> Series:
    """A new series, without shows yet: `make_series` makes them.

    Raises `RoleMissing`, `PatternEmpty`, `StudioClosed`, `TermOutOfRange`, `PlaceNameMissing`.
    """
    hold_calendar(community=community, by=by)
    series = Series.objects.create(community=community, **_columns(wanted), planned_by=by, planned_at=at)
    _seat(series, wanted.host_ids)
    record(SeriesPlanned(community_id=community.pk, series_id=series.pk, by_id=by.pk))
    return series


@atomic
def change_series(*, series_id: int, seen: int, wanted: Wanted, by: Member, at: datetime) -> Round:
    """Another pattern for what is to come and was not agreed to; shows agreed to or moved by hand stay as they are.

    Raises `SlotStale` when somebody changed it meanwhile, `SeriesEnded`, and as `plan_series`.
    """
    series = _held(series_id, by=by)
    if series.version != seen:
        raise SlotStale(version=series.version)
    for name, value in {**_columns(wanted), "version": series.version + 1}.items():
        setattr(series, name, value)
    series.save()
    _seat(series, wanted.host_ids)
    record(SeriesChanged(community_id=series.community_id, series_id=series_id, version=series.version, by_id=by.pk))
    return _come_round(series, by=by, at=at)


@atomic
def make_series(*, series_id: int, by: Member, at: datetime) -> Round:
    """Make the shows of the next `weeks_ahead` weeks; again makes nothing new. Raises `SeriesEnded`, `RoleMissing`."""
    return _come_round(_held(series_id, by=by), by=by, at=at)


@atomic
def skip_date(*, series_id: int, day: date, reason: str, by: Member, at: datetime) -> None:
    """Leave a date out for good; a show made for it that has not begun is called off. Twice is once."""
    series = _held(series_id, by=by)
    skip_for_good(series=series, day=day, reason=reason, by=by, at=at)
    slot = Slot.objects.standing().select_related("show").filter(series=series, local_date=day).first()
    if slot is not None and slot.show.went_live_at is None:
        take_out(slot=slot, reason=reason, by=by, at=at)


@atomic
def end_series(*, series_id: int, by: Member, at: datetime) -> Round:
    """No more shows of it; those to come that nobody agreed to are taken out. Raises `SeriesEnded`, `RoleMissing`."""
    series = _held(series_id, by=by)
    Series.objects.filter(pk=series_id).update(ended_at=at)
    record(SeriesStopped(community_id=series.community_id, series_id=series_id, by_id=by.pk))
    done = Round()
    for slot in _open_slots(series, at=at):
        take_out(slot=slot, reason="", by=by, at=at)
        done.taken_out.append(_date(slot))
    return done


def _held(series_id: int, *, by: Member) -> Series:
    series = Series.objects.select_related("community", "studio").get(pk=series_id)
    hold_calendar(community=series.community, by=by)
    series = Series.objects.select_related("community", "studio").get(pk=series_id)
    if series.ended_at is not None:
        raise SeriesEnded()
    return series


def _columns(wanted: Wanted) -> dict[str, object]:
    studio: Studio = open_place(studio_id=wanted.studio_id)
    days = {"weekdays": wanted.weekdays, "starts_on": wanted.starts_on, "until": wanted.until}
    read_pattern(**days, hosts=len(set(wanted.host_ids)))  # type: ignore[arg-type]
    return {
        "title_ru": read_name(wanted.title_ru, length_max=TITLE_LENGTH_MAX),
        "title_en": read_words(wanted.title_en, length_max=TITLE_LENGTH_MAX),
        "about_ru": wanted.about_ru,
        "about_en": wanted.about_en,
        "studio": studio,
        "time_zone": studio.time_zone,
        "local_time": wanted.local_time,
        "length_min": read_term("length_min", wanted.length_min),
        "preparation_min": read_term("preparation_min", wanted.preparation_min),
        "weeks_ahead": read_term("weeks_ahead", wanted.weeks_ahead),
        **days,
        "weekdays": mask_of(wanted.weekdays),
    }


def _seat(series: Series, host_ids: Sequence[int]) -> None:
    SeriesHost.objects.filter(series=series).delete()
    turns = list(dict.fromkeys(host_ids))
    SeriesHost.objects.bulk_create(
        SeriesHost(series=series, member_id=member_id, position=place) for place, member_id in enumerate(turns)
    )


def _come_round(series: Series, *, by: Member, at: datetime) -> Round:
    """Bring the open future of a series in line with its pattern: what is missing made, what is out of it taken out."""
    done, today = Round(), local(at, series.time_zone).date()
    wanted = dates_of(series.pattern, first=today, last=today + timedelta(weeks=series.weeks_ahead))
    skipped = set(series.skips.values_list("local_date", flat=True))
    hosts = [one.member for one in series.hosts.select_related("member")]
    known = dict(series.slots.values_list("local_date", "removed_at"))
    for slot in _open_slots(series, at=at):
        day = _date(slot)
        if day not in dates_of(series.pattern, first=day, last=day):
            _let_go(slot, by=by, at=at)
            done.taken_out.append(day)
        else:
            _bring_in_line(series, slot, hosts[turn_of(series.pattern, day, hosts=len(hosts))], done, by=by, at=at)
    for day in wanted:
        if day not in known and day not in skipped and moment_of(day, series.local_time, series.time_zone) > at:
            _make(series, day, hosts[turn_of(series.pattern, day, hosts=len(hosts))], done, by=by, at=at)
    return done


def _open_slots(series: Series, *, at: datetime) -> list[Slot]:
    rows = Slot.objects.standing().filter(series=series, ends_at__gt=at, show__went_live_at=None)
    rows = rows.select_related("show__host", "studio", "community").prefetch_related("approvals").order_by("local_date")
    return [
        slot
        for slot in rows
        if series_may_change(
            standing=slot.approval(), is_by_hand=slot.moved_at is not None, starts_at=slot.starts_at, at=at
        )
    ]


def _make(series: Series, day: date, host: Member, done: Round, *, by: Member, at: datetime) -> None:
    try:
        with guarded():
            plan_show(
                community=series.community,
                place=_place(series, day),
                host=host,
                words=_words(series),
                by=by,
                at=at,
                accepting=None,
                series=(series, day),
            )
    except PlanImpossible as no:
        done.kept_out.append((day, no.facts["conflicts"]))
    else:
        done.made.append(day)


def _bring_in_line(series: Series, slot: Slot, host: Member, done: Round, *, by: Member, at: datetime) -> None:
    """Place, host and words of a show as the series says now; a hard conflict leaves the show where it is."""
    day, place = _date(slot), _place(series, _date(slot))
    words = {} if slot.reworded_at else _words(series)  # what was chosen by hand stays
    is_moved = (place.studio_id, place.span, place.preparation_min) != (
        slot.studio_id, (slot.begins_at, slot.ends_at), slot.preparation_min,
    )  # fmt: skip
    is_said = all(getattr(slot.show, name) == value for name, value in words.items())
    if not is_moved and is_said and slot.show.host_id == host.pk:
        return
    try:
        with guarded():
            put(slot=slot, place=place, host=host, by=by, at=at, accepting=None, by_hand=False)
            replan_show(show_id=slot.show_id, starts_at=place.starts_at, host=host, words=words, at=at)
    except PlanImpossible as no:
        done.kept_out.append((day, no.facts["conflicts"]))
    else:
        done.changed.append(day)


def _let_go(slot: Slot, *, by: Member, at: datetime) -> None:
    """A date that is no longer in the pattern: the show is called off, and the date is free to come back."""
    take_out(slot=slot, reason="", by=by, at=at)
    Slot.objects.filter(pk=slot.pk).update(series=None, local_date=None)


def _place(series: Series, day: date) -> Place:
    return Place(
        studio_id=series.studio_id,
        starts_at=moment_of(day, series.local_time, series.time_zone),
        length_min=series.length_min,
        preparation_min=series.preparation_min,
    )


def _words(series: Series) -> dict[str, str]:
    return {name: getattr(series, name) for name in ("title_ru", "title_en", "about_ru", "about_en")}


def _date(slot: Slot) -> date:
    assert slot.local_date is not None
    return slot.local_date
