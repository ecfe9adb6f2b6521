"""Playlists, segments and parts for browsers; a signed token in the path says which show they may see."""

from __future__ import annotations

import asyncio
import re
import time
from collections.abc import Awaitable, Callable
from uuid import UUID

from aiohttp import web

from svoi.kernel.tokens import TokenRefused, verify
from svoi.media.clips.cutting import clip_path
from svoi.media.hls.reader import ReadsBusy, SegmentReader
from svoi.media.show import Show, WaitingFull
from svoi.media.shows import Shows

WAIT_S = 2.5
AHEAD_SEGMENTS_MAX = 2
_PLAYLIST_TYPE = "application/vnd.apple.mpegurl"
_FRESH = {"Cache-Control": "no-cache"}
_LASTING = {"Cache-Control": "private, max-age=3600"}
_NAME = re.compile(r"(?:s(?P<segment>\d{1,7})(?:\.(?P<part>\d{1,4}))?\.m4s|init-(?P<init>\d{1,6})\.mp4)")

Answer = Awaitable[web.StreamResponse]


class Live:
    """Answers GET /live/<token>/<show>/<name>."""

    def __init__(self, shows: Shows, reader: SegmentReader, *, key: bytes) -> None:
        self._shows = shows
        self._reader = reader
        self._key = key

    def routes(self) -> list[web.RouteDef]:
        path = "/live/{token}/{show:[0-9]{1,18}}"
        return [
            web.get(f"{path}/index.m3u8", self._for_viewer(self._playlist)),
            web.get(f"{path}/signal.json", self._signal),
            web.get(f"{path}/clips/{{clip:[0-9a-f-]{{36}}}}.mp4", self._clip),
            web.get(f"{path}/{{name}}", self._for_viewer(self._media)),
        ]

    def _for_viewer(self, answer: Callable[[web.Request, Show], Answer]) -> Callable[[web.Request], Answer]:
        async def answered(request: web.Request) -> web.StreamResponse:
            show = await self._show(request)
            try:
                return await answer(request, show)
            except (WaitingFull, ReadsBusy):
                raise web.HTTPServiceUnavailable(headers={"Retry-After": "1"}) from None

        return answered

    async def _show(self, request: web.Request, *, for_crew: bool = False) -> Show:
        """A wrong token, another show's token and a show that does not exist look the same from outside."""
        show_id = int(request.match_info["show"])
        try:
            claims = verify(request.match_info["token"], key=self._key, at=time.time())
        except TokenRefused:
            raise web.HTTPNotFound from None
        if claims.get("show") != show_id or (for_crew and claims.get("crew") is not True):
            raise web.HTTPNotFound
        show = await self._shows.find(show_id)
        if show is None:
            raise web.HTTPNotFound
        return show

    async def _playlist(self, request: web.Request, show: Show) -> web.Response:
        wanted, part = _number(request, "_HLS_msn"), _number(request, "_HLS_part")
        if wanted is not None:
            if wanted > len(show.timeline.segments) + AHEAD_SEGMENTS_MAX:
                raise web.HTTPBadRequest(text="that segment is too far in the future")
            await show.wait_until(lambda: show.timeline.has(wanted, part), timeout_s=WAIT_S)
        if not show.timeline.segments and show.timeline.open is None:
            raise web.HTTPNotFound
        plain, packed = show.playlist(may_skip="_HLS_skip" in request.query)
        headers = {**_FRESH, "Content-Type": _PLAYLIST_TYPE, "Vary": "Accept-Encoding"}
        if packed and "gzip" in request.headers.get("Accept-Encoding", ""):
            return web.Response(body=packed, headers={**headers, "Content-Encoding": "gzip"})
        return web.Response(body=plain, headers=headers)

    async def _media(self, request: web.Request, show: Show) -> web.Response:
        found = _NAME.fullmatch(request.match_info["name"])
        if found is None:
            raise web.HTTPNotFound
        if found["init"]:
            payload = show.recording.inits.get(int(found["init"]))
        elif found["part"]:
            payload = await self._part(show, int(found["segment"]), int(found["part"]))
        else:
            payload = await self._segment(show, int(found["segment"]))
        if payload is None:
            raise web.HTTPNotFound
        return web.Response(body=payload, content_type="video/mp4", headers=_LASTING)

    async def _part(self, show: Show, number: int, part: int) -> bytes | None:
        """A part of a recent segment; the one announced next is waited for."""
        timeline = show.timeline
        latest = timeline.open
        if latest is not None and (number, part) == (latest.number, len(latest.parts)):
            await show.wait_until(lambda: timeline.has(number, part), timeout_s=WAIT_S)
        segment = timeline.segment(number)
        return segment.parts[part].payload if segment is not None and part < len(segment.parts) else None

    async def _segment(self, show: Show, number: int) -> bytes | None:
        segment = show.timeline.segment(number)
        if segment is None or not segment.is_complete:
            return None
        try:
            return await show.payload(segment, self._reader)
        except OSError:
            return None

    async def _signal(self, request: web.Request) -> web.Response:
        show = await self._show(request, for_crew=True)
        return web.json_response(show.signal(), headers=_FRESH)

    async def _clip(self, request: web.Request) -> web.StreamResponse:
        """A clip, for the crew alone: nothing of it is published. Ranges are answered, so that players seek."""
        show = await self._show(request, for_crew=True)
        try:
            path = clip_path(show.recording.folder, UUID(request.match_info["clip"]))
        except ValueError:
            raise web.HTTPNotFound from None
        if not await asyncio.to_thread(path.is_file):
            raise web.HTTPNotFound
        return web.FileResponse(path, headers={**_LASTING, "Content-Type": "video/mp4"})


def _number(request: web.Request, name: str) -> int | None:
    text = request.query.get(name)
    if text is None:
        return None
    if not (text.isascii() and text.isdigit() and len(text) <= 9):
        raise web.HTTPBadRequest(text=f"{name} is not a number")
    return int(text)
