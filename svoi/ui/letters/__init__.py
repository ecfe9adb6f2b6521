"""What the house writes about, and how a letter is made: facts, words in the member's language, one frame."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.utils import translation

from svoi.letters.actions import keep_letter, send_letter
from svoi.ui.letters.about import (
    About,
    AboutShow,
    about_order,
    about_reminder,
    about_return,
    about_subject,
    about_unpaid,
)
from svoi.ui.letters.writing import write

Payload = dict[str, Any]

# Event kind -> who reads its facts. A letter more is one line here and one template in templates/ui/letters/words.
LETTERS: dict[str, Callable[[Payload], About | AboutShow | None]] = {
    "order_placed": about_order,
    "order_paid": about_order,
    "order_cancelled": about_order,
    "payment_declined": about_unpaid,
    "refund_succeeded": about_subject,
    "order_held": about_order,
    "order_withdrawn": about_order,
    "parcel_sent": about_subject,
    "parcel_arrived": about_subject,
    "order_collected": about_order,
    "return_accepted": about_return,
    "return_declined": about_return,
    "return_received": about_return,
    "reminder_rang": about_reminder,
}


def write_about(kind: str, payload: Payload, at: datetime) -> bool:
    """Write and send the letter of one event; False when there is nobody to write to, or it left before.

    `payload` carries the `event_id` that the letter is known by. Raises `LetterUnsent` when it has to be tried again.
    """
    about: About | AboutShow | None = LETTERS[kind](payload)
    if about is None:
        return False
    with translation.override(about.member.language):
        written = write(kind, about)
    letter = keep_letter(
        key=f"event:{payload['event_id']}",
        kind=kind,
        subject=about.subject,
        member=about.member,
        language=about.member.language,
        title=written.title,
        text=written.text,
        html=written.html,
        at=at,
    )
    return send_letter(letter_id=letter.pk, at=at)
