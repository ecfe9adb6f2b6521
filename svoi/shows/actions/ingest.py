"""What the media process tells: a publisher at the door, pictures arriving, pictures gone."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from svoi.db.outbox import record, wake_relay
from svoi.db.transaction import atomic
from svoi.shows.actions.keys import key_hash
from svoi.shows.actions.locking import locked_show
from svoi.shows.events import SignalLost, SignalRestored
from svoi.shows.models import Ingest, IngestRefusal, StreamKey
from svoi.shows.rules.airing import admit_publisher


@dataclass(frozen=True, slots=True)
class Admission:
    """Which show a publisher may fill, under which session."""

    show_id: int
    session: UUID


def admit_ingest(*, key: str) -> Admission:
    """Let a publisher in by its key; raise `KeyUnknown` or `ShowEnded`."""
    found = StreamKey.objects.filter(key_hash=key_hash(key), revoked_at=None).select_related("show").first()
    admit_publisher(known=found is not None, ended=found is not None and found.show.ended_at is not None)
    assert found is not None
    return Admission(show_id=found.show_id, session=uuid4())


@atomic
def note_online(*, show_id: int, session: UUID, signal: dict[str, Any], at: datetime) -> None:
    """Pictures arrive. Told twice is noted once; an earlier session still open has been replaced by this one."""
    show = locked_show(show_id)
    _, new = Ingest.objects.get_or_create(session=session, defaults={"show": show, "online_at": at, "signal": signal})
    if not new:
        return
    Ingest.objects.filter(show=show, offline_at__isnull=True).exclude(session=session).update(
        offline_at=at, reason="replaced"
    )
    if show.ended_at is None:
        record(SignalRestored(show_id=show_id))
        wake_relay()


@atomic
def note_offline(*, show_id: int, session: UUID, reason: str, at: datetime) -> None:
    """Pictures stopped. Only the session that was on line can end, and only once."""
    show = locked_show(show_id)
    gone = Ingest.objects.filter(show=show, session=session, offline_at__isnull=True).update(
        offline_at=at, reason=reason[:40]
    )
    if gone and show.ended_at is None:
        record(SignalLost(show_id=show_id))
        wake_relay()


def note_refusal(*, show_id: int, code: str, at: datetime) -> None:
    """A publisher was turned away, and the host will want to know why."""
    IngestRefusal.objects.create(show_id=show_id, code=code[:40], at=at)
