"""The speed test of a page's preflight: real bytes over the real way, and not many of them."""

from __future__ import annotations

from typing import Any

from svoi.media.studio.framing import Frame, FrameFault, Kind

LOAD_BYTES_MAX = 4 << 20
CHECK_MS_MAX = 20_000


class SpeedTest:
    """Counts what came and in what time; both have an end."""

    def __init__(self, *, began_ms: int) -> None:
        self._began_ms = began_ms
        self._first_ms: int | None = None
        self._octets = 0

    def take(self, frame: Frame, *, now_ms: int) -> dict[str, Any]:
        """What to answer. Raises FrameFault for anything but load, and for too much of it."""
        if frame.kind is not Kind.LOAD:
            raise FrameFault("a check carries nothing but load")
        self.tick(now_ms=now_ms)
        # The first frame only opens the stopwatch: how long it was under way is nobody's to know.
        if self._first_ms is None:
            self._first_ms = now_ms
        else:
            self._octets += len(frame.payload)
        if self._octets > LOAD_BYTES_MAX:
            raise FrameFault("more load than a check may carry")
        return {"t": "took", "octets": self._octets, "ms": now_ms - self._first_ms}

    def tick(self, *, now_ms: int) -> None:
        """Raises FrameFault when it goes on for too long."""
        if now_ms - self._began_ms > CHECK_MS_MAX:
            raise FrameFault("a check too long")
