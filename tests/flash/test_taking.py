"""Taking pieces of a deal on a real database: in the order of coming, once, and never more than there are."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import DatabaseError, transaction

from svoi.catalog.models import Variant
from svoi.communities.models import Community
from svoi.flash.actions import call_off, claim_flash, claim_flashes, fire_deal
from svoi.flash.models import FlashClaim
from svoi.flash.rules import Ask, Reserved
from svoi.kernel.refused import Refused
from svoi.members.models import Member
from tests import cast
from tests.cast import NOON
from tests.envelopes.purse import crowd
from tests.flash.stall import NEVER, OPEN, arm, fire, pieces_of, takes

pytestmark = pytest.mark.django_db


def test_pieces_go_in_the_order_of_coming_and_the_last_gets_what_is_left(
    mug: Variant, table: Community, anna: Member
) -> None:
    deal, people = fire(mug, anna, per_person=2), crowd(table, 5)
    asks = [Ask(deal.pk, one.pk, pieces, uuid4()) for one, pieces in zip(people, (2, 3, 2, 2, 1), strict=True)]
    answers = claim_flashes(asks=asks, at=OPEN)
    taken = [(one.position, one.quantity) for one in answers if isinstance(one, Reserved)]
    assert taken == [(2, 2), (4, 2), (5, 1)]
    assert [one.code for one in answers if isinstance(one, Refused)] == ["flash_limit", "flash_sold_out"]
    assert [kind for kind, _ in cast.recorded()][-2:] == ["flash_taken", "flash_over"]
    where = {"deal_id": deal.pk, "community_id": table.pk, "show_id": 1}
    assert cast.recorded()[-2][1] == {**where, "takers": 3, "pieces": 5, "left": 0}
    assert cast.recorded()[-1][1] == {**where, "closed_for": "sold_out", "returned": 0}
    assert pieces_of(deal) == {**NEVER, "free": 5, "kept": 5}


def test_a_retry_gets_the_same_answer_and_nothing_more(mug: Variant, table: Community, anna: Member) -> None:
    deal, (vera,) = fire(mug, anna, per_person=2), crowd(table, 1)
    first = takes(vera, deal)
    again = takes(vera, deal, 2, at=OPEN + timedelta(days=9))
    assert (first.is_new, again.is_new) == (True, False)
    assert (again.position, again.quantity, again.until, again.taken_at) == (1, 1, first.until, first.taken_at)
    assert first.until == OPEN + timedelta(seconds=600)


def test_twice_in_one_call_is_one_claim(mug: Variant, table: Community, anna: Member) -> None:
    deal, (vera,) = fire(mug, anna), crowd(table, 1)
    answers = claim_flashes(asks=[Ask(deal.pk, vera.pk, 1, uuid4())] * 2, at=OPEN)
    assert isinstance(answers[0], Reserved)
    assert isinstance(answers[1], Refused)
    assert (answers[1].code, FlashClaim.objects.count()) == ("try_again", 1)


def test_many_deals_in_one_call(table: Community, anna: Member) -> None:
    deals = [fire(cast.product(table, stock=9), anna, show_id=n, quantity=n) for n in (1, 2, 3)]
    people = crowd(table, 4)
    asks = [Ask(deal.pk, one.pk, 1, uuid4()) for one in people for deal in deals]
    answers = claim_flashes(asks=asks, at=OPEN)
    assert [isinstance(one, Reserved) for one in answers] == [
        True, True, True,
        False, True, True,
        False, False, True,
        False, False, False,
    ]  # fmt: skip
    assert len(cast.recorded("flash_taken")) == 3


def test_who_may_not_take_and_when(mug: Variant, table: Community, anna: Member, dmitri: Member) -> None:
    (vera,) = crowd(table, 1)
    armed = arm(mug, anna)

    def refusal(member: Member, deal_id: int, **told: object) -> str:
        asked = {"deal_id": deal_id, "member_id": member.pk, "quantity": 1, "key": uuid4(), "at": OPEN}
        with pytest.raises(Refused) as refused, transaction.atomic():
            claim_flash(**{**asked, **told})  # type: ignore[arg-type]
        return refused.value.code

    assert refusal(vera, armed.pk) == "flash_unknown"
    fire_deal(deal_id=armed.pk, by=anna, at=NOON)
    assert refusal(vera, armed.pk + 1) == "flash_unknown"
    assert refusal(dmitri, armed.pk) == "not_one_of_us"
    assert refusal(vera, armed.pk, at=OPEN - timedelta(seconds=1)) == "flash_not_yet"
    assert refusal(vera, armed.pk, at=OPEN + timedelta(seconds=300)) == "flash_over"
    assert refusal(vera, armed.pk, quantity=2) == "flash_limit"
    assert FlashClaim.objects.count() == 0


def test_the_statement_alone_keeps_the_same_bounds(mug: Variant, table: Community, anna: Member) -> None:
    from django.db import connection

    from svoi.flash.rules import TAKE_SQL

    deal, (vera,) = fire(mug, anna), crowd(table, 1)

    def outcome(deal_id: int, quantity: int, at: object) -> str:
        with connection.cursor() as cursor:
            cursor.execute(TAKE_SQL, [[deal_id], [vera.pk], [quantity], [uuid4()], at])
            return str(cursor.fetchone()[1])

    assert outcome(deal.pk, 1, OPEN - timedelta(seconds=1)) == "not_yet"
    assert outcome(deal.pk, 1, OPEN + timedelta(seconds=300)) == "over"
    assert [outcome(deal.pk, pieces, OPEN) for pieces in (0, -1, 2)] == ["limit"] * 3
    assert outcome(deal.pk + 1, 1, OPEN) == "over"
    assert outcome(deal.pk, 1, OPEN) == "done"
    call_off(deal_id=deal.pk, by=anna, at=OPEN)
    assert outcome(deal.pk, 1, OPEN) == "repeated"


def test_the_tables_alone_refuse_a_piece_claimed_twice(mug: Variant, table: Community, anna: Member) -> None:
    deal, people = fire(mug, anna, per_person=3), crowd(table, 3)
    takes(people[0], deal, 2)

    def write(after: int | None, position: int, quantity: int, of: int = 5) -> None:
        row = {"after": after, "position": position, "quantity": quantity, "of": of}
        times = {"taken_at": OPEN, "until": OPEN}
        with transaction.atomic():
            FlashClaim.objects.create(deal=deal, member=people[1], key=uuid4(), **row, **times)

    for after, position, quantity, of in ((None, 1, 1, 5), (1, 3, 2, 5), (2, 3, 2, 5), (2, 6, 4, 6), (2, 6, 4, 5)):
        with pytest.raises(DatabaseError), transaction.atomic():
            write(after, position, quantity, of)
            with transaction.get_connection().cursor() as cursor:
                cursor.execute("set constraints all immediate")
    write(2, 3, 1)
