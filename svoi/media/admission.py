"""The door: who may publish is known before a single frame is taken."""

from __future__ import annotations

from collections.abc import Callable
from uuid import uuid4

from svoi.media.clock import wall_ms
from svoi.media.hooks import Pass, WebHooks
from svoi.media.ingest import Ingest
from svoi.media.notices import Notices
from svoi.media.refusals import StreamRefused, TooManyPublishers
from svoi.media.rtmp.session import Session
from svoi.media.shows import Shows

PUBLISHERS_MAX = 32


class Admission:
    """Lets publishers in: an encoder by its key, a page of the studio by a ticket that was checked already."""

    def __init__(self, hooks: WebHooks, shows: Shows, notices: Notices) -> None:
        self._hooks = hooks
        self._shows = shows
        self._notices = notices

    async def admit(self, key: str, session: Session) -> Ingest:
        """Raises StreamRefused."""
        self._require_room()
        granted = await self._hooks.authenticate(key, session.peer)
        return await self._let_in(granted, session.dismiss)

    async def admit_bearer(self, show_id: int, dismiss: Callable[[StreamRefused], None]) -> Ingest:
        """The bearer of a ticket for this show. Raises StreamRefused."""
        self._require_room()
        return await self._let_in(Pass(show_id, str(uuid4())), dismiss)

    def _require_room(self) -> None:
        if sum(show.publisher is not None for show in self._shows) >= PUBLISHERS_MAX:
            raise TooManyPublishers

    async def _let_in(self, granted: Pass, dismiss: Callable[[StreamRefused], None]) -> Ingest:
        try:
            show = await self._shows.open(granted.show_id)
            ingest = Ingest(show, granted.session, dismiss=dismiss, notices=self._notices)
            show.take_over(ingest)
        except StreamRefused as refusal:
            # The web process has given the right out; it must hear that nobody came through the door.
            self._notices.left(granted.show_id, granted.session, reason=refusal.code, at_ms=wall_ms())
            raise
        return ingest
