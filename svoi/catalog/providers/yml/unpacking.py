"""The bytes of a feed in small pieces, unpacked when they come as gzip, and never more than the limit."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterator
from typing import IO

from svoi.catalog.rules.feeds import FEED_BYTES_MAX, FeedRefused

# Small enough that a piece's elements are still in the processor's cache when they are read.
CHUNK_BYTES = 16 * 1024
GZIP_MARK = b"\x1f\x8b"
_GZIP = 16 + zlib.MAX_WBITS
Watch = Callable[[int], None]


def unpacked(source: IO[bytes], *, watch: Watch) -> Iterator[bytes]:
    """Pieces of the document; `watch` is told how many bytes of the file, packed or not, have been read."""
    pieces = _read(source, watch)
    first = next(pieces, b"")
    document = _gunzipped(first, pieces) if first.startswith(GZIP_MARK) else _chained(first, pieces)
    size = 0
    for piece in document:
        size += len(piece)
        if size > FEED_BYTES_MAX:
            raise FeedRefused(reason="too_large", bytes_max=FEED_BYTES_MAX)
        yield piece


def _read(source: IO[bytes], watch: Watch) -> Iterator[bytes]:
    read = 0
    while piece := source.read(CHUNK_BYTES):
        read += len(piece)
        watch(read)
        yield piece


def _chained(first: bytes, rest: Iterator[bytes]) -> Iterator[bytes]:
    yield first
    yield from rest


def _gunzipped(first: bytes, rest: Iterator[bytes]) -> Iterator[bytes]:
    """Unpack piece by piece, so that a small file that swells to gigabytes never stands in memory whole."""
    unzip = zlib.decompressobj(_GZIP)
    for packed in _chained(first, rest):
        waiting = packed
        while waiting:
            try:
                yield unzip.decompress(waiting, CHUNK_BYTES)
            except zlib.error:
                raise FeedRefused(reason="compressed_badly") from None
            waiting = unzip.unconsumed_tail
            if unzip.eof and unzip.unused_data:
                waiting, unzip = unzip.unused_data, zlib.decompressobj(_GZIP)
    if not unzip.eof:
        raise FeedRefused(reason="truncated")
