"""Forgetting a member: her name leaves what rooms were told, and she is named in no list."""

from __future__ import annotations

from svoi.db.outbox import take_name_out
from svoi.db.transaction import atomic
from svoi.envelopes.events import EnvelopeSent
from svoi.envelopes.models import QuietTaker


@atomic
def forget_sender(*, member_id: int) -> int:
    """Take her name out of the envelopes she sent, and return of how many; her shares stay with a nameless member."""
    QuietTaker.objects.filter(member_id=member_id).delete()
    return take_name_out(kind=EnvelopeSent.kind, who="sender_id", member_id=member_id)
