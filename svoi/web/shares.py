"""The one place where a page takes a share for somebody."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from svoi.envelopes.actions import claim_share
from svoi.envelopes.models import Envelope
from svoi.envelopes.rules import Taken
from svoi.members.models import Member


def take_share(*, envelope: Envelope, member: Member, key: UUID, at: datetime) -> Taken:
    """Her share, taken now or long ago; raises what stands against it, and `TryAgain`."""
    return claim_share(envelope_id=envelope.pk, member_id=member.pk, key=key, at=at)
