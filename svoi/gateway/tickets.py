"""The ticket a page shows at the door: signed by the web, short-lived, taken once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from svoi.kernel.refused import Refused
from svoi.kernel.tokens import derive_key, verify
from svoi.kernel.traces import UNKNOWN
from svoi.shows.rules.weighing import NO_TRACES, Traces

TICKET_S = 60.0


class TicketReplayed(Refused):
    """This ticket was shown before."""

    code: ClassVar[str] = "ticket_replayed"


class TicketForAnother(Refused):
    """The ticket opens another room."""

    code: ClassVar[str] = "ticket_for_another_room"


@dataclass(frozen=True, slots=True)
class Pass:
    """Who came in."""

    show_id: int
    member_id: int
    name: str
    role: str
    may_chat: bool
    is_crew: bool
    viewer: str
    traces: Traces = NO_TRACES


class TicketBook:
    """Remembers the tickets that were taken until they expire anyway."""

    def __init__(self, secret: str, *, opened_at: float) -> None:
        self._key = derive_key(secret, "ticket")
        self._opened_at = opened_at
        self._taken: dict[str, float] = {}

    def take(self, ticket: str, *, show_id: int, at: float) -> Pass:
        """Let its bearer in once; raises `TokenRefused`, `TicketForAnother` or `TicketReplayed`."""
        claims = verify(ticket, key=self._key, at=at)
        if claims["show"] != show_id:
            raise TicketForAnother(show_id=show_id)
        # What an earlier life of this process took is forgotten, so tickets older than us count as taken.
        if claims["jti"] in self._taken or claims["exp"] - TICKET_S < self._opened_at:
            raise TicketReplayed()
        self._taken[claims["jti"]] = claims["exp"]
        return Pass(
            show_id=show_id,
            member_id=int(claims["member"]),
            name=str(claims["name"]),
            role=str(claims["role"]),
            may_chat=bool(claims["chat"]) and int(claims["member"]) != 0,
            is_crew=bool(claims["crew"]),
            viewer=str(claims["viewer"])[:64],
            traces=Traces(device=int(claims.get("device", UNKNOWN))),
        )

    def forget_expired(self, *, at: float) -> None:
        self._taken = {jti: expires_at for jti, expires_at in self._taken.items() if expires_at > at}
