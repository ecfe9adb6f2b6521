"""The end of an envelope by its time: what nobody took goes back to the purse it came from."""

from __future__ import annotations

from datetime import datetime

from svoi.db.outbox import record
from svoi.db.transaction import atomic
from svoi.envelopes.events import EnvelopeClosed
from svoi.envelopes.models import Envelope, EnvelopeClosing
from svoi.envelopes.queries import expired_envelopes, left_in
from svoi.envelopes.rules import purse_account
from svoi.ledger.actions import transfer
from svoi.points.rules import whole_points

ENVELOPES_A_ROUND = 200


def close_envelopes(*, at: datetime) -> int:
    """Close those whose time is over, each in a transaction of its own; returns how many."""
    over = expired_envelopes(at=at, most=ENVELOPES_A_ROUND)
    return sum(close_envelope(envelope_id=envelope_id, at=at) is not None for envelope_id in over)


@atomic
def close_envelope(*, envelope_id: int, at: datetime) -> EnvelopeClosing | None:
    """Close an envelope whose time is over; one that is closed already, or not over yet, stays as it is."""
    # Whoever takes shares holds this lock until commit: what is left is counted after the last of them.
    envelope = Envelope.objects.select_for_update(no_key=True).get(pk=envelope_id)
    if at < envelope.expires_at or EnvelopeClosing.objects.filter(envelope=envelope).exists():
        return None
    left = left_in(envelope)
    if left:
        transfer(
            key=f"envelope:{envelope.pk}:returned",
            debit=envelope.pot,
            credit=purse_account(envelope.purse, community_id=envelope.community_id, member_id=envelope.sender_id),
            amount=whole_points(left),
            reason="envelope_returned",
            subject=f"envelope:{envelope.pk}",
            at=at,
        )
    record(
        EnvelopeClosed(
            envelope_id=envelope.pk,
            community_id=envelope.community_id,
            place=envelope.place,
            place_id=envelope.place_id,
            closed_for="expired",
            returned=left,
        )
    )
    return EnvelopeClosing.objects.create(envelope=envelope, closed_for="expired", returned=left, closed_at=at)
