"""A wire between the gateway and PostgreSQL that can be cut, or made to swallow the answers."""

from __future__ import annotations

import asyncio
import contextlib
import tempfile
from collections.abc import AsyncIterator
from pathlib import Path

from psycopg.conninfo import conninfo_to_dict, make_conninfo


class WireTap:
    """Listens like PostgreSQL on a unix socket of its own, and passes everything on while it is whole."""

    def __init__(self, conninfo: str, folder: Path) -> None:
        self._told = conninfo_to_dict(conninfo)
        self._folder = folder
        self._server: asyncio.Server | None = None
        self._open: set[asyncio.StreamWriter] = set()
        self._answers = asyncio.Event()
        self._swallowed = b""

    @property
    def conninfo(self) -> str:
        return make_conninfo("", **{**self._told, "host": str(self._folder), "port": "5432"})

    async def mend(self) -> None:
        self._swallowed = b""
        self._answers.set()
        self._server = await asyncio.start_unix_server(self._pass_on, str(self._folder / ".s.PGSQL.5432"))

    async def cut(self) -> None:
        """Break every connection and refuse new ones."""
        assert self._server is not None
        self._server.close()
        for writer in list(self._open):
            writer.transport.abort()
        (self._folder / ".s.PGSQL.5432").unlink(missing_ok=True)

    def swallow_answer_to(self, words: bytes) -> None:
        """PostgreSQL hears these words from the gateway; what it answers to them, and after, is held back."""
        self._swallowed = words

    async def _pass_on(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        socket = f"{self._told['host']}/.s.PGSQL.{self._told.get('port') or 5432}"
        there, to_there = await asyncio.open_unix_connection(socket)
        self._open |= {writer, to_there}
        with contextlib.suppress(asyncio.CancelledError):
            await asyncio.gather(self._copy(reader, to_there), self._copy(there, writer, held=True))
        self._open -= {writer, to_there}

    async def _copy(self, source: asyncio.StreamReader, target: asyncio.StreamWriter, *, held: bool = False) -> None:
        with contextlib.suppress(OSError):
            while data := await source.read(65536):
                if held:
                    await self._answers.wait()
                elif self._swallowed and self._swallowed in data:
                    self._answers.clear()
                target.write(data)
                await target.drain()
        target.close()


@contextlib.asynccontextmanager
async def tapped(conninfo: str) -> AsyncIterator[WireTap]:
    """A whole wire to this database."""
    with tempfile.TemporaryDirectory(prefix="svoi-tap-") as folder:
        tap = WireTap(conninfo, Path(folder))
        await tap.mend()
        try:
            yield tap
        finally:
            await tap.cut()
