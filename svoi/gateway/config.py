"""What the environment tells the gateway, and the limits it keeps."""

from __future__ import annotations

import os
import resource
from collections.abc import Mapping
from dataclasses import dataclass

PORT_DEFAULT = 8000
CONNECTIONS_MAX = 20_000
ROOM_CONNECTIONS_MAX = 20_000
ADDRESS_CONNECTIONS_MAX = 512  # one address may be a whole dormitory or a mobile operator's
FILES_KEPT_BACK = 64  # for the database, the web, logs and listening sockets


@dataclass(frozen=True, slots=True)
class Config:
    """Everything the gateway is told."""

    secret: str
    database_url: str
    web_url: str
    origins: frozenset[str]
    host: str = "127.0.0.1"
    port: int = PORT_DEFAULT + 1
    sse_port: int = PORT_DEFAULT + 4
    desk_urls: tuple[str, ...] = (f"http://127.0.0.1:{PORT_DEFAULT + 5}",)
    connections_max: int = CONNECTIONS_MAX
    room_connections_max: int = ROOM_CONNECTIONS_MAX
    address_connections_max: int = ADDRESS_CONNECTIONS_MAX


def read_config(env: Mapping[str, str] = os.environ) -> Config:
    """The configuration, or SystemExit with a sentence that names what is missing."""
    base = _number(env, "SVOI_PORT", PORT_DEFAULT)
    host = env.get("SVOI_HOST") or "127.0.0.1"
    reached_by = "127.0.0.1" if host in ("0.0.0.0", "::") else host  # noqa: S104 - compared, not bound
    origins = env.get("SVOI_ORIGINS") or f"http://127.0.0.1:{base} http://localhost:{base}"
    return Config(
        secret=_required(env, "SVOI_SECRET"),
        database_url=_required(env, "DATABASE_URL"),
        web_url=env.get("SVOI_WEB_URL") or f"http://{_in_url(reached_by)}:{base}",
        origins=frozenset(origin.rstrip("/") for origin in origins.split()),
        host=host,
        port=_number(env, "SVOI_GATEWAY_PORT", base + 1),
        sse_port=_number(env, "SVOI_SSE_PORT", base + 4),
        desk_urls=_desks(env, base),
        connections_max=min(_number(env, "SVOI_GATEWAY_CONNECTIONS_MAX", CONNECTIONS_MAX), open_files()),
        room_connections_max=_number(env, "SVOI_GATEWAY_ROOM_CONNECTIONS_MAX", ROOM_CONNECTIONS_MAX),
        address_connections_max=_number(env, "SVOI_GATEWAY_ADDRESS_CONNECTIONS_MAX", ADDRESS_CONNECTIONS_MAX),
    )


def open_files() -> int:
    """Raise the soft limit of open files to the hard one, and say how many sockets fit."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if hard == resource.RLIM_INFINITY or hard > CONNECTIONS_MAX * 2:
        hard = max(soft, CONNECTIONS_MAX * 2)
    if soft < hard:
        resource.setrlimit(resource.RLIMIT_NOFILE, (hard, resource.getrlimit(resource.RLIMIT_NOFILE)[1]))
    return max(1, hard - FILES_KEPT_BACK)


def _desks(env: Mapping[str, str], base: int) -> tuple[str, ...]:
    """Where claims are decided: the house's own desk, or those that the setting names."""
    told = env.get("SVOI_DESK_URLS") or f"http://127.0.0.1:{_number(env, 'SVOI_DESK_PORT', base + 5)}"
    return tuple(url.rstrip("/") for url in told.split())


def _required(env: Mapping[str, str], name: str) -> str:
    value = env.get(name)
    if not value:
        raise SystemExit(f"The gateway needs {name}.")
    return value


def _number(env: Mapping[str, str], name: str, default: int) -> int:
    value = env.get(name) or str(default)
    if not value.isdigit():
        raise SystemExit(f"{name} must be a whole number, not {value!r}.")
    return int(value)


def _in_url(host: str) -> str:
    return f"[{host}]" if ":" in host else host
