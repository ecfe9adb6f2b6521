"""What this room knows about a member."""

from __future__ import annotations

from svoi.db.personal import Part
from svoi.planning.models import CalendarFeed, Reminder, SampleBooking, Shift, TrainingMark

PARTS = (
    Part("shifts", Shift, "member", leave_out=frozenset({"assigned_by"})),
    Part("training", TrainingMark, "member", leave_out=frozenset({"confirmed_by"})),
    Part("samples_held", SampleBooking, "holder", leave_out=frozenset({"booked_by"})),
    Part("reminders", Reminder, "member"),
    Part("calendar_addresses", CalendarFeed, "member", leave_out=frozenset({"token_hash"})),
)
_HOUSE = "what a producer did for the house; the row is the calendar's"
EXEMPT = {
    "Studio.opened_by": _HOUSE,
    "PlanningTerms.changed_by": _HOUSE,
    "Sample.said_by": _HOUSE,
    "TrainingStep.added_by": _HOUSE,
    "TrainingMark.confirmed_by": "what a producer did for the house; the row is the learner's",
    "Slot.planned_by": _HOUSE,
    "Slot.moved_by": _HOUSE,
    "Slot.removed_by": _HOUSE,
    "Shift.assigned_by": "what a producer did for the house; the row is hers who works",
    "SlotApproval.asked_by": _HOUSE,
    "SlotApproval.decided_by": _HOUSE,
    "ConflictAcceptance.accepted_by": _HOUSE,
    "SampleBooking.booked_by": "what a producer did for the house; the row is hers who holds the pieces",
    "ShowTemplate.host": "whom a template proposes; the shows made from it are told as shows she hosted",
    "ShowTemplate.kept_by": _HOUSE,
    "Series.planned_by": _HOUSE,
    "SeriesHost.member": "whose turn it is; the shows and shifts that came of it are told",
    "SeriesSkip.skipped_by": _HOUSE,
}
