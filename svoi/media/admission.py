"""The door: a key is checked with the web process before a single frame is taken."""

from __future__ import annotations

from svoi.media.clock import wall_ms
from svoi.media.hooks import WebHooks
from svoi.media.ingest import Ingest
from svoi.media.notices import Notices
from svoi.media.refusals import StreamRefused, TooManyPublishers
from svoi.media.rtmp.session import Session
from svoi.media.shows import Shows

PUBLISHERS_MAX = 32


class Admission:
    """Lets publishers in."""

    def __init__(self, hooks: WebHooks, shows: Shows, notices: Notices) -> None:
        self._hooks = hooks
        self._shows = shows
        self._notices = notices

    async def admit(self, key: str, session: Session) -> Ingest:
        """Raises StreamRefused."""
        if sum(show.publisher is not None for show in self._shows) >= PUBLISHERS_MAX:
            raise TooManyPublishers
        granted = await self._hooks.authenticate(key, session.peer)
        try:
            show = await self._shows.open(granted.show_id)
            ingest = Ingest(show, granted.session, dismiss=session.dismiss, notices=self._notices)
            show.take_over(ingest)
        except StreamRefused as refusal:
            # The web process has given the key out; it must hear that nobody came through the door.
            self._notices.left(granted.show_id, granted.session, reason=refusal.code, at_ms=wall_ms())
            raise
        return ingest
