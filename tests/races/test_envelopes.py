"""Many hands on one envelope at the same moment, on the plain path: every share is dealt once, to the last point."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta
from uuid import uuid4

import pytest

from svoi.communities.models import Community
from svoi.envelopes.actions import change_limits, claim_share, close_envelope
from svoi.envelopes.models import EnvelopeClosing, EnvelopeShare
from svoi.envelopes.rules import Limits
from svoi.ledger.queries import check_ledger
from svoi.members.models import Member
from tests.cast import NOON
from tests.envelopes.purse import balance, crowd, fund, send
from tests.races.at_once import THREADS, at_once

pytestmark = pytest.mark.django_db(transaction=True)
ROUNDS = 5
LATER = NOON + timedelta(minutes=1)


def test_fewer_shares_than_hands(table: Community, anna: Member) -> None:
    fund(table, 500)
    for _ in range(ROUNDS):
        envelope, people = send(table, anna, shares=3), crowd(table, THREADS)

        def claim(place: int) -> None:
            claim_share(envelope_id=envelope.pk, member_id=people[place].pk, key=uuid4(), at=LATER)  # noqa: B023

        assert Counter(at_once(claim)) == {"done": 3, "envelope_empty": THREADS - 3}
        assert balance(envelope.pot) == 0
        shares = EnvelopeShare.objects.filter(envelope=envelope).order_by("position")
        assert list(shares.values_list("position", flat=True)) == [1, 2, 3]
    assert check_ledger() == []


def test_one_member_with_many_hands_has_one_share(table: Community, anna: Member) -> None:
    fund(table, 100)
    envelope, (vera,) = send(table, anna), crowd(table, 1)
    claim = {"envelope_id": envelope.pk, "member_id": vera.pk, "key": uuid4(), "at": LATER}
    assert at_once(lambda _: claim_share(**claim)) == ["done"] * THREADS
    share = EnvelopeShare.objects.get()
    assert balance(f"points:{table.pk}:{vera.pk}") == share.amount


def test_a_day_is_counted_once_over_many_envelopes(table: Community, anna: Member) -> None:
    """Each hand reaches for another envelope: the cap of the day holds although no lock is shared."""
    fund(table, 1_000)
    limits = Limits(daily_shares_max=2, pause_s=0).as_columns()
    change_limits(community=table, by=anna, wanted={name: str(value) for name, value in limits.items()})
    envelopes, (vera,) = [send(table, anna) for _ in range(THREADS)], crowd(table, 1)

    def claim(place: int) -> None:
        claim_share(envelope_id=envelopes[place].pk, member_id=vera.pk, key=uuid4(), at=LATER)

    told = Counter(at_once(claim) + at_once(claim) + at_once(claim))
    assert set(told) <= {"done", "try_again", "cap_reached"}
    assert sorted(EnvelopeShare.objects.values_list("nth", flat=True)) == [1, 2]
    assert check_ledger() == []


def test_the_end_and_the_last_claims_agree(table: Community, anna: Member) -> None:
    fund(table, 500)
    for _ in range(ROUNDS):
        envelope, people = send(table, anna, shares=50), crowd(table, THREADS)

        def claim_or_close(place: int) -> None:
            if place == 0:
                close_envelope(envelope_id=envelope.pk, at=envelope.expires_at)  # noqa: B023
            else:
                claim_share(envelope_id=envelope.pk, member_id=people[place].pk, key=uuid4(), at=LATER)  # noqa: B023

        at_once(claim_or_close)
        taken = sum(EnvelopeShare.objects.filter(envelope=envelope).values_list("amount", flat=True))
        assert EnvelopeClosing.objects.get(envelope=envelope).returned == 100 - taken
        assert balance(envelope.pot) == 0
    assert check_ledger() == []
