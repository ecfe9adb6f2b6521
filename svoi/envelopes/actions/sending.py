"""Sending an envelope: the points leave their purse, the deal is sealed, and the place is told."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from uuid import UUID, uuid5

from svoi.communities.models import Community
from svoi.db.outbox import record, wake_relay
from svoi.db.transaction import atomic
from svoi.envelopes.events import EnvelopeSent
from svoi.envelopes.models import Envelope, EnvelopeDeal, EnvelopeGuest
from svoi.envelopes.queries import limits_of, sender_of
from svoi.envelopes.rules import (
    TO_GUESTS,
    Terms,
    Wish,
    admit_sending,
    deal_shares,
    envelope_ends,
    purse_account,
    read_greeting,
    seal,
)
from svoi.kernel.refused import SentBefore
from svoi.ledger.actions import transfer
from svoi.members.models import Member
from svoi.points.rules import whole_points


@atomic
def send_envelope(
    *,
    community: Community,
    sender: Member,
    place: str,
    place_id: int,
    wish: Wish,
    greeting: str,
    guests: Collection[int] = (),
    minutes: int = 0,
    seed: bytes,
    key: UUID,
    at: datetime,
) -> Envelope:
    """Put points aside for a place and seal who gets how much; the same key is the same envelope.

    `seed` is 32 random bytes that nobody else knows; `guests` are the members it is for in the modes for some.
    Raises `NoPurse`, `TooNewToSend`, `SendingTooSoon`, `PotUnfit`, `PotUneven`, `GuestsMissing`, `GreetingTooLong`
    `SentBefore` when the key sent another envelope, and the ledger's `AccountShort`.
    """
    Member.objects.select_for_update().get(pk=sender.pk)  # two envelopes of one sender come one after the other
    known = Envelope.objects.filter(sender=sender, key=key).first()
    if known is not None:
        return _same(known, place, place_id, wish, minutes, read_greeting(greeting))
    limits = limits_of(community_id=community.pk)
    admit_sending(wish, sender_of(community=community, member=sender), limits, at=at)
    reference = uuid5(key, str(sender.pk))
    terms = Terms(reference, wish.mode, wish.total, wish.shares, wish.least)
    envelope = Envelope.objects.create(
        community=community,
        reference=reference,
        place=place,
        place_id=place_id,
        sender=sender,
        purse=wish.purse,
        mode=wish.mode,
        total=wish.total,
        shares=wish.shares,
        least=wish.least,
        minutes=minutes,
        greeting=read_greeting(greeting),
        commitment=seal(seed, terms),
        age_days=limits.age_days,
        daily_shares_max=limits.daily_shares_max,
        pause_s=limits.pause_s,
        sent_at=at,
        expires_at=envelope_ends(limits, at=at),
        key=key,
    )
    EnvelopeDeal.objects.create(envelope=envelope, seed=seed, amounts=deal_shares(seed, terms))
    if wish.mode in TO_GUESTS:
        EnvelopeGuest.objects.bulk_create(
            [EnvelopeGuest(envelope=envelope, member_id=pk) for pk in sorted(set(guests))]
        )
    _fund(envelope, at=at)
    _tell(envelope, sender)
    return envelope


def _same(known: Envelope, place: str, place_id: int, wish: Wish, minutes: int, greeting: str) -> Envelope:
    """The envelope of before; raises `SentBefore` when it is not the one that is asked for now."""
    asked = (place, place_id, wish.purse, wish.mode, wish.total, wish.shares, wish.least, minutes, greeting)
    sent = (known.place, known.place_id, known.purse, known.mode, known.total, known.shares, known.least)
    if asked != (*sent, known.minutes, known.greeting):
        raise SentBefore()
    return known


def _fund(envelope: Envelope, *, at: datetime) -> None:
    transfer(
        key=f"envelope:{envelope.pk}:sent",
        debit=purse_account(envelope.purse, community_id=envelope.community_id, member_id=envelope.sender_id),
        credit=envelope.pot,
        amount=whole_points(envelope.total),
        reason="envelope_sent",
        subject=f"envelope:{envelope.pk}",
        at=at,
    )


def _tell(envelope: Envelope, sender: Member) -> None:
    record(
        EnvelopeSent(
            envelope_id=envelope.pk,
            community_id=envelope.community_id,
            place=envelope.place,
            place_id=envelope.place_id,
            reference=str(envelope.reference),
            sender_id=sender.pk,
            name=sender.name,
            mode=envelope.mode,
            purse=envelope.purse,
            total=envelope.total,
            shares=envelope.shares,
            greeting=envelope.greeting,
            commitment=envelope.commitment,
            expires_at=round(envelope.expires_at.timestamp() * 1000),
        )
    )
    wake_relay()
