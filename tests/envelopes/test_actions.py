"""Sending, taking and closing on a real database: points, shares, events and answers are exact."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import DatabaseError, transaction

from svoi.communities.models import Community
from svoi.envelopes.actions import (
    change_limits,
    claim_share,
    claim_shares,
    close_envelope,
    close_envelopes,
    forget_sender,
    hide_taker,
)
from svoi.envelopes.models import Envelope, EnvelopeClosing, EnvelopeDeal, EnvelopeShare, QuietTaker
from svoi.envelopes.queries import limits_of, proof_of
from svoi.envelopes.rules import Claim, Limits, Taken, Terms, deal_shares, seal
from svoi.kernel.refused import Refused, SentBefore
from svoi.ledger.models import Transfer
from svoi.ledger.queries import check_ledger
from svoi.members.models import Member
from tests import cast
from tests.cast import NOON
from tests.envelopes.purse import SEED, balance, crowd, fund, send, settle
from tests.orders.way import refuses

pytestmark = pytest.mark.django_db
LATER = NOON + timedelta(minutes=1)


def refusal(**claim: object) -> str:
    with pytest.raises(Refused) as refused:
        claim_share(**{"key": uuid4(), "at": LATER, **claim})  # type: ignore[arg-type]
    return refused.value.code


def test_an_envelope_is_funded_sealed_and_told(table: Community, anna: Member) -> None:
    fund(table, 500)
    envelope = send(table, anna, greeting="  С  праздником ")
    terms = Terms(envelope.reference, "random", 100, 5, 1)
    assert envelope.greeting == "С праздником"
    assert envelope.commitment == seal(SEED, terms)
    assert envelope.deal.amounts == deal_shares(SEED, terms)
    assert (balance(envelope.pot), balance(f"budget:{table.pk}")) == (100, 400)
    kind, facts = cast.recorded()[-1]
    assert (kind, facts["commitment"], "seed" in str(facts)) == ("envelope_sent", envelope.commitment, False)


def test_the_same_key_is_the_same_envelope(table: Community, anna: Member) -> None:
    fund(table, 500)
    key = uuid4()
    assert send(table, anna, key=key) == send(table, anna, key=key)
    assert (Envelope.objects.count(), balance(f"budget:{table.pk}")) == (1, 400)


def test_nothing_is_sent_that_the_budget_does_not_hold(table: Community, anna: Member) -> None:
    fund(table, 99)
    with pytest.raises(Refused) as refused:
        send(table, anna)
    assert refused.value.code == "account_short"


def test_shares_are_dealt_in_the_order_of_coming(table: Community, anna: Member) -> None:
    fund(table, 100)
    envelope, people = send(table, anna), crowd(table, 7)
    answers = claim_shares(claims=[Claim(envelope.pk, one.pk, uuid4()) for one in people], at=LATER)
    taken = [answer for answer in answers if isinstance(answer, Taken)]
    assert [(one.position, one.amount) for one in taken] == list(enumerate(envelope.deal.amounts, 1))
    assert [answer.code for answer in answers if isinstance(answer, Refused)] == ["envelope_empty"] * 2
    assert [balance(f"points:{table.pk}:{one.pk}") for one in people[:5]] == envelope.deal.amounts
    assert balance(envelope.pot) == 0
    assert Transfer.objects.filter(reason="envelope_share").count() == 1
    assert [kind for kind, _ in cast.recorded()][-2:] == ["shares_taken", "envelope_closed"]
    assert cast.recorded()[-2][1]["shares_left"] == 0
    assert check_ledger() == []


def test_a_retry_gets_the_same_answer_and_nothing_more(table: Community, anna: Member) -> None:
    fund(table, 100)
    envelope, (vera,) = send(table, anna), crowd(table, 1)
    first = claim_share(envelope_id=envelope.pk, member_id=vera.pk, key=uuid4(), at=LATER)
    again = claim_share(envelope_id=envelope.pk, member_id=vera.pk, key=uuid4(), at=LATER + timedelta(days=9))
    assert (first.is_new, again.is_new) == (True, False)
    assert (again.position, again.amount, again.taken_at) == (first.position, first.amount, first.taken_at)
    assert balance(f"points:{table.pk}:{vera.pk}") == first.amount


def test_twice_in_one_call_is_one_share(table: Community, anna: Member) -> None:
    fund(table, 100)
    envelope, (vera,) = send(table, anna), crowd(table, 1)
    answers = claim_shares(claims=[Claim(envelope.pk, vera.pk, uuid4())] * 2, at=LATER)
    assert isinstance(answers[0], Taken)
    assert isinstance(answers[1], Refused)
    assert (answers[1].code, EnvelopeShare.objects.count()) == ("try_again", 1)


def test_who_may_not_take(table: Community, anna: Member, vera: Member, dmitri: Member) -> None:
    fund(table, 400)
    settle(table, vera, days=3)
    envelope = send(table, anna)
    assert refusal(envelope_id=envelope.pk, member_id=dmitri.pk) == "not_one_of_us"
    assert refusal(envelope_id=envelope.pk, member_id=vera.pk) == "too_new_to_take"
    assert refusal(envelope_id=envelope.pk + 1, member_id=vera.pk) == "not_found"
    settle(table, vera)
    tea = send(table, anna, mode="tea", guests=[anna.pk])
    assert refusal(envelope_id=tea.pk, member_id=vera.pk) == "not_a_guest"
    assert refusal(envelope_id=envelope.pk, member_id=vera.pk, at=NOON + timedelta(days=1)) == "envelope_over"
    assert EnvelopeShare.objects.count() == 0


def test_a_stranger_does_not_learn_that_an_envelope_is_empty(table: Community, anna: Member, dmitri: Member) -> None:
    fund(table, 100)
    envelope, people = send(table, anna, shares=1), crowd(table, 2)
    claim_share(envelope_id=envelope.pk, member_id=people[0].pk, key=uuid4(), at=LATER)
    assert refusal(envelope_id=envelope.pk, member_id=people[1].pk) == "envelope_empty"
    assert refusal(envelope_id=envelope.pk, member_id=dmitri.pk) == "not_one_of_us"


def test_shares_of_a_day_have_a_cap_and_a_pause(table: Community, anna: Member) -> None:
    fund(table, 1_000)
    change_limits(
        community=table,
        by=anna,
        wanted={name: str(value) for name, value in Limits(daily_shares_max=2).as_columns().items()},
    )
    (vera,) = crowd(table, 1)
    envelopes = [send(table, anna) for _ in range(3)]
    claim_share(envelope_id=envelopes[0].pk, member_id=vera.pk, key=uuid4(), at=LATER)
    assert refusal(envelope_id=envelopes[1].pk, member_id=vera.pk) == "taken_too_soon"
    soon = LATER + timedelta(seconds=10)
    assert claim_share(envelope_id=envelopes[1].pk, member_id=vera.pk, key=uuid4(), at=soon).is_new
    assert refusal(envelope_id=envelopes[2].pk, member_id=vera.pk, at=soon + timedelta(minutes=5)) == "cap_reached"
    tomorrow = NOON + timedelta(hours=23)
    assert claim_share(envelope_id=envelopes[2].pk, member_id=vera.pk, key=uuid4(), at=tomorrow).is_new


def test_a_robot_with_many_accounts_gets_what_the_caps_allow(table: Community, anna: Member) -> None:
    """Fifty accounts opened for the evening get nothing; three it kept for long get the shares of their day."""
    fund(table, 1_000)
    fresh, old = crowd(table, 50), crowd(table, 3)
    settle(table, *fresh, days=6)
    envelopes = [send(table, anna, shares=50) for _ in range(8)]
    told: Counter[str] = Counter()
    for minute, envelope in enumerate(envelopes, 1):
        for robot in (*fresh, *old, *old):
            claim = Claim(envelope.pk, robot.pk, uuid4())
            (answer,) = claim_shares(claims=[claim], at=NOON + timedelta(minutes=minute))
            told["taken" if isinstance(answer, Taken) and answer.is_new else getattr(answer, "code", "again")] += 1
    assert told == {"taken": 15, "again": 15, "cap_reached": 18, "too_new_to_take": 400}


def test_what_nobody_took_goes_back(table: Community, anna: Member) -> None:
    fund(table, 100)
    envelope, (vera,) = send(table, anna), crowd(table, 1)
    share = claim_share(envelope_id=envelope.pk, member_id=vera.pk, key=uuid4(), at=LATER)
    assert close_envelope(envelope_id=envelope.pk, at=LATER) is None
    over = NOON + timedelta(hours=24)
    closing = close_envelope(envelope_id=envelope.pk, at=over)
    assert closing == EnvelopeClosing.objects.get()
    assert (closing.closed_for, closing.returned) == ("expired", 100 - share.amount)
    assert (balance(f"budget:{table.pk}"), balance(envelope.pot)) == (100 - share.amount, 0)
    assert close_envelope(envelope_id=envelope.pk, at=over) is None
    assert close_envelopes(at=over) == 0
    assert cast.recorded()[-1] == (
        "envelope_closed",
        {
            "envelope_id": envelope.pk,
            "community_id": table.pk,
            "place": "community",
            "place_id": table.pk,
            "closed_for": "expired",
            "returned": 100 - share.amount,
        },
    )


def test_a_round_closes_all_that_are_over(table: Community, anna: Member) -> None:
    fund(table, 300)
    send(table, anna)
    send(table, anna)
    send(table, anna, at=NOON + timedelta(hours=1))
    assert close_envelopes(at=NOON + timedelta(hours=24)) == 2
    assert (EnvelopeClosing.objects.count(), balance(f"budget:{table.pk}")) == (2, 200)


def test_a_members_own_envelope_comes_from_her_points(table: Community, anna: Member) -> None:
    fund(table, 100)
    (vera,) = crowd(table, 1)
    claim_share(envelope_id=send(table, anna, shares=1).pk, member_id=vera.pk, key=uuid4(), at=LATER)
    own = send(table, vera, purse="own", total=40, shares=2, at=LATER)
    assert (balance(f"points:{table.pk}:{vera.pk}"), balance(own.pot)) == (60, 40)
    with pytest.raises(Refused) as refused:
        send(table, vera, purse="own", total=40, shares=2, at=LATER)
    assert refused.value.code == "sending_too_soon"


def test_the_proof_is_dealt_anew_and_holds(table: Community, anna: Member) -> None:
    fund(table, 100)
    envelope, people = send(table, anna), crowd(table, 5)
    before = proof_of(envelope)
    assert (before.seed, before.holds, before.dealt) == (None, None, [])
    claim_shares(claims=[Claim(envelope.pk, one.pk, uuid4()) for one in people], at=LATER)
    proof = proof_of(Envelope.objects.get())
    assert (proof.seed, proof.holds) == (SEED.hex(), True)
    assert proof.given == list(enumerate(proof.dealt, 1))


@pytest.mark.parametrize(
    ("seed", "amounts"), [(SEED, [50, 51]), (SEED, [100]), (SEED[:31], [50, 50]), (SEED, [100, 0])]
)
def test_a_deal_that_was_not_promised_cannot_be_sealed(
    table: Community, anna: Member, seed: bytes, amounts: list[int]
) -> None:
    fund(table, 200)
    envelope = send(table, anna, shares=2)
    told = {field.attname: getattr(envelope, field.attname) for field in Envelope._meta.concrete_fields}
    other = Envelope.objects.create(**{**told, "id": None, "reference": uuid4(), "key": uuid4()})
    with pytest.raises(DatabaseError, match="not what was promised"), transaction.atomic():
        EnvelopeDeal.objects.create(envelope=other, seed=seed, amounts=amounts)


def test_only_the_owner_sets_limits(table: Community, anna: Member, vera: Member) -> None:
    wanted = {name: str(value) for name, value in Limits(age_days=0).as_columns().items()}
    with pytest.raises(Refused) as refused:
        change_limits(community=table, by=vera, wanted=wanted)
    assert refused.value.code == "role_missing"


def test_the_owner_sets_limits(table: Community, anna: Member) -> None:
    wanted = {name: str(value) for name, value in Limits(age_days=0).as_columns().items()}
    assert (
        change_limits(community=table, by=anna, wanted=wanted) == limits_of(community_id=table.pk) == Limits(age_days=0)
    )
    assert cast.recorded("envelope_limits_changed")[0][1]["limits"]["age_days"] == 0


def test_a_forgotten_sender_is_named_nowhere(table: Community, anna: Member) -> None:
    fund(table, 100)
    send(table, anna)
    hide_taker(member=anna, at=NOON)
    assert forget_sender(member_id=anna.pk) == 1
    assert cast.recorded("envelope_sent")[0][1]["name"] is None
    assert QuietTaker.objects.count() == 0


def test_a_key_that_sent_another_envelope_sends_nothing(table: Community, anna: Member) -> None:
    fund(table, 1_000)
    key = uuid4()
    first = send(table, anna, total=100, key=key)
    for other in ({"total": 200}, {"shares": 4}, {"greeting": "Другое"}):
        with refuses(SentBefore):
            send(table, anna, **{"total": 100, "key": key, **other})
    assert send(table, anna, total=100, key=key) == first
    assert Envelope.objects.count() == 1
