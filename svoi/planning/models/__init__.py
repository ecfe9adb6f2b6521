"""Places, plans, people and series of the calendar."""

from svoi.planning.models.house import PlanningTerms, Sample, Studio, TrainingMark, TrainingStep
from svoi.planning.models.reminders import CalendarFeed, Reminder
from svoi.planning.models.series import Series, SeriesHost, SeriesSkip, ShowTemplate
from svoi.planning.models.slots import ConflictAcceptance, SampleBooking, Shift, Slot, SlotApproval

__all__ = [
    "CalendarFeed",
    "ConflictAcceptance",
    "PlanningTerms",
    "Reminder",
    "Sample",
    "SampleBooking",
    "Series",
    "SeriesHost",
    "SeriesSkip",
    "Shift",
    "ShowTemplate",
    "Slot",
    "SlotApproval",
    "Studio",
    "TrainingMark",
    "TrainingStep",
]
