"""The calendar's forms. Dates and times are by the clock of the studio that is chosen."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from datetime import date, time
from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from svoi.planning.actions.placing import Place
from svoi.planning.actions.series import Wanted
from svoi.planning.models import Series, Slot, Studio
from svoi.planning.rules.recurring import days_from_mask, moment_of
from svoi.planning.rules.terms import BOUNDS, LENGTH_MIN, PREPARATION_MIN, REASON_LENGTH_MAX, UNTRAINED, local
from svoi.studio.forms import WordsForm
from svoi.studio.planning.asking import read_date
from svoi.studio.planning.words import WEEKDAY_WORDS, WORK_WORDS, studio_name

HOUR_MIN = 60
UNTRAINED_WORDS: dict[str, str | Promise] = {
    "warn": _("Warn, and let a producer decide"),
    "refuse": _("Refuse until training is confirmed"),
}


class DayField(forms.DateField):
    """A date of this century: a number of years nobody means is no date."""

    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")

    def to_python(self, value: Any) -> date | None:
        day = super().to_python(value)
        if day is not None and read_date(day.isoformat()) is None:
            raise forms.ValidationError(self.error_messages["invalid"], code="invalid")
        return day


class ClockField(forms.TimeField):
    widget = forms.TimeInput(attrs={"type": "time", "step": 300}, format="%H:%M")


def minutes_field(name: str, label: Any, initial: int, help_text: Any = "") -> forms.IntegerField:
    least, most = BOUNDS[name]
    return forms.IntegerField(label=label, min_value=least, max_value=most, initial=initial, help_text=help_text)


class ReasonForm(forms.Form):
    """Why a warning is taken upon oneself; asked for only when there is one."""

    accepting = forms.CharField(
        label=_("Why it is all right"),
        max_length=REASON_LENGTH_MAX,
        required=False,
        help_text=_("It stays on record under your name."),
    )


class PlaceForm(ReasonForm):
    """Where and when."""

    date = DayField(label=_("Day"))
    time = ClockField(label=_("Begins at"), help_text=_("By the clock of the studio."))
    length_min = minutes_field("length_min", _("Length, minutes"), LENGTH_MIN)
    preparation_min = minutes_field("preparation_min", _("Preparation before it, minutes"), PREPARATION_MIN)
    studio = forms.TypedChoiceField(label=_("Studio"), coerce=int)

    def __init__(self, *args: Any, studios: list[Studio], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._zones = {one.pk: one.time_zone for one in studios}
        self.fields["studio"].choices = [(one.pk, studio_name(one)) for one in studios]  # type: ignore[attr-defined]

    def place(self) -> Place:
        told = self.cleaned_data
        return Place(
            studio_id=told["studio"],
            starts_at=moment_of(told["date"], told["time"], self._zones[told["studio"]]),
            length_min=told["length_min"],
            preparation_min=told["preparation_min"],
        )


class MoveForm(PlaceForm):
    """Another place for a plan, from somebody who saw version `seen`."""

    seen = forms.IntegerField(min_value=1, max_value=2**31 - 1, widget=forms.HiddenInput)


class ShowForm(WordsForm, PlaceForm):
    """A new show with its place."""

    host = forms.TypedChoiceField(label=_("Host"), coerce=int)

    def __init__(self, *args: Any, hosts: list[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["host"].choices = hosts  # type: ignore[attr-defined]


class CopyForm(ReasonForm):
    """The same show on another day."""

    date = DayField(label=_("Day"))
    time = ClockField(label=_("Begins at"))


class ShiftForm(ReasonForm):
    """Who does what on a show; without times the whole of it."""

    member = forms.TypedChoiceField(label=_("Who"), coerce=int)
    role = forms.ChoiceField(label=_("Work"))
    from_time = ClockField(label=_("From"), required=False)
    to_time = ClockField(label=_("To"), required=False)

    def __init__(self, *args: Any, crew: list[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["member"].choices = crew  # type: ignore[attr-defined]
        self.fields["role"].choices = list(WORK_WORDS.items())  # type: ignore[attr-defined]


class SampleForm(ReasonForm):
    """Pieces of a sample for a show; none gives them back."""

    sample = forms.TypedChoiceField(label=_("Sample"), coerce=int)
    pieces = minutes_field("pieces", _("Pieces"), 1)
    holder = forms.TypedChoiceField(label=_("Who brings them"), coerce=int)

    def __init__(self, *args: Any, samples: list[tuple[int, str]], crew: list[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["sample"].choices = samples  # type: ignore[attr-defined]
        self.fields["holder"].choices = crew  # type: ignore[attr-defined]


class SeriesForm(forms.Form):
    """Shows that come round."""

    title_ru = forms.CharField(label=_("Title in Russian"), max_length=140)
    title_en = forms.CharField(label=_("Title in English"), max_length=140, required=False)
    weekdays = forms.TypedMultipleChoiceField(
        label=_("On"), coerce=int, choices=list(enumerate(WEEKDAY_WORDS)), widget=forms.CheckboxSelectMultiple
    )
    time = ClockField(label=_("Begins at"), help_text=_("By the clock of the studio, in summer and in winter."))
    length_min = minutes_field("length_min", _("Length, minutes"), LENGTH_MIN)
    preparation_min = minutes_field("preparation_min", _("Preparation before it, minutes"), PREPARATION_MIN)
    studio = forms.TypedChoiceField(label=_("Studio"), coerce=int)
    hosts = forms.TypedMultipleChoiceField(
        label=_("Hosts"), coerce=int, widget=forms.CheckboxSelectMultiple, help_text=_("They take turns in this order.")
    )
    starts_on = DayField(label=_("First day"))
    until = DayField(label=_("Last day"), required=False)
    weeks_ahead = minutes_field("weeks_ahead", _("Made ahead, weeks"), 4)

    def __init__(self, *args: Any, studios: list[Studio], crew: list[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["studio"].choices = [(one.pk, studio_name(one)) for one in studios]  # type: ignore[attr-defined]
        self.fields["hosts"].choices = crew  # type: ignore[attr-defined]

    def wanted(self) -> Wanted:
        told = self.cleaned_data
        return Wanted(
            title_ru=told["title_ru"],
            title_en=told["title_en"],
            studio_id=told["studio"],
            weekdays=frozenset(told["weekdays"]),
            local_time=told["time"],
            length_min=told["length_min"],
            preparation_min=told["preparation_min"],
            starts_on=told["starts_on"],
            until=told["until"],
            host_ids=tuple(told["hosts"]),
            weeks_ahead=told["weeks_ahead"],
        )


class StudioForm(forms.Form):
    """A place where shows are made."""

    name_ru = forms.CharField(label=_("Name in Russian"), max_length=80)
    name_en = forms.CharField(label=_("Name in English"), max_length=80, required=False)
    turn_around_min = minutes_field("turn_around_min", _("Between two shows, minutes"), 30)
    time_zone = forms.CharField(
        label=_("Time zone"), max_length=40, help_text=_("By its international name, for example Europe/Moscow.")
    )


class TermsForm(forms.Form):
    """How a community spares its hosts; hours are kept in minutes."""

    rest_min = minutes_field("rest_min", _("Rest of a host between two shows, minutes"), 60)
    day_max_h = forms.IntegerField(label=_("A host is at shows, hours a day at most"), min_value=1, max_value=24)
    week_max_h = forms.IntegerField(label=_("A host is at shows, hours a week at most"), min_value=1, max_value=168)
    untrained = forms.ChoiceField(label=_("A host with open steps of training"), choices=list(UNTRAINED_WORDS.items()))
    time_zone = forms.CharField(label=_("Days are counted by"), max_length=40)

    def limits(self) -> dict[str, int]:
        told = self.cleaned_data
        return {
            "rest_min": told["rest_min"],
            "day_max_min": told["day_max_h"] * HOUR_MIN,
            "week_max_min": told["week_max_h"] * HOUR_MIN,
        }


def place_of(slot: Slot) -> dict[str, Any]:
    """What a form of its place begins from."""
    starts = local(slot.starts_at, slot.studio.time_zone)
    return {
        "date": starts.date(),
        "time": starts.time().replace(second=0, microsecond=0),
        "length_min": slot.length_min,
        "preparation_min": slot.preparation_min,
        "studio": slot.studio_id,
        "seen": slot.version,
    }


def pattern_of(series: Series) -> dict[str, Any]:
    """What a form of a series begins from."""
    names = ("title_ru", "title_en", "length_min", "preparation_min", "starts_on", "until", "weeks_ahead")
    return {
        **{name: getattr(series, name) for name in names},
        "weekdays": sorted(days_from_mask(series.weekdays)),
        "time": series.local_time,
        "studio": series.studio_id,
        "hosts": [one.member_id for one in series.hosts.all()],
    }


def initial_place(asked: Mapping[str, str]) -> dict[str, Any]:
    """A form of a new show begins where somebody pointed at in the calendar."""
    told: dict[str, Any] = {}
    if day := read_date(asked.get("date", "")):
        told["date"] = day
    with suppress(ValueError):
        told["time"] = time.fromisoformat(asked.get("time", "")).replace(second=0, microsecond=0, tzinfo=None)
    if asked.get("studio", "").isdecimal():
        told["studio"] = asked["studio"][:9]
    return told


assert UNTRAINED_WORDS.keys() == set(UNTRAINED)
