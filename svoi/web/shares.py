"""The one place where a page takes something scarce for somebody: at the desk, or by the same statement without one."""

from __future__ import annotations

from datetime import UTC, datetime
from uuid import UUID

from svoi.envelopes.actions import claim_share
from svoi.envelopes.models import Envelope
from svoi.envelopes.rules import Taken
from svoi.flash.actions import claim_flash
from svoi.flash.models import FlashDeal
from svoi.members.models import Member
from svoi.web.desk_line import DeskAway, ask_desk


def take_share(*, envelope: Envelope, member: Member, key: UUID, at: datetime) -> Taken:
    """Her share, taken now or long ago; raises what stands against it, and `TryAgain`."""
    try:
        told = ask_desk(kind="envelope", thing_id=envelope.pk, member_id=member.pk, key=key)
    except DeskAway:
        return claim_share(envelope_id=envelope.pk, member_id=member.pk, key=key, at=at)
    taken_at = datetime.fromtimestamp(told["at"] / 1000, UTC)
    return Taken(told["position"], told["amount"], taken_at, is_new=told["is_new"])


def take_pieces(*, deal: FlashDeal, member: Member, quantity: int, key: UUID, at: datetime) -> None:
    """Pieces of a deal are hers for a while, or were before; raises what stands against it, and `TryAgain`."""
    try:
        ask_desk(kind="flash", thing_id=deal.pk, member_id=member.pk, key=key, quantity=quantity)
    except DeskAway:
        claim_flash(deal_id=deal.pk, member_id=member.pk, quantity=quantity, key=key, at=at)
