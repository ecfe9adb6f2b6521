"""Everything known about a member, made into a file by a job and gone after some days."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path
from uuid import UUID

from django.conf import settings

from svoi.db.outbox import record
from svoi.db.transaction import after_commit, atomic
from svoi.law.events import ExportAsked
from svoi.law.models import DataExport
from svoi.law.packing import digest_of, pack
from svoi.law.personal import ALL_PARTS
from svoi.law.rules import EXPORT_KEPT_DAYS, EXPORT_REST_S, admit_export
from svoi.members.models import Member


def export_file(*, key: UUID) -> Path:
    """Where an export lies: beside the pictures, not among them."""
    return Path(settings.DATA_DIR) / "exports" / f"{key.hex}.zip"


@atomic
def ask_export(*, member: Member, key: UUID, at: datetime) -> DataExport:
    """Ask for everything; the same key asks once. Raises ExportTooSoon."""
    Member.objects.select_for_update(no_key=True).filter(pk=member.pk).first()
    if earlier := DataExport.objects.filter(member=member, key=key).first():
        return earlier
    lately = DataExport.objects.filter(member=member, asked_at__gt=at - timedelta(seconds=EXPORT_REST_S))
    admit_export(asked_at=list(lately.values_list("asked_at", flat=True)), at=at)
    export = DataExport.objects.create(member=member, key=key, asked_at=at)
    record(ExportAsked(export_id=export.pk))
    return export


def make_export(*, export_id: int, at: datetime) -> bool:
    """Write the file and say that it is ready; False when it is ready already or gone. Safe to repeat."""
    export = DataExport.objects.filter(pk=export_id, ready_at=None, gone_at=None).first()
    if export is None:
        return False
    target = export_file(key=export.key)
    pack(target, parts=ALL_PARTS, member_id=export.member_id, media=Path(settings.MEDIA_ROOT), at=at)
    size, digest = target.stat().st_size, digest_of(target)
    still = DataExport.objects.filter(pk=export_id, ready_at=None, gone_at=None)
    if not still.update(ready_at=at, size_bytes=size, sha256=digest):
        target.unlink(missing_ok=True)  # she was erased meanwhile
        return False
    return True


def drop_old_exports(*, at: datetime) -> int:
    """Let exports go when their days are over; for the clock. Returns how many went."""
    old = DataExport.objects.filter(gone_at=None, asked_at__lte=at - timedelta(days=EXPORT_KEPT_DAYS))
    return sum(_drop(export, at=at) for export in old.order_by("pk"))


def drop_exports_of(*, member: Member, at: datetime) -> int:
    """Let all of a member's exports go. Returns how many went."""
    return sum(_drop(export, at=at) for export in DataExport.objects.filter(member=member, gone_at=None))


def _drop(export: DataExport, *, at: datetime) -> int:
    gone = DataExport.objects.filter(pk=export.pk, gone_at=None).update(gone_at=at)
    lain = export_file(key=export.key)
    after_commit(lambda: lain.unlink(missing_ok=True))
    return gone
