"""What the supervisor tells this process through the environment."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from svoi.media.studio.converter import can_convert

ANY_ADDRESS = ("", "0.0.0.0", "::")  # noqa: S104 - compared with, never bound


class ConfigMissing(ValueError):
    """A variable is absent or makes no sense; the sentence names it."""


@dataclass(frozen=True, slots=True)
class Config:
    """Names and defaults as in the operator's handbook."""

    secret: str
    folder: Path
    host: str
    http_port: int
    rtmp_port: int
    web_url: str
    origins: frozenset[str]
    converts_sound: bool = False

    @classmethod
    def from_environment(cls, environment: Mapping[str, str]) -> Config:
        """Raises ConfigMissing."""
        host = environment.get("SVOI_HOST", "127.0.0.1")
        web_port = _port(environment, "SVOI_PORT", 8000)
        near = "127.0.0.1" if host in ANY_ADDRESS else host
        origins = environment.get("SVOI_ORIGINS", f"http://127.0.0.1:{web_port} http://localhost:{web_port}")
        return cls(
            secret=_needed(environment, "SVOI_SECRET"),
            folder=Path(_needed(environment, "SVOI_DATA")) / "media",
            host=host,
            http_port=_port(environment, "SVOI_MEDIA_PORT", web_port + 2),
            rtmp_port=_port(environment, "SVOI_RTMP_PORT", web_port + 3),
            web_url=environment.get("SVOI_WEB_URL", f"http://{near}:{web_port}").rstrip("/"),
            origins=frozenset(origin.rstrip("/") for origin in origins.split()),
            converts_sound=can_convert(),
        )


def _needed(environment: Mapping[str, str], name: str) -> str:
    if not environment.get(name):
        raise ConfigMissing(f"{name} is not set")
    return environment[name]


def _port(environment: Mapping[str, str], name: str, default: int) -> int:
    text = environment.get(name) or str(default)
    if not text.isdigit() or int(text) > 0xFFFF:
        raise ConfigMissing(f"{name} is not a port number: {text!r}")
    return int(text)
