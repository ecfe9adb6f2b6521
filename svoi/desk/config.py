"""What the environment tells the desk."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass

PORT_DEFAULT = 8000
PORT_OFFSET = 5


@dataclass(frozen=True, slots=True)
class Config:
    """Everything the desk is told."""

    secret: str
    database_url: str
    zone: str = "Europe/Moscow"
    host: str = "127.0.0.1"
    port: int = PORT_DEFAULT + PORT_OFFSET


def read_config(env: Mapping[str, str] = os.environ) -> Config:
    """The configuration, or SystemExit with a sentence that names what is missing."""
    return Config(
        secret=_required(env, "SVOI_SECRET"),
        database_url=_required(env, "DATABASE_URL"),
        zone=env.get("SVOI_TIME_ZONE") or "Europe/Moscow",
        host=env.get("SVOI_DESK_HOST") or "127.0.0.1",
        port=_number(env, "SVOI_DESK_PORT", _number(env, "SVOI_PORT", PORT_DEFAULT) + PORT_OFFSET),
    )


def _required(env: Mapping[str, str], name: str) -> str:
    value = env.get(name)
    if not value:
        raise SystemExit(f"The desk needs {name}.")
    return value


def _number(env: Mapping[str, str], name: str, default: int) -> int:
    value = env.get(name) or str(default)
    if not value.isdigit():
        raise SystemExit(f"{name} must be a whole number, not {value!r}.")
    return int(value)
