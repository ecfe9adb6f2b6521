"""Reading old segments: from the page cache without a thread, from a slow disk with a few threads of our own."""

from __future__ import annotations

import asyncio
import os
from collections import OrderedDict
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

CACHE_BYTES_MAX = 64 << 20
FILES_MAX = 64
THREADS = 4
THREAD_READS_MAX = 256

Place = tuple[Path, int, int]


class ReadsBusy(Exception):
    """The disk does not keep up; the viewer should ask again."""


class SegmentReader:
    """Keeps what was read lately, and lets those who want the same bytes wait for one read."""

    def __init__(self) -> None:
        self._threads = ThreadPoolExecutor(THREADS, "media-read")
        self._cache: OrderedDict[Place, bytes] = OrderedDict()
        self._cache_bytes = 0
        self._files: OrderedDict[Path, int] = OrderedDict()
        self._under_way: dict[Place, asyncio.Future[bytes]] = {}

    async def read(self, path: Path, offset: int, length: int) -> bytes:
        """Raises OSError, or ReadsBusy when too many reads wait for the disk."""
        place = (path, offset, length)
        if (known := self._cache.get(place)) is not None:
            self._cache.move_to_end(place)
            return known
        found = self._read_cached(path, offset, length)
        if found is None:
            found = await self._read_in_thread(place)
        self._keep(place, found)
        return found

    def close(self) -> None:
        self._threads.shutdown(wait=False, cancel_futures=True)
        for file in self._files.values():
            os.close(file)
        self._files.clear()

    def _read_cached(self, path: Path, offset: int, length: int) -> bytes | None:
        """The bytes if all of them are in the page cache; RWF_NOWAIT never waits for a disk."""
        if not hasattr(os, "RWF_NOWAIT"):
            return None
        buffer = bytearray(length)
        try:
            read = os.preadv(self._open(path), [buffer], offset, os.RWF_NOWAIT)
        except OSError:  # not cached, or a file system that cannot tell
            return None
        return bytes(buffer) if read == length else None

    async def _read_in_thread(self, place: Place) -> bytes:
        shared = self._under_way.get(place)
        if shared is None:
            if len(self._under_way) >= THREAD_READS_MAX:
                raise ReadsBusy
            shared = asyncio.get_running_loop().run_in_executor(self._threads, _read, *place)
            self._under_way[place] = shared
            shared.add_done_callback(lambda _: self._under_way.pop(place, None))
        return await asyncio.shield(shared)

    def _keep(self, place: Place, payload: bytes) -> None:
        if place in self._cache:
            return
        self._cache[place] = payload
        self._cache_bytes += len(payload)
        while self._cache_bytes > CACHE_BYTES_MAX:
            _, forgotten = self._cache.popitem(last=False)
            self._cache_bytes -= len(forgotten)

    def _open(self, path: Path) -> int:
        file = self._files.get(path)
        if file is None:
            file = self._files[path] = os.open(path, os.O_RDONLY)
            if len(self._files) > FILES_MAX:
                _, oldest = self._files.popitem(last=False)
                os.close(oldest)
        self._files.move_to_end(path)
        return file


def _read(path: Path, offset: int, length: int) -> bytes:
    with path.open("rb") as file:
        payload = os.pread(file.fileno(), length, offset)
    if len(payload) != length:
        raise OSError(f"{path.name}: {length} bytes wanted at {offset}, {len(payload)} there")
    return payload
