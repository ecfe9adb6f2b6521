"""An export as a zip: one JSON of everything known, and the texts and pictures it speaks of beside it."""

from __future__ import annotations

import hashlib
import zipfile
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from typing import IO, Any

from django.core.serializers.json import DjangoJSONEncoder

from svoi.db.personal import Part

ENCODER = DjangoJSONEncoder(ensure_ascii=False)


def pack(target: Path, *, parts: Iterable[Part], member_id: int, media: Path, at: datetime) -> None:
    """Write the zip under a passing name and put it in its place whole, readable by the house alone."""
    target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    fresh = target.with_suffix(".part")
    fresh.unlink(missing_ok=True)
    fresh.touch(mode=0o600)
    files: dict[str, bytes | Path] = {}
    with zipfile.ZipFile(fresh, "w", zipfile.ZIP_DEFLATED) as archive:
        with archive.open("data.json", "w") as out:
            _write_json(out, parts, member_id=member_id, media=media, at=at, files=files)
        for name, content in sorted(files.items()):
            if isinstance(content, bytes):
                archive.writestr(name, content)
            else:
                archive.write(content, name)
    fresh.replace(target)


def digest_of(target: Path) -> str:
    """SHA-256 of a file."""
    with target.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _write_json(
    out: IO[bytes], parts: Iterable[Part], *, member_id: int, media: Path, at: datetime, files: dict[str, bytes | Path]
) -> None:
    """Row by row: somebody who watched for years has more rows than memory."""
    out.write(f'{{"made_at": "{at.isoformat()}"'.encode())
    for part in parts:
        out.write(f',\n"{part.name}": ['.encode())
        comma = ""
        for row in part.rows(member_id):
            _lay_beside(part, row, media=media, files=files)
            out.write(f"{comma}\n  {ENCODER.encode(row)}".encode())
            comma = ","
        out.write(b"]")
    out.write(b"}\n")


def _lay_beside(part: Part, row: dict[str, Any], *, media: Path, files: dict[str, bytes | Path]) -> None:
    if part.words:
        files[f"{part.name}/{row['id']}.txt"] = str(row[part.words]).encode()
    if part.file and row[part.file]:
        kept = (media / str(row[part.file])).resolve()
        if kept.is_relative_to(media.resolve()) and kept.is_file():
            files[f"{part.name}/{row['id']}{kept.suffix}"] = kept
