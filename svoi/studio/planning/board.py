"""The calendar of a community as columns of cards: days of a week, or the studios or hosts of one day."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.utils.formats import date_format

from svoi.communities.models import Community
from svoi.members.models import Member
from svoi.planning.models import Shift, Slot, Studio
from svoi.planning.queries.calendar import slots_between, studios_of, unplaced
from svoi.planning.queries.neighbours import terms_of
from svoi.planning.queries.standing import Standing, standing_between
from svoi.planning.rules.terms import local
from svoi.shows.models import Show
from svoi.studio.planning.asking import WantedCalendar
from svoi.studio.planning.words import Told, studio_name, told_conflicts

DAY = timedelta(days=1)
MINUTE = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Card:
    """A show in a column; times are minutes of the day by the clock of its studio."""

    slot: Slot
    day: date
    start_min: int
    approval: str
    conflicts: list[Standing]

    @property
    def hosts(self) -> list[Member]:
        return [one.member for one in self.shifts if one.role == "host"]

    @property
    def shifts(self) -> list[Shift]:
        return [one for one in self.slot.shifts.all() if one.removed_at is None]

    @property
    def open_conflicts(self) -> int:
        return sum(1 for one in self.conflicts if not one.accepted)

    @property
    def is_over(self) -> bool:
        return self.slot.show.went_live_at is not None


@dataclass(slots=True)
class Column:
    """A day of the week, or a studio or a host on one day; `key` is what a card dropped here gets."""

    key: str
    title: str
    note: str = ""
    is_today: bool = False
    is_gone: bool = False  # before today, in the week of today
    cards: list[Card] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Choice:
    """Somebody or somewhere a calendar can be narrowed to."""

    pk: int
    name: str


@dataclass(frozen=True, slots=True)
class Board:
    """Everything the page shows."""

    wanted: WantedCalendar
    columns: list[Column]
    choices: list[Choice]
    studios: list[Studio]
    unplaced: list[Show]
    told: list[tuple[Card, list[Told]]]
    zone: str
    today: date

    @property
    def hours(self) -> list[str]:
        """What stands beside the grid."""
        return [f"{hour:02d}:00" for hour in range(24)]

    @property
    def cards(self) -> list[Card]:
        return [card for column in self.columns for card in column.cards]


def zone_of(place: Community) -> str:
    """By which clock a community's days are counted."""
    return terms_of(community_id=place.pk).time_zone


def board_of(place: Community, wanted: WantedCalendar, *, zone: str, at: datetime) -> Board:
    """A fixed number of queries, however many shows."""
    first, last = moments(wanted, zone)
    # A studio's own clock may be hours away from that of the house.
    slots = slots_between(community_id=place.pk, first=first - DAY, last=last + DAY)
    standing = standing_between(community_id=place.pk, first=first - DAY, last=last + DAY)
    cards = [card for slot in slots if (card := _card(slot, standing)).day in wanted.days]
    studios = studios_of(community_id=place.pk)
    choices = _choices(wanted, cards, studios)
    shown = [card for card in cards if _is_of(card, wanted)]
    doubtful, today = [card for card in shown if card.conflicts], local(at, zone).date()
    return Board(
        wanted=wanted,
        columns=_columns(wanted, shown, choices, today=today),
        choices=choices,
        studios=studios,
        unplaced=unplaced(community_id=place.pk, at=at),
        told=_told(doubtful, place),
        zone=zone,
        today=today if today in wanted.days else wanted.days[0],
    )


def moments(wanted: WantedCalendar, zone: str) -> tuple[datetime, datetime]:
    """From the first midnight to the last, by the clock of a zone."""
    days = wanted.days
    clock = ZoneInfo(zone)
    first, last = (datetime.combine(day, time(), tzinfo=clock) for day in (days[0], days[-1] + DAY))
    return first.astimezone(UTC), last.astimezone(UTC)


def _card(slot: Slot, standing: dict[int, list[Standing]]) -> Card:
    starts = local(slot.starts_at, slot.studio.time_zone)
    start_min = starts.hour * 60 + starts.minute
    return Card(slot, starts.date(), start_min, slot.approval(), standing.get(slot.pk, []))


def _choices(wanted: WantedCalendar, cards: list[Card], studios: list[Studio]) -> list[Choice]:
    """Studios that are open or stand in a card; or everybody who hosts in what is shown, by name."""
    if wanted.by == "studio":
        known = {one.pk: studio_name(one) for one in (*studios, *(card.slot.studio for card in cards))}
    else:
        known = {one.pk: one.name for card in cards for one in card.hosts}
    return [Choice(pk, name) for pk, name in sorted(known.items(), key=lambda one: (one[1], one[0]))]


def _is_of(card: Card, wanted: WantedCalendar) -> bool:
    if not wanted.who:
        return True
    own = {card.slot.studio_id} if wanted.by == "studio" else {one.pk for one in card.hosts}
    return wanted.who in own


def _columns(wanted: WantedCalendar, cards: list[Card], choices: list[Choice], *, today: date) -> list[Column]:
    if wanted.day is None:
        columns = [
            Column(
                day.isoformat(),
                date_format(day, "D"),
                date_format(day, "j E"),
                is_today=day == today,
                is_gone=day < today <= wanted.days[-1],
            )
            for day in wanted.days
        ]
        by_key = {column.key: column for column in columns}
        for card in cards:
            by_key[card.day.isoformat()].cards.append(card)
        return columns
    kept = [one for one in choices if wanted.who in (None, one.pk)]
    columns = [Column(str(one.pk), one.name) for one in kept]
    for column in columns:
        number = int(column.key)
        for card in cards:
            own = {card.slot.studio_id} if wanted.by == "studio" else {one.pk for one in card.hosts}
            if number in own:
                column.cards.append(card)
    return columns


def _told(cards: list[Card], place: Community) -> list[tuple[Card, list[Told]]]:
    """Every conflict of the shown cards in words, read at once and dealt back to its card."""
    words = iter(told_conflicts([one for card in cards for one in card.conflicts], community_id=place.pk))
    return [(card, [next(words) for _ in card.conflicts]) for card in cards]
