"""Pictures that lie beside a feed, copied under names made of their content."""

from __future__ import annotations

import hashlib
import tempfile
from pathlib import Path

from svoi.catalog.rules.feeds import PICTURE_BYTES_MAX

# What browsers show and what cannot carry a script; told by the first bytes, never by the name.
_KINDS = ((b"\xff\xd8\xff", 0, "jpg"), (b"\x89PNG\r\n\x1a\n", 0, "png"), (b"GIF8", 0, "gif"), (b"WEBP", 8, "webp"),
          (b"ftypavif", 4, "avif"))  # fmt: skip


class PictureMissing(Exception):
    """There is no such picture to copy: `picture_not_found`, `picture_outside`, `picture_too_large`, `picture_kind`."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def keep_picture(path: str, *, folder: Path | None, kept_in: Path) -> str:
    """Copy a picture into `kept_in` and return its name there; the same content has the same name."""
    content = _read(path, folder)
    kind = next((kind for mark, at, kind in _KINDS if content[at : at + len(mark)] == mark), None)
    if kind is None:
        raise PictureMissing("picture_kind")
    return write_picture(content, kind=kind, kept_in=kept_in)


def write_picture(content: bytes, *, kind: str, kept_in: Path) -> str:
    """Write a picture under a name made of its content, once; returns the name."""
    digest = hashlib.sha256(content).hexdigest()[:40]
    name = f"{digest[:2]}/{digest}.{kind}"
    target = kept_in / name
    if not target.exists():
        _write(target, content)
    return name


def _read(path: str, folder: Path | None) -> bytes:
    if folder is None:
        raise PictureMissing("picture_not_found")
    root = folder.resolve()
    try:
        found = (root / path).resolve()
        if not found.is_relative_to(root):
            raise PictureMissing("picture_outside")
        with found.open("rb") as file:
            content = file.read(PICTURE_BYTES_MAX + 1)
    except (OSError, ValueError):
        raise PictureMissing("picture_not_found") from None
    if len(content) > PICTURE_BYTES_MAX:
        raise PictureMissing("picture_too_large")
    return content


def _write(target: Path, content: bytes) -> None:
    """Under a passing name first: a half-written picture must never be found under its own."""
    target.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile(dir=target.parent, delete=False) as file:
        file.write(content)
    passing = Path(file.name)
    passing.chmod(0o644)
    passing.replace(target)
