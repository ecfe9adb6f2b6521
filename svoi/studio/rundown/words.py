"""What kinds, states and changes of a rundown are called."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

Said = str | Promise

KIND_WORDS: dict[str, Said] = {
    "opening": pgettext_lazy("a segment", "Opening"),
    "product": pgettext_lazy("a segment", "Product"),
    "talk": pgettext_lazy("a segment", "Talk"),
    "envelope": pgettext_lazy("a segment", "Envelope"),
    "flash": pgettext_lazy("a segment", "Flash deal"),
    "poll": pgettext_lazy("a segment", "Poll"),
    "break": pgettext_lazy("a segment", "Break"),
    "closing": pgettext_lazy("a segment", "Closing"),
}
STATE_WORDS: dict[str, Said] = {
    "free": pgettext_lazy("a story", "Nothing to check"),
    "draft": pgettext_lazy("a story", "Draft"),
    "asked": pgettext_lazy("a story", "Waits for a check"),
    "approved": pgettext_lazy("a story", "Approved"),
    "sent_back": pgettext_lazy("a story", "Sent back"),
    "lapsed": pgettext_lazy("a story", "Proof ran out"),
}
STATE_PILLS = {
    "draft": "plain",
    "asked": "soon",
    "approved": "proven",
    "sent_back": "disclosure",
    "lapsed": "disclosure",
}
STATE_ICONS = {"asked": "clock", "approved": "badge-check", "sent_back": "undo-2", "lapsed": "triangle-alert"}
CLAIM_WORDS: dict[str, Said] = {
    "composition": pgettext_lazy("a claim", "What it is made of"),
    "origin": pgettext_lazy("a claim", "Where it comes from"),
    "property": pgettext_lazy("a claim", "What it is like"),
    "effect": pgettext_lazy("a claim", "What it does"),
    "comparison": pgettext_lazy("a claim", "Comparison"),
    "price": pgettext_lazy("a claim", "Price"),
}
EVIDENCE_WORDS: dict[str, Said] = {
    "link": pgettext_lazy("evidence", "Link"),
    "document": pgettext_lazy("evidence", "Document"),
    "laboratory": pgettext_lazy("evidence", "Laboratory’s report"),
    "certificate": pgettext_lazy("evidence", "Certificate"),
}
TARGET_WORDS: dict[str, Said] = {
    "orders": pgettext_lazy("a target", "orders"),
    "minutes": pgettext_lazy("a target", "minutes kept"),
}
DEED_WORDS: dict[str, Said] = {
    "opened": _("the rundown was begun"),
    "added": _("a segment was added"),
    "edited": _("a segment was written anew"),
    "moved": _("a segment was moved"),
    "removed": _("a segment was removed"),
    "claimed": _("claims were changed"),
    "proved": _("evidence was changed"),
    "slotted": _("the slot was changed"),
    "copied": _("a rundown was copied"),
}
