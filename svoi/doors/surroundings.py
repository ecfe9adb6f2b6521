"""The environment every process of an instance gets, and the note of it that `bin/svoi` reads."""

import json
import os
import socket
from collections.abc import Mapping
from pathlib import Path

from svoi.doors.folder import Folder
from svoi.doors.ports import Ports
from svoi.doors.supervisor.board import replace_text

ROOT = Path(__file__).resolve().parents[2]
SETTINGS = "svoi.conf.settings"
LOOPBACKS = ("127.0.0.1", "localhost", "[::1]")
WILDCARDS = ("0.0.0.0", "::")  # noqa: S104  (compared, not bound)


def surroundings(folder: Folder, *, host: str, ports: Ports, database_url: str, demo: bool) -> dict[str, str]:
    """What we decide; whatever the person set in the environment for the rest stays."""
    names = _names(host)
    decided = {
        "SVOI_DATA": str(folder.path),
        "SVOI_SECRET": folder.secret(),
        "SVOI_HOST": host,
        "SVOI_PORT": str(ports["web"]),
        "SVOI_GATEWAY_PORT": str(ports["gateway"]),
        "SVOI_MEDIA_PORT": str(ports["media"]),
        "SVOI_RTMP_PORT": str(ports["rtmp"]),
        "SVOI_SSE_PORT": str(ports["sse"]),
        "SVOI_DESK_PORT": str(ports["desk"]),
        "SVOI_DEMO": "1" if demo else "0",
        "DATABASE_URL": database_url,
        "DJANGO_SETTINGS_MODULE": SETTINGS,
    }
    wishes = {
        "SVOI_ORIGINS": " ".join(f"http://{name}:{ports['web']}" for name in names),
        "SVOI_HOSTS": " ".join(names),
    }
    kept = {name: text for name, text in os.environ.items() if name.startswith("SVOI_")}
    return {**wishes, **kept, **decided}


def child_environment(own: Mapping[str, str]) -> dict[str, str]:
    return {**os.environ, **own, "PYTHONPATH": str(ROOT), "PYTHONUNBUFFERED": "1"}


def _names(host: str) -> list[str]:
    """Every name a browser on this machine or beside it may come by."""
    given = [socket.gethostname(), _own_address()] if host in WILDCARDS else [f"[{host}]" if ":" in host else host]
    return list(dict.fromkeys([*LOOPBACKS, *given]))


def _own_address() -> str:
    """The address this machine shows to its network; nothing is sent."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(("192.0.2.1", 9))
        except OSError:
            return "127.0.0.1"
        return str(probe.getsockname()[0])


def leave_note(folder: Folder, own: Mapping[str, str]) -> None:
    replace_text(folder.environment, json.dumps(dict(own), indent=1) + "\n", mode=0o600)


def left_note(folder: Folder) -> dict[str, str] | None:
    try:
        note = json.loads(folder.environment.read_text())
    except (OSError, ValueError):
        return None
    return {str(name): str(text) for name, text in note.items()}
