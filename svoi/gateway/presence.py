"""Who really watches: connected sockets are raw, viewers with two honest heartbeats in a row are counted."""

from __future__ import annotations

import secrets
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field

from svoi.gateway.inbound import Beat
from svoi.kernel.tokens import TokenRefused, sign, verify
from svoi.shows.rules.weighing import COUNTED_FOR_S, NO_TRACES, Traces, counted, shown_reasons

BEAT_AFTER_S = 8.0
BEAT_WITHIN_S = 30.0
BEATS_TO_COUNT = 2


@dataclass(slots=True)
class Watch:
    """One connection's chain of heartbeats; only the token given last is taken, and once."""

    viewer: str
    expected: str = ""
    streak: int = 0
    media_ms: int | None = None


@dataclass(frozen=True, slots=True)
class Heard:
    """A heartbeat that was honestly signed, in time and for the first time."""

    viewer: str
    at: float
    playing: bool
    visible: bool
    counted: bool
    seen: int | None = None  # the reasons she weighs less for, as a bit set; None while nothing is weighed


@dataclass(frozen=True, slots=True)
class Beaten:
    """A viewer's last counted heartbeat on record (Unix seconds), and why she weighed less by it."""

    at: float
    traces: Traces = NO_TRACES
    seen: int = 0


@dataclass(frozen=True, slots=True)
class Weighed:
    """Viewers with honest heartbeats, the sum of their weights, and how many each reason is said of."""

    present: int = 0
    weighed: int = 0
    why: dict[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Count:
    """Connected sockets, viewers that count, and the most of those there ever were."""

    raw: int
    counted: int
    peak: int


class Presence:
    """The viewers of one room. Times are Unix seconds."""

    def __init__(self, show_id: int, key: bytes, *, peak: int = 0) -> None:
        self._show_id = show_id
        self._key = key
        self.peak = peak
        self._connected: Counter[str] = Counter()
        self._counted_until: dict[str, float] = {}
        self._seen: dict[str, int] = {}  # of those that weigh less
        self.weighed = Weighed()

    def recall(self, beaten: Mapping[str, float]) -> None:
        """Take over who counted when an earlier life of this process ended: viewer and last counted beat."""
        self._counted_until.update({viewer: at + COUNTED_FOR_S for viewer, at in beaten.items()})

    def note_weight(self, viewer: str, seen: int) -> None:
        """Why she weighs less from now on; 0 when nothing lowers her."""
        if seen:
            self._seen[viewer] = seen
        else:
            self._seen.pop(viewer, None)

    def forget_weights(self) -> None:
        self._seen.clear()

    def arrive(self, viewer: str) -> Watch:
        self._connected[viewer] += 1
        return Watch(viewer)

    def leave(self, watch: Watch) -> None:
        self._connected[watch.viewer] -= 1
        if not self._connected[watch.viewer]:
            del self._connected[watch.viewer]

    def next_token(self, watch: Watch, *, at: float) -> str:
        """A token to be returned once, between `BEAT_AFTER_S` and `BEAT_WITHIN_S` from now."""
        watch.expected = secrets.token_urlsafe(9)
        claims = {"show": self._show_id, "viewer": watch.viewer, "jti": watch.expected, "iat": at}
        return sign(claims, key=self._key, expires_at=at + BEAT_WITHIN_S)

    def hear(self, watch: Watch, beat: Beat, *, at: float) -> Heard | None:
        """Take a heartbeat; None when its token is forged, replayed, too early or too late."""
        if not self._is_honest(watch, beat.token, at=at):
            watch.streak, watch.media_ms = 0, None
            return None
        watching = beat.playing and beat.visible and beat.media_ms is not None
        advanced = watching and (watch.media_ms is None or (beat.media_ms or 0) > watch.media_ms)
        watch.streak = (watch.streak + 1 if advanced else 1) if watching else 0
        watch.media_ms = beat.media_ms if watching else None
        counted = watch.streak >= BEATS_TO_COUNT
        if counted:
            self._counted_until[watch.viewer] = at + COUNTED_FOR_S
        return Heard(watch.viewer, at, beat.playing, beat.visible, counted)

    def count(self, *, at: float, by_weight: bool = False) -> Count:
        """The room now; a viewer who left does not count, so counted never exceeds raw. See `weighed` too."""
        self._counted_until = {viewer: until for viewer, until in self._counted_until.items() if until > at}
        self._seen = {viewer: seen for viewer, seen in self._seen.items() if viewer in self._counted_until}
        here = sum(1 for viewer in self._counted_until if viewer in self._connected)
        people = Counter(seen for viewer, seen in self._seen.items() if viewer in self._connected)
        people[0] = here - people.total()
        self.weighed = Weighed(here, counted(people), shown_reasons(people))
        told = self.weighed.weighed if by_weight else here
        self.peak = max(self.peak, told)
        return Count(self._connected.total(), told, self.peak)

    def _is_honest(self, watch: Watch, token: str, *, at: float) -> bool:
        expected, watch.expected = watch.expected, ""
        try:
            claims = verify(token, key=self._key, at=at)
        except TokenRefused:
            return False
        return (
            bool(expected)
            and claims.get("jti") == expected
            and claims.get("show") == self._show_id
            and claims.get("viewer") == watch.viewer
            and at - claims["iat"] >= BEAT_AFTER_S
        )
