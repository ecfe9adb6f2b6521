"""The ticket a page shows before its first picture: signed by web for one show, short-lived, taken once."""

from __future__ import annotations

from svoi.kernel.tokens import TokenRefused, verify
from svoi.media.refusals import TicketRefused

TICKET_S = 60.0


class TicketBook:
    """Remembers the tickets that were taken until they expire anyway."""

    def __init__(self, key: bytes, *, opened_at: float) -> None:
        self._key = key
        self._opened_at = opened_at
        self._taken: dict[str, float] = {}

    def take(self, ticket: str, *, show_id: int, at: float) -> None:
        """Let its bearer in once. Raises TicketRefused; a forged one, an old one and another show's look the same."""
        try:
            claims = verify(ticket, key=self._key, at=at)
            serial, show, expires_at = str(claims["jti"]), claims["show"], float(claims["exp"])
        except (TokenRefused, KeyError, TypeError, ValueError):
            raise TicketRefused from None
        self._taken = {known: until for known, until in self._taken.items() if until > at}
        # What an earlier life of this process took is forgotten, so tickets older than us count as taken.
        if show != show_id or serial in self._taken or expires_at - TICKET_S < self._opened_at:
            raise TicketRefused
        self._taken[serial] = expires_at
