"""How long things may last, who may plan, and the words somebody typed about them."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import ClassVar, Literal
from zoneinfo import ZoneInfo, available_timezones

from svoi.communities.rules import CREW, MAY_RUN_SHOWS
from svoi.kernel.refused import Refused

MAY_PLAN = MAY_RUN_SHOWS
MAY_SEE_CALENDAR = CREW

ShiftRole = Literal["host", "producer", "assistant", "editor", "moderator"]
SHIFT_ROLES: tuple[ShiftRole, ...] = ("host", "producer", "assistant", "editor", "moderator")
UNTRAINED = ("warn", "refuse")
# Least and most, by column. A show of more than 13 hours is a slip of the finger.
BOUNDS: dict[str, tuple[int, int]] = {
    "length_min": (5, 780),
    "preparation_min": (0, 480),
    "turn_around_min": (0, 480),
    "rest_min": (0, 2_880),
    "day_max_min": (5, 1_440),
    "week_max_min": (5, 10_080),
    "pieces": (0, 10_000),
    "weeks_ahead": (1, 26),
}
# What holds until somebody says otherwise: an hour between two shows of a host, four hours a day, twenty a week.
DEFAULTS = {"rest_min": 60, "day_max_min": 240, "week_max_min": 1_200}
TURN_AROUND_MIN = 30
PREPARATION_MIN = 30
LENGTH_MIN = 60
WEEKS_AHEAD = 4
NAME_LENGTH_MAX = 80
TITLE_LENGTH_MAX = 140
REASON_LENGTH_MAX = 200


class TermOutOfRange(Refused):
    """The number called `name` is a whole one from `least` to `most`."""

    code: ClassVar[str] = "plan_term_unfit"


class ZoneUnknown(Refused):
    """There is no time zone of this name."""

    code: ClassVar[str] = "zone_unknown"


class PlaceNameMissing(Refused):
    """A studio, a show, a step or a series needs a name."""

    code: ClassVar[str] = "plan_name_missing"


class PlaceNameTaken(Refused):
    """Another studio of this community bears the name already."""

    code: ClassVar[str] = "studio_name_taken"


class StudioClosed(Refused):
    """Nothing new is planned in a studio that was closed."""

    code: ClassVar[str] = "studio_closed"


class StudioInUse(Refused):
    """Shows still stand in this studio; the next one begins at `begins_at`."""

    code: ClassVar[str] = "studio_in_use"


class RoleOnShowUnknown(Refused):
    """There is no such work on a show; `roles` are those there are."""

    code: ClassVar[str] = "shift_role_unknown"


class ProductElsewhere(Refused):
    """The community has no such product, or no sample of it."""

    code: ClassVar[str] = "sample_unknown"


class ReasonMissing(Refused):
    """This needs a word about why."""

    code: ClassVar[str] = "plan_reason_missing"


class TooLateToPlan(Refused):
    """The moment has passed already."""

    code: ClassVar[str] = "too_late_to_plan"


def read_term(name: str, number: int) -> int:
    """The number, when it is within its bounds; raises `TermOutOfRange`."""
    least, most = BOUNDS[name]
    if not least <= number <= most:
        raise TermOutOfRange(name=name, least=least, most=most)
    return number


def read_zone(typed: str) -> str:
    """A zone of the IANA list; raises `ZoneUnknown`."""
    if typed not in available_timezones():
        raise ZoneUnknown()
    return typed


def read_name(typed: str, *, length_max: int = NAME_LENGTH_MAX) -> str:
    """A name on one line; raises `PlaceNameMissing`."""
    name = read_words(typed, length_max=length_max)
    if not name:
        raise PlaceNameMissing()
    return name


def read_reason(typed: str) -> str:
    """Why something was decided; raises `ReasonMissing`."""
    reason = read_words(typed, length_max=REASON_LENGTH_MAX)
    if not reason:
        raise ReasonMissing()
    return reason


def read_words(typed: str, *, length_max: int) -> str:
    """Words on one line, as a database can bear them."""
    return " ".join(typed.replace("\0", " ").encode("utf-8", "ignore").decode().split())[:length_max].strip()


def read_shift_role(typed: str) -> ShiftRole:
    """One of the kinds of work on a show; raises `RoleOnShowUnknown`."""
    for role in SHIFT_ROLES:
        if role == typed:
            return role
    raise RoleOnShowUnknown(roles=list(SHIFT_ROLES))


def span_of(*, starts_at: datetime, preparation_min: int, length_min: int) -> tuple[datetime, datetime]:
    """From the beginning of the preparation to the end of the show. Raises `TermOutOfRange`."""
    before = timedelta(minutes=read_term("preparation_min", preparation_min))
    return starts_at - before, starts_at + timedelta(minutes=read_term("length_min", length_min))


def admit_moment(*, starts_at: datetime, at: datetime) -> None:
    """What is planned is still to come; raises `TooLateToPlan`."""
    if starts_at <= at:
        raise TooLateToPlan()


def local(moment: datetime, zone: str) -> datetime:
    """The moment by the clock of a place."""
    return moment.astimezone(ZoneInfo(zone))
