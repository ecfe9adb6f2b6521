"""The converter's child: Opus packets on standard input become AAC frames on standard output.

    python -m svoi.media.studio.opus_to_aac

In and out: length and milliseconds (32 bits each, big-endian), then so many octets; the first thing in is the OpusHead.
It counts in samples, so that rounded milliseconds do not make the sound crackle, and looks at the times only for holes
and drift. An Opus decoder runs in by `pre-skip` samples and an AAC encoder by one frame: both are taken off the times,
so that what is heard at a moment was said at that moment.
"""

from __future__ import annotations

import importlib
import resource
import struct
import sys
from collections.abc import Iterator
from typing import Any, BinaryIO

RATE_HZ = 48_000
FRAME_SAMPLES = 1024
BITRATE_BPS = 96_000
DRIFT_SAMPLES_MAX = RATE_HZ * 20 // 1000
HOLE_SAMPLES_MAX = 2 * RATE_HZ
PACKET_BYTES_MAX = 8192
MEMORY_BYTES_MAX = 1 << 30
_PACKET = struct.Struct(">II")
_SAMPLE_BYTES = 4
MISSING = (
    "PyAV is not installed, so Opus cannot be converted: run bin/setup --camera. — "
    "PyAV не установлен, перевести Opus нельзя: запустите bin/setup --camera."
)


class Samples:
    """Decoded sound in a line; cut into frames for the encoder. Places count samples from the first packet's time."""

    def __init__(self) -> None:
        self._waiting = bytearray()
        self._end: int | None = None

    def put(self, samples: bytes, at: int) -> None:
        """Join `samples` that belong at `at`: small differences are rounding, a hole is filled, an overlap cut."""
        if self._end is None:
            self._end = at
        drift = at - self._end
        if drift > HOLE_SAMPLES_MAX:
            self._skip_to(at)
        elif drift > DRIFT_SAMPLES_MAX:
            self._add(bytes(drift * _SAMPLE_BYTES))
        elif drift < -DRIFT_SAMPLES_MAX:
            samples = samples[-drift * _SAMPLE_BYTES :]
        self._add(samples)

    def frames(self) -> Iterator[tuple[int, bytes]]:
        """Whole frames and their places."""
        size = FRAME_SAMPLES * _SAMPLE_BYTES
        while self._end is not None and len(self._waiting) >= size:
            yield self._end - len(self._waiting) // _SAMPLE_BYTES, bytes(self._waiting[:size])
            del self._waiting[:size]

    def _skip_to(self, at: int) -> None:
        """A hole too long to fill; the run behind us fills it with silence of its own."""
        self._waiting.clear()
        self._end = at

    def _add(self, samples: bytes) -> None:
        self._waiting += samples
        assert self._end is not None
        self._end += len(samples) // _SAMPLE_BYTES


class OpusToAac:
    """One stream. `av` is the package, imported by whoever is a process of its own."""

    def __init__(self, av: Any, head: bytes) -> None:
        self._av = av
        self._decoder = av.CodecContext.create("opus", "r")
        self._decoder.sample_rate = RATE_HZ
        self._decoder.layout = "stereo" if head[9:10] == b"\2" else "mono"
        self._resampler = av.AudioResampler(format="fltp", layout="mono", rate=RATE_HZ)
        self._encoder = av.CodecContext.create("aac", "w")
        self._encoder.sample_rate, self._encoder.layout, self._encoder.format = RATE_HZ, "mono", "fltp"
        self._encoder.bit_rate = BITRATE_BPS
        self._pre_skip = int.from_bytes(head[10:12], "little") if head[:8] == b"OpusHead" else 0
        self._samples = Samples()
        self._first_ms: int | None = None

    def convert(self, timestamp_ms: int, packet: bytes) -> Iterator[tuple[int, bytes]]:
        """AAC frames with their times, as many as became whole."""
        if self._first_ms is None:
            self._first_ms = timestamp_ms
        at = (timestamp_ms - self._first_ms) * RATE_HZ // 1000 - self._pre_skip
        for samples in self._decoded(packet):
            self._samples.put(samples, at)
            at += len(samples) // _SAMPLE_BYTES
        for place, payload in self._samples.frames():
            frame = self._av.AudioFrame(format="fltp", layout="mono", samples=FRAME_SAMPLES)
            frame.planes[0].update(payload)
            frame.sample_rate, frame.pts = RATE_HZ, place
            for encoded in self._encoder.encode(frame):
                yield self._first_ms + encoded.pts * 1000 // RATE_HZ, bytes(encoded)

    def _decoded(self, packet: bytes) -> Iterator[bytes]:
        try:
            frames = self._decoder.decode(self._av.Packet(packet))
        except self._av.FFmpegError:
            return  # a torn packet is a hole of 20 ms
        for frame in frames:
            frame.pts = None
            for plain in self._resampler.resample(frame):
                yield bytes(plain.planes[0])[: plain.samples * _SAMPLE_BYTES]


def packets(source: BinaryIO) -> Iterator[tuple[int, bytes]]:
    """Times and payloads until the end of the input."""
    while len(head := source.read(_PACKET.size)) == _PACKET.size:
        length, timestamp_ms = _PACKET.unpack(head)
        payload = source.read(length)
        if length > PACKET_BYTES_MAX or len(payload) < length:
            return
        yield timestamp_ms, payload


def main() -> int:
    try:
        av = importlib.import_module("av")
    except ImportError:
        sys.stderr.write(f"{MISSING}\n")
        return 1
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES_MAX, MEMORY_BYTES_MAX))
    av.logging.set_level(av.logging.PANIC)
    source, target = sys.stdin.buffer, sys.stdout.buffer
    told = packets(source)
    _, head = next(told, (0, b""))
    stream = OpusToAac(av, head)
    try:
        for timestamp_ms, packet in told:
            for at_ms, frame in stream.convert(timestamp_ms, packet):
                target.write(_PACKET.pack(len(frame), at_ms & 0xFFFFFFFF) + frame)
            target.flush()
    except (BrokenPipeError, KeyboardInterrupt):
        sys.stderr.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
