"""Words of the control room: how late, which duty, which incident, and what the log says of each act."""

from __future__ import annotations

from typing import Any

from django.utils.functional import Promise
from django.utils.translation import get_language, gettext, ngettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from svoi.control.queries import Standing
from svoi.control.queries.log import Deed

MINUTE_S = 60
ACT_WORDS: dict[str, str | Promise] = {
    "hide": pgettext_lazy("duty", "Hide messages"),
    "mute": pgettext_lazy("duty", "Mute people"),
    "policy": pgettext_lazy("duty", "Chat rules and slow mode"),
    "pin": pgettext_lazy("duty", "Pin a message"),
    "answer": pgettext_lazy("duty", "Mark questions answered"),
    "incident": pgettext_lazy("duty", "Report incidents"),
}
INCIDENT_WORDS: dict[str, str | Promise] = {
    "technical": pgettext_lazy("incident", "Technical"),
    "claim": pgettext_lazy("incident", "A product claim"),
    "conduct": pgettext_lazy("incident", "Conduct"),
    "payment": pgettext_lazy("incident", "Payment"),
}
DEED_WORDS: dict[str, str | Promise] = {
    "show_started": _("went on air"),
    "show_ended": _("ended the show"),
    "break_started": _("declared a technical break"),
    "break_ended": _("went on after the break"),
    "key_issued": _("made a new stream key"),
    "product_pinned": _("pinned"),
    "product_unpinned": _("took down"),
    "tray_changed": _("changed the tray"),
    "allotment_changed": _("allotted"),
    "message_hidden": _("hid a message"),
    "member_muted": _("muted"),
    "member_unmuted": _("unmuted"),
    "chat_policy_changed": _("set chat rules"),
    "flash_armed": _("prepared a flash deal"),
    "flash_fired": _("started a flash deal"),
    "flash_over": _("the flash deal ended"),
    "envelope_sent": _("sent an envelope"),
    "segment_cued": _("went to the segment"),
    "control_taken": _("took control"),
    "control_released": _("let control go"),
    "duties_set": _("stated duties"),
    "incident_reported": _("reported an incident"),
    "note_left": _("left a line for the crew"),
    "question_answered": _("answered a question"),
    "message_pinned": _("pinned a message"),
    "message_unpinned": _("took a message down"),
    "poll_armed": _("prepared a poll"),
    "poll_fired": _("asked the room"),
    "poll_closed": _("the poll was closed"),
}


def drift_words(stands: Standing) -> str:
    """How late or early a show runs, in words: seconds up to two minutes, then whole minutes."""
    late = stands.late
    if late == "on_time":
        return gettext("on time")
    span = span_words(abs(stands.drift.seconds))
    return (gettext("%(span)s late") if late == "late" else gettext("%(span)s early")) % {"span": span}


def deed_parts(deed: Deed) -> dict[str, Any]:
    """A line of the log in the reader's language."""
    about = deed.about_en if get_language() == "en" else deed.about_ru
    return {"deed": deed, "words": DEED_WORDS[deed.kind], "about": about}


def span_words(seconds: int) -> str:
    """How long something lasts: seconds up to two minutes, then whole minutes."""
    if seconds < 2 * MINUTE_S:
        return ngettext("%(count)s second", "%(count)s seconds", seconds) % {"count": seconds}
    minutes = seconds // MINUTE_S
    return ngettext("%(count)s minute", "%(count)s minutes", minutes) % {"count": minutes}
