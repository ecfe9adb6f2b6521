"""Which letters leave the house, and when another try may be made."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import ClassVar

from svoi.kernel.refused import Refused

NO_ADDRESS = "no_address"
NO_MAIL = "no_mail"
TURNED_AWAY = "turned_away"
WITHHELD_FOR = (NO_ADDRESS, NO_MAIL, TURNED_AWAY)
TITLE_LENGTH_MAX = 200
TAKEN_FOR_S = 120  # longer than any conversation with a mail server
KEPT_DAYS = 180


class LetterUnsent(Refused):
    """The mail server did not take the letter now; it is tried again later."""

    code: ClassVar[str] = "letter_unsent"


def withheld_for(*, address: str | None, mail_is_set_up: bool) -> str:
    """Why a letter stays in the house, or nothing when it may leave."""
    if not address:
        return NO_ADDRESS
    return "" if mail_is_set_up else NO_MAIL


def is_free(*, taken_at: datetime | None, at: datetime) -> bool:
    """May somebody carry it now? Whoever took it lately may still be at the mail server."""
    return taken_at is None or at - taken_at >= timedelta(seconds=TAKEN_FOR_S)


def read_title(words: str) -> str:
    """A title on one line, as the head of a letter needs it."""
    return " ".join(words.split())[:TITLE_LENGTH_MAX]


def forgotten_before(at: datetime) -> datetime:
    """Letters older than this are no longer kept."""
    return at - timedelta(days=KEPT_DAYS)
