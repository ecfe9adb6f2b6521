"""The studio's forms."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext, ngettext, pgettext
from django.utils.translation import gettext_lazy as _

LATE_PLAN_S = 10 * 60  # planning takes a few minutes, and "now" should still be a good answer then
AHEAD_DAYS_MAX = 366
QUARTER_S = 15 * 60
SLOW_MODES_S = (0, 5, 10, 15, 30, 60)


class WordsForm(forms.Form):
    """How a show is announced in words."""

    title_ru = forms.CharField(label=_("Title in Russian"), max_length=140)
    title_en = forms.CharField(label=_("Title in English"), max_length=140, required=False)
    about_ru = forms.CharField(label=_("About, in Russian"), widget=forms.Textarea, required=False, max_length=2000)
    about_en = forms.CharField(label=_("About, in English"), widget=forms.Textarea, required=False, max_length=2000)

    def words(self) -> dict[str, str]:
        return {name: self.cleaned_data[name] for name in ("title_ru", "title_en", "about_ru", "about_en")}


class PlanForm(WordsForm):
    """What a show needs to stand in the calendar."""

    starts_at = forms.DateTimeField(
        label=_("Begins at"), widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
    )
    host = forms.TypedChoiceField(label=_("Host"), coerce=int, help_text=_("Whose name stands beside the show."))

    def __init__(self, *args: Any, hosts: list[tuple[int, str]], at: datetime, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._at = at
        self.fields["host"].choices = hosts  # type: ignore[attr-defined]
        self.fields["starts_at"].initial = next_quarter(timezone.localtime(at))
        self.fields["starts_at"].help_text = gettext("By the clock of the studio: %(zone)s.") % {"zone": zone_words(at)}

    def clean_starts_at(self) -> datetime:
        """Not in the past, and not so far ahead that it must be a slip of the finger."""
        starts_at: datetime = self.cleaned_data["starts_at"]
        if starts_at < self._at - timedelta(seconds=LATE_PLAN_S):
            raise forms.ValidationError(gettext("This moment has passed. Choose a later one."))
        if starts_at > self._at + timedelta(days=AHEAD_DAYS_MAX):
            raise forms.ValidationError(gettext("This is more than a year away. Check the date."))
        return starts_at


class PolicyForm(forms.Form):
    """How fast and how long people may write, and whether they may write at all."""

    open_ = forms.BooleanField(label=_("People may write"), required=False)
    slow_mode_s = forms.TypedChoiceField(label=_("Slow mode"), coerce=int, help_text=_("The crew is free of it."))
    length_max = forms.IntegerField(
        label=_("Longest message"), min_value=20, max_value=500, help_text=_("Characters, from 20 to 500.")
    )

    def __init__(self, *args: Any, slow_mode_s: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = sorted({*SLOW_MODES_S, slow_mode_s})
        self.fields["slow_mode_s"].choices = [(wait_s, pace_words(wait_s)) for wait_s in choices]  # type: ignore[attr-defined]


def pace_words(wait_s: int) -> str:
    """One message in so much time."""
    if not wait_s:
        return pgettext("slow mode", "Off")
    return ngettext("One message in %(count)d second", "One message in %(count)d seconds", wait_s) % {"count": wait_s}


def next_quarter(moment: datetime) -> datetime:
    """The next full quarter of an hour."""
    past_s = (moment.minute * 60 + moment.second) % QUARTER_S
    return (moment + timedelta(seconds=QUARTER_S - past_s)).replace(second=0, microsecond=0)


def zone_words(at: datetime) -> str:
    """The studio's time zone by its distance from UTC, which needs no knowledge of abbreviations."""
    offset = timezone.localtime(at).utcoffset() or timedelta()
    minutes = int(offset.total_seconds()) // 60
    hours, rest = divmod(abs(minutes), 60)
    return f"UTC{'−' if minutes < 0 else '+'}{hours}{f':{rest:02d}' if rest else ''}"
