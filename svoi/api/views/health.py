"""Whether every process is well."""

from __future__ import annotations

import json
import time
from typing import Any
from urllib.error import HTTPError, URLError
from urllib.request import urlopen

from django.conf import settings
from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse, JsonResponse

from svoi.db.pulse import worker_seen_s
from svoi.db.relay import lag_s

PROBE_WAIT_S = 1.5
RELAY_LAG_S_MAX = 5.0
WORKER_SILENT_S_MAX = 15.0


def health(request: HttpRequest) -> HttpResponse:
    """The state of every process as JSON: 200 when all are well, otherwise 503."""
    parts = {
        "web": {"ok": True},
        "postgres": _postgres(),
        "worker": _worker(),
        "gateway": _probe(f"http://{settings.INNER_HOST}:{settings.SSE_PORT}"),
        "media": _probe(f"http://{settings.INNER_HOST}:{settings.MEDIA_PORT}"),
        "desk": min(
            map(_probe, settings.DESK_URLS), key=lambda told: bool(told["ok"])
        ),  # of several, one that is not well
    }
    parts = _with_supervisor(parts)
    ok = all(part["ok"] for part in parts.values())
    body = {"ok": ok, "processes": parts}
    return JsonResponse(body, status=200 if ok else 503, headers={"Cache-Control": "no-store"})


def _postgres() -> dict[str, Any]:
    began = time.perf_counter()
    try:
        with connection.cursor() as cursor:
            cursor.execute("select 1")
        lag = lag_s()
    except DatabaseError as problem:
        return {"ok": False, "problem": type(problem).__name__}
    return {"ok": True, "answer_ms": round((time.perf_counter() - began) * 1000, 1), "relay_lag_s": round(lag, 3)}


def _worker() -> dict[str, Any]:
    try:
        silent, lag = worker_seen_s(), lag_s()
    except DatabaseError as problem:
        return {"ok": False, "problem": type(problem).__name__}
    if silent is None:
        return {"ok": False, "problem": "never seen"}
    ok = silent <= WORKER_SILENT_S_MAX and lag <= RELAY_LAG_S_MAX
    return {"ok": ok, "seen_s_ago": round(silent, 1), "relay_lag_s": round(lag, 3)}


def _worst(urls: list[str]) -> dict[str, Any]:
    """Of several processes of a kind one that is not well, if there is any."""
    return min(map(_probe, urls), key=lambda told: bool(told["ok"]))


def _probe(url: str) -> dict[str, Any]:
    try:
        with urlopen(f"{url.rstrip('/')}/healthz", timeout=PROBE_WAIT_S) as answer:  # noqa: S310 - from the settings
            told: dict[str, Any] = json.loads(answer.read())
    except HTTPError as problem:
        return {"ok": False, "problem": f"HTTP {problem.code}"}
    except (URLError, OSError, ValueError) as problem:
        return {"ok": False, "problem": type(problem).__name__}
    return {**told, "ok": bool(told.get("ok"))}


def _with_supervisor(parts: dict[str, dict[str, Any]]) -> dict[str, dict[str, Any]]:
    try:
        told = json.loads((settings.DATA_DIR / "run" / "processes.json").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return parts
    processes = told.get("processes", told) if isinstance(told, dict) else {}
    for name, part in parts.items():
        known = processes.get(name)
        if isinstance(known, dict):
            part.update({key: known[key] for key in ("pid", "state", "restarts", "since") if key in known})
            # The supervisor knows of a death before a heartbeat grows old; of web we know ourselves, since it answers.
            if name != "web" and known.get("state", "ready") != "ready":
                part["ok"] = False
    return parts
