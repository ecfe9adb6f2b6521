"""An envelope for the room as the console arms it, and a community's limits as a form."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import uuid4

from django import forms
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from svoi.communities.queries import roles_of
from svoi.envelopes.queries import limits_of, sender_of
from svoi.envelopes.rules import (
    BOUNDS,
    MAY_SPEND_BUDGET,
    SHARES_MAX,
    TEA_MINUTES_MAX,
    TO_GUESTS,
    TOTAL_MAX,
    Limits,
    Wish,
    admit_sending,
    envelope_ends,
    purse_account,
    read_greeting,
)
from svoi.kernel.refused import Refused
from svoi.ledger.queries import available
from svoi.members.models import Member
from svoi.shows.models import Show
from svoi.shows.queries.tea import members_seen
from svoi.studio.playbill import ON_AIR
from svoi.ui.refusals import say

MODES = [
    ("random", pgettext_lazy("how an envelope is shared", "By lot")),
    ("equal", pgettext_lazy("how an envelope is shared", "Equal shares")),
    ("tea", pgettext_lazy("how an envelope is shared", "For tea: for those who are here")),
]
LIMIT_WORDS = {
    "age_days": _("A member for so many days may open"),
    "daily_shares_max": _("Shares for one person in a day"),
    "pause_s": _("Pause between two shares, seconds"),
    "life_hours": _("An envelope is open for so many hours"),
    "sender_age_days": _("A member for so many days may send"),
    "sender_pause_s": _("Pause between two envelopes of one sender, seconds"),
    "own_total_max": _("The most points a member sends at once"),
}


class GiftForm(forms.Form):
    """An envelope for the room, from the budget."""

    mode = forms.ChoiceField(label=_("How it is shared"), choices=MODES)
    total = forms.IntegerField(label=_("Points, all together"), min_value=1, max_value=TOTAL_MAX)
    shares = forms.IntegerField(label=pgettext_lazy("how many", "Shares"), min_value=1, max_value=SHARES_MAX)
    minutes = forms.IntegerField(
        label=_("Minutes in the show"),
        min_value=1,
        max_value=TEA_MINUTES_MAX,
        initial=10,
        help_text=_("For tea only: counted minutes, by now."),
    )
    greeting = forms.CharField(label=_("Greeting"), max_length=500, required=False)
    key = forms.UUIDField(widget=forms.HiddenInput)

    def refuse(self, refused: Refused) -> int:
        """Say a refusal over the form; returns its status."""
        told = say(refused)
        self.add_error(None, told.sentence())
        return told.status


class LimitsForm(forms.Form):
    """What a community allows; the bounds are the room's own."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, (least, most) in BOUNDS.items():
            self.fields[name] = forms.IntegerField(
                label=LIMIT_WORDS[name],
                min_value=least,
                max_value=most,
                help_text=gettext("From %(least)s to %(most)s.") % {"least": least, "most": most},
                widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
            )


@dataclass(frozen=True, slots=True)
class Armed:
    """Exactly what the second press would send."""

    wish: Wish
    minutes: int
    greeting: str
    ends_at: datetime
    left: int


def fresh_form() -> GiftForm:
    return GiftForm(initial={"key": uuid4()})


def arm_gift(show: Show, by: Member, form: GiftForm, *, at: datetime) -> Armed:
    """Look a filled-in form over; raises what stands against it. Nothing is sent."""
    told, community = form.cleaned_data, show.community
    guests = members_seen(show=show, minutes=told["minutes"]) if told["mode"] in TO_GUESTS else []
    wish = Wish(mode=told["mode"], purse="budget", total=told["total"], shares=told["shares"], guests=len(guests))
    limits = limits_of(community_id=community.pk)
    admit_sending(wish, sender_of(community=community, member=by), limits, at=at)
    return Armed(
        wish=wish,
        minutes=told["minutes"],
        greeting=read_greeting(told["greeting"]),
        ends_at=envelope_ends(limits, at=at),
        left=budget_of(show) - wish.total,
    )


def budget_of(show: Show) -> int:
    """The points the community may spend now."""
    account = purse_account("budget", community_id=show.community_id, member_id=0)
    return available(account, currency="PTS").minor


def gift_parts(show: Show, member: Member) -> dict[str, Any]:
    """The panel with an empty form; nothing for those who may not spend the budget."""
    gives = bool(MAY_SPEND_BUDGET & roles_of(community=show.community, member=member))
    if not gives:
        return {"gives": False}
    return {
        "gives": True,
        "show": show,
        "gift": fresh_form(),
        "budget": budget_of(show),
        "on_air": show.stage() in ON_AIR,
    }


def limits_form(limits: Limits) -> LimitsForm:
    return LimitsForm(initial=limits.as_columns())
