"""What happened in the calendar; a show's plan is told in the stream of its show, the rest in its community's."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from svoi.kernel.events import Event


@dataclass(frozen=True, kw_only=True)
class PlanEvent(Event):
    """Something that happened to one planned show."""

    show_id: int

    def stream(self) -> str:
        return f"show:{self.show_id}"


@dataclass(frozen=True, kw_only=True)
class ShowPlanned(PlanEvent):
    """A show got its place in the calendar: as a copy of another, from a series, or by itself."""

    from_show_id: int | None
    series_id: int | None


@dataclass(frozen=True, kw_only=True)
class SlotMoved(PlanEvent):
    """A planned show has another place or time, or lasts longer or shorter."""

    slot_id: int
    version: int
    studio_id: int
    begins_at: datetime
    ends_at: datetime
    by_id: int


@dataclass(frozen=True, kw_only=True)
class SlotRemoved(PlanEvent):
    """A planned show was taken out of the calendar; it will not be."""

    slot_id: int
    by_id: int
    reason: str


@dataclass(frozen=True, kw_only=True)
class ApprovalAsked(PlanEvent):
    """Somebody asked whether this version of a plan holds."""

    slot_id: int
    version: int
    by_id: int


@dataclass(frozen=True, kw_only=True)
class SlotApproved(PlanEvent):
    """A plan was agreed to."""

    slot_id: int
    version: int
    by_id: int


@dataclass(frozen=True, kw_only=True)
class SlotDeclined(PlanEvent):
    """A plan was not agreed to, for a reason."""

    slot_id: int
    version: int
    by_id: int
    reason: str


@dataclass(frozen=True, kw_only=True)
class ConflictAccepted(PlanEvent):
    """A producer took a warning upon herself."""

    slot_id: int
    conflict: str
    by_id: int
    reason: str


@dataclass(frozen=True, kw_only=True)
class ShiftAssigned(PlanEvent):
    """Somebody works on a show."""

    shift_id: int
    member_id: int
    role: str
    by_id: int


@dataclass(frozen=True, kw_only=True)
class ShiftWithdrawn(PlanEvent):
    """Somebody works on a show no longer."""

    shift_id: int
    member_id: int
    role: str
    by_id: int


@dataclass(frozen=True, kw_only=True)
class SamplesBooked(PlanEvent):
    """Pieces of a sample are held for a show by somebody; none when `pieces` is zero."""

    product_id: int
    pieces: int
    holder_id: int
    by_id: int


@dataclass(frozen=True, kw_only=True)
class ReminderRang(PlanEvent):
    """A member who asked for it is reminded of a show, once."""

    reminder_id: int
    member_id: int


@dataclass(frozen=True, kw_only=True)
class RemindersRang(PlanEvent):
    """Letters go out to so many (`reach`) who asked to be reminded of a show: its room may fill because of them."""

    reach: int


@dataclass(frozen=True, kw_only=True)
class HouseEvent(Event):
    """Something that happened to how a community plans."""

    community_id: int

    def stream(self) -> str:
        return f"community:{self.community_id}"


@dataclass(frozen=True, kw_only=True)
class StudioOpened(HouseEvent):
    """A community has one place more to make shows in."""

    studio_id: int
    by_id: int


@dataclass(frozen=True, kw_only=True)
class StudioChanged(HouseEvent):
    """A studio has another name, zone or turn-around time."""

    studio_id: int
    by_id: int


@dataclass(frozen=True, kw_only=True)
class StudioShut(HouseEvent):
    """Nothing new is planned in this studio."""

    studio_id: int
    by_id: int


@dataclass(frozen=True, kw_only=True)
class PlanningTermsChanged(HouseEvent):
    """Other limits of rest, hours and training hold from now on."""

    by_id: int


@dataclass(frozen=True, kw_only=True)
class SeriesPlanned(HouseEvent):
    """Shows come round on certain days from now on."""

    series_id: int
    by_id: int


@dataclass(frozen=True, kw_only=True)
class SeriesChanged(HouseEvent):
    """The pattern of a series is another one; what was agreed to stays."""

    series_id: int
    version: int
    by_id: int


@dataclass(frozen=True, kw_only=True)
class SeriesStopped(HouseEvent):
    """No more shows come of this series."""

    series_id: int
    by_id: int


@dataclass(frozen=True, kw_only=True)
class SeriesDateSkipped(HouseEvent):
    """A series leaves out one date for good."""

    series_id: int
    local_date: str
    by_id: int


@dataclass(frozen=True, kw_only=True)
class TrainingConfirmed(HouseEvent):
    """Somebody saw that a host has learned a step."""

    step_id: int
    member_id: int
    by_id: int
