"""Words of the control room: how late, which duty, which incident, and what the log says of each act."""

from __future__ import annotations

from typing import Any

from django.utils.functional import Promise
from django.utils.translation import get_language, ngettext, pgettext_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as later

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
    "show_started": later("went on air"),
    "show_ended": later("ended the show"),
    "break_started": later("declared a technical break"),
    "break_ended": later("went on after the break"),
    "key_issued": later("made a new stream key"),
    "product_pinned": later("pinned"),
    "product_unpinned": later("took down"),
    "tray_changed": later("changed the tray"),
    "message_hidden": later("hid a message"),
    "member_muted": later("muted"),
    "member_unmuted": later("unmuted"),
    "chat_policy_changed": later("set chat rules"),
    "flash_armed": later("prepared a flash deal"),
    "flash_fired": later("started a flash deal"),
    "flash_over": later("the flash deal ended"),
    "envelope_sent": later("sent an envelope"),
    "segment_cued": later("went to the segment"),
    "control_taken": later("took control"),
    "control_released": later("let control go"),
    "duties_set": later("stated duties"),
    "incident_reported": later("reported an incident"),
    "note_left": later("left a line for the crew"),
    "question_answered": later("answered a question"),
    "message_pinned": later("pinned a message"),
    "message_unpinned": later("took a message down"),
    "poll_armed": later("prepared a poll"),
    "poll_fired": later("asked the room"),
    "poll_closed": later("the poll was closed"),
}


def drift_words(stands: Standing) -> str:
    """How late or early a show runs, in words: seconds up to two minutes, then whole minutes."""
    late = stands.late
    if late == "on_time":
        return _("on time")
    span = span_words(abs(stands.drift.seconds))
    return (_("%(span)s late") if late == "late" else _("%(span)s early")) % {"span": span}


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
