"""Hours of a show in seconds: the world's clock is ours, and frames come exactly when they should."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from svoi.media import clock
from svoi.media.flv import aac_config, aac_frame, avc_frame
from svoi.media.flv_file import VIDEO, read_flv
from svoi.media.ingest import Ingest
from svoi.media.show import Show
from tests.media.pictures import clip

FPS, KEY_EVERY = 5, 5
SOUND_HZ, SOUND_FRAME = 8_000, 1024
AAC_8_KHZ_MONO = b"\x15\x88"


@dataclass
class World:
    """Time as the media process reads it, which goes on when it is told to."""

    unix_ms: int = 1_764_000_000_000
    mono_ms: int = 50_000

    def time_ns(self) -> int:
        return self.unix_ms * 1_000_000

    def monotonic_ns(self) -> int:
        return self.mono_ms * 1_000_000

    def pass_ms(self, span_ms: int) -> None:
        self.unix_ms += span_ms
        self.mono_ms += span_ms

    def rule(self, monkeypatch: Any) -> World:
        monkeypatch.setattr(clock, "time", self)
        return self


@dataclass
class Told:
    """What the web would have been told, at which Unix millisecond."""

    online_at: list[int] = field(default_factory=list)
    offline_at: list[int] = field(default_factory=list)

    def came(self, show_id: int, session: str, *, at_ms: int, facts: dict[str, Any]) -> None:
        self.online_at.append(at_ms)

    def left(self, show_id: int, session: str, *, reason: str, at_ms: int) -> None:
        self.offline_at.append(at_ms)


def publisher(show: Show, told: Told) -> Ingest:
    """An admitted encoder that has sent its configurations; the pictures' one is a real encoder's."""

    def dismiss(refusal: Exception) -> None:
        raise refusal

    ingest = Ingest(show, "long", dismiss=dismiss, notices=told)  # type: ignore[arg-type]
    show.take_over(ingest)
    real = next(tag for tag in read_flv(clip(seconds=1, fps=FPS, key_every=KEY_EVERY)) if tag.kind == VIDEO)
    ingest.video(0, real.body)
    ingest.audio(0, aac_config(AAC_8_KHZ_MONO))
    return ingest


def play(ingest: Ingest, world: World, *, seconds: int) -> Iterator[int]:
    """Feed small frames at their moments; yields after each second how many have passed."""
    step_ms, sounds = 1000 // FPS, 0
    for number in range(seconds * FPS):
        at_ms = number * step_ms
        is_key = number % KEY_EVERY == 0
        ingest.video(at_ms, avc_frame(b"\0\0\0\x64" + bytes(300 if is_key else 100), is_key=is_key))
        while sounds * SOUND_FRAME * 1000 < (at_ms + step_ms) * SOUND_HZ:
            ingest.audio(sounds * SOUND_FRAME * 1000 // SOUND_HZ, aac_frame(bytes(40)))
            sounds += 1
        world.pass_ms(step_ms)
        if (number + 1) % FPS == 0:
            ingest.tick()
            yield (number + 1) // FPS
