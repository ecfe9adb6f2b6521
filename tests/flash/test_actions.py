"""Preparing, firing, taking, paying and giving back on a real database: every piece has one place."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import DatabaseError, transaction

from svoi.catalog.actions import change_price
from svoi.catalog.models import Stock, Variant
from svoi.communities.models import Community
from svoi.flash.actions import (
    buy_taken,
    call_off,
    claim_flash,
    claim_flashes,
    close_deals,
    extend_claim,
    fire_deal,
    lapse_claims,
)
from svoi.flash.models import FlashClaim, FlashDeal, FlashEnding, FlashFiring
from svoi.flash.queries import flash_facts, latest_deal, lowest_asked, open_deal, standing_of
from svoi.flash.rules import Ask, Reserved
from svoi.kernel.money import Money
from svoi.kernel.refused import Refused
from svoi.members.models import Member
from svoi.orders.actions import cancel_order
from svoi.orders.models import Order
from svoi.pickup.models import PickupPoint
from tests import cast
from tests.cast import NOON
from tests.envelopes.purse import crowd
from tests.flash.stall import OPEN, PRICE, arm, fire, pieces_of, takes

pytestmark = pytest.mark.django_db
NEVER = {"kept": 0, "ordered": 0, "lapsed": 0, "returned": 0, "waiting": 0}


@pytest.fixture
def mug(table: Community) -> Variant:
    return cast.product(table, stock=10)


@pytest.fixture
def point(table: Community) -> PickupPoint:
    return cast.pickup_point(table)


def pays(buyer: Member, deal: FlashDeal, point: PickupPoint, **told: object) -> Order:
    asked: dict[str, object] = {
        "deal_id": deal.pk,
        "buyer": buyer,
        "shown_price": PRICE,
        "pickup_point_id": point.pk,
        "announced": False,
        "key": uuid4(),
        "number": uuid4().hex[:8].upper(),
        "at": OPEN + timedelta(minutes=1),
    }
    return buy_taken(**{**asked, **told})  # type: ignore[arg-type]


def code_of(refused: pytest.ExceptionInfo[Refused]) -> str:
    return refused.value.code


def test_armed_states_and_touches_nothing(mug: Variant, anna: Member) -> None:
    deal = arm(mug, anna)
    assert (deal.price, deal.lowest) == (PRICE, Money(149_000))
    assert Stock.objects.get(variant=mug).on_hand == 10
    assert cast.recorded() == [
        (
            "flash_armed",
            {
                "deal_id": deal.pk,
                "community_id": mug.community_id,
                "show_id": 1,
                "by_id": anna.pk,
                "variant_id": mug.pk,
                "price_minor": 99_000,
                "lowest_minor": 149_000,
                "quantity": 5,
            },
        )
    ]
    assert FlashDeal.objects.visible_to(anna).count() == 0


@pytest.mark.parametrize("price", [149_000, 150_000])
def test_not_below_the_lowest_is_refused_and_nothing_is_kept(mug: Variant, anna: Member, price: int) -> None:
    with pytest.raises(Refused) as refused, transaction.atomic():
        arm(mug, anna, price=Money(price))
    assert (code_of(refused), refused.value.facts["lowest_minor"]) == ("price_not_lower", 149_000)
    assert (FlashDeal.objects.count(), cast.recorded()) == (0, [])


def test_the_lowest_counts_cuts_of_the_last_thirty_days_and_earlier_deals(mug: Variant, anna: Member) -> None:
    from django.utils import timezone

    now = timezone.now()
    for price, days in ((100_000, 1), (149_000, 2)):
        change_price(variant_id=mug.pk, price_minor=price, old_price_minor=None, at=now + timedelta(days=days))
    mug.refresh_from_db()
    later = now + timedelta(days=20)
    assert lowest_asked(variant=mug, at=later) == Money(100_000)
    deal = fire(mug, anna, price=Money(90_000), at=later)
    over = deal.firing.ends_at
    close_deals(at=over)
    assert lowest_asked(variant=mug, at=over) == Money(90_000)
    with pytest.raises(Refused) as refused, transaction.atomic():
        arm(mug, anna, price=Money(90_000), at=over)
    assert code_of(refused) == "price_not_lower"
    assert lowest_asked(variant=mug, at=over + timedelta(days=30)) == Money(149_000)


def test_firing_takes_the_pieces_out_of_free_stock_once(mug: Variant, anna: Member) -> None:
    deal = fire(mug, anna)
    assert fire_deal(deal_id=deal.pk, by=anna, at=NOON + timedelta(hours=1)) == deal.firing
    assert pieces_of(deal) == {**NEVER, "free": 5, "waiting": 5}
    told = cast.recorded("flash_fired")
    assert [facts for _, facts in told] == [
        {"community_id": mug.community_id, "show_id": 1, "by_id": anna.pk, **flash_facts(deal)}
    ]
    assert (deal.firing.opens_at, deal.firing.ends_at) == (OPEN, OPEN + timedelta(seconds=300))


def test_a_deal_of_all_there_is_leaves_nothing_at_the_usual_price(mug: Variant, anna: Member) -> None:
    fire(mug, anna, quantity=10)
    assert [kind for kind, _ in cast.recorded()] == ["flash_armed", "stock_ran_out", "flash_fired"]


def test_what_was_sold_between_the_presses_is_not_promised(mug: Variant, anna: Member) -> None:
    deal = arm(mug, anna, quantity=10)
    Stock.objects.update(on_hand=9)
    with pytest.raises(Refused) as refused, transaction.atomic():
        fire_deal(deal_id=deal.pk, by=anna, at=NOON)
    assert code_of(refused) == "out_of_stock"


def test_a_second_press_that_comes_late_or_finds_another_lowest(mug: Variant, anna: Member) -> None:
    deal = arm(mug, anna)
    with pytest.raises(Refused) as late, transaction.atomic():
        fire_deal(deal_id=deal.pk, by=anna, at=NOON + timedelta(seconds=180))
    Variant.objects.update(price_minor=120_000)
    with pytest.raises(Refused) as moved, transaction.atomic():
        fire_deal(deal_id=deal.pk, by=anna, at=NOON)
    assert (code_of(late), code_of(moved)) == ("armed_too_long", "lowest_moved")
    assert (FlashFiring.objects.count(), Stock.objects.get(variant=mug).on_hand) == (0, 10)


def test_one_deal_at_a_time(mug: Variant, anna: Member) -> None:
    deal = arm(mug, anna)
    with pytest.raises(Refused) as refused, transaction.atomic():
        arm(mug, anna)
    assert code_of(refused) == "deal_under_way"
    call_off(deal_id=deal.pk, by=anna, at=NOON)
    with pytest.raises(Refused) as gone, transaction.atomic():
        fire_deal(deal_id=deal.pk, by=anna, at=NOON)
    assert code_of(gone) == "deal_called_off"
    assert open_deal(show_id=1, at=NOON) is None
    assert arm(mug, anna).pk == open_deal(show_id=1, at=NOON).pk  # type: ignore[union-attr]
    assert open_deal(show_id=1, at=NOON + timedelta(seconds=180)) is None


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


def test_kept_pieces_become_one_order_at_their_own_price(
    mug: Variant, table: Community, anna: Member, point: PickupPoint
) -> None:
    deal, (vera,) = fire(mug, anna, per_person=2), crowd(table, 1)
    takes(vera, deal, 2)
    key = uuid4()
    order = pays(vera, deal, point, key=key)
    line = order.lines.get()
    assert (line.quantity, line.price_minor, order.total_minor) == (2, 99_000, 198_000)
    assert (order.origin_kind, order.origin_id) == ("show", 1)
    assert FlashEnding.objects.get().order == order
    assert pieces_of(deal) == {**NEVER, "free": 5, "ordered": 2, "waiting": 3}
    assert pays(vera, deal, point, key=key) == order
    with pytest.raises(Refused) as refused, transaction.atomic():
        pays(vera, deal, point)
    assert (code_of(refused), refused.value.facts) == ("flash_ordered", {"number": order.number})
    assert Order.objects.count() == 1


def test_a_claim_that_became_an_order_comes_back_once(
    mug: Variant, table: Community, anna: Member, point: PickupPoint
) -> None:
    deal, (vera,) = fire(mug, anna), crowd(table, 1)
    takes(vera, deal)
    order = pays(vera, deal, point)
    far = NOON + timedelta(days=1)
    cancel_order(order_id=order.pk, reason="buyer", at=far)
    assert (close_deals(at=far), lapse_claims(at=far), lapse_claims(at=far)) == (1, 0, 0)
    assert pieces_of(deal) == {**NEVER, "free": 10, "ordered": 1, "returned": 4}


def test_another_price_than_the_deals_is_refused(
    mug: Variant, table: Community, anna: Member, point: PickupPoint
) -> None:
    deal, (vera,) = fire(mug, anna), crowd(table, 1)
    takes(vera, deal)
    with pytest.raises(Refused) as refused, transaction.atomic():
        pays(vera, deal, point, shown_price=Money(1))
    assert (code_of(refused), refused.value.facts["offered_minor"]) == ("price_moved", 99_000)
    assert (Order.objects.count(), pieces_of(deal)["kept"]) == (0, 1)


def test_what_ran_out_is_refused_and_goes_back_once(
    mug: Variant, table: Community, anna: Member, point: PickupPoint
) -> None:
    deal, (vera, lena) = fire(mug, anna), crowd(table, 2)
    until = takes(vera, deal).until
    takes(lena, deal, at=OPEN + timedelta(seconds=1))
    with pytest.raises(Refused) as refused, transaction.atomic():
        pays(vera, deal, point, at=until)
    assert (code_of(refused), refused.value.facts["offered_minor"]) == ("flash_ran_out", 149_000)
    assert (lapse_claims(at=until), lapse_claims(at=until)) == (1, 0)
    assert pieces_of(deal) == {**NEVER, "free": 6, "kept": 1, "lapsed": 1, "waiting": 3}
    with pytest.raises(Refused) as again, transaction.atomic():
        pays(vera, deal, point, at=OPEN)
    assert code_of(again) == "flash_ran_out"
    assert [facts["returned"] for _, facts in cast.recorded("flash_lapsed")] == [1]


def test_more_time_can_be_had_ten_times(mug: Variant, table: Community, anna: Member, point: PickupPoint) -> None:
    deal, (vera,) = fire(mug, anna, reserve_s=120), crowd(table, 1)
    until = takes(vera, deal).until
    for _ in range(10):
        at = until - timedelta(seconds=1)
        until = extend_claim(deal_id=deal.pk, member=vera, at=at)
        assert until == at + timedelta(minutes=5)
        assert lapse_claims(at=at) == 0
    with pytest.raises(Refused) as refused, transaction.atomic():
        extend_claim(deal_id=deal.pk, member=vera, at=until - timedelta(seconds=1))
    assert code_of(refused) == "extended_enough"
    assert pays(vera, deal, point, at=until - timedelta(seconds=1)).total_minor == 99_000


def test_who_took_nothing_pays_nothing(mug: Variant, anna: Member, vera: Member, point: PickupPoint) -> None:
    deal = fire(mug, anna)
    for verb in (lambda: pays(vera, deal, point), lambda: extend_claim(deal_id=deal.pk, member=vera, at=OPEN)):
        with pytest.raises(Refused) as refused, transaction.atomic():
            verb()
        assert code_of(refused) == "flash_nothing_taken"


def test_the_end_gives_back_what_nobody_took_and_settles(mug: Variant, table: Community, anna: Member) -> None:
    deal, (vera,) = fire(mug, anna), crowd(table, 1)
    takes(vera, deal)
    over = OPEN + timedelta(seconds=300)
    assert (close_deals(at=over - timedelta(seconds=1)), close_deals(at=over), close_deals(at=over)) == (0, 1, 0)
    assert pieces_of(deal) == {**NEVER, "free": 9, "kept": 1, "returned": 4}
    late = OPEN + timedelta(seconds=600)
    lapse_claims(at=late)
    assert pieces_of(deal) == {**NEVER, "free": 10, "lapsed": 1, "returned": 4}
    settled = [facts for _, facts in cast.recorded("flash_settled")]
    assert settled == [{"deal_id": deal.pk, "community_id": table.pk, "show_id": 1, "ordered": 0, "returned": 5}]
    assert FlashDeal.objects.unsettled().count() == 0


def test_called_off_in_the_middle_what_was_taken_stays_hers(
    mug: Variant, table: Community, anna: Member, point: PickupPoint
) -> None:
    deal, (vera,) = fire(mug, anna), crowd(table, 1)
    takes(vera, deal)
    closing = call_off(deal_id=deal.pk, by=anna, at=OPEN)
    assert call_off(deal_id=deal.pk, by=anna, at=OPEN) == closing
    assert pieces_of(deal) == {**NEVER, "free": 9, "kept": 1, "returned": 4}
    assert pays(vera, deal, point).total_minor == 99_000
    found = latest_deal(show_id=1)
    assert found is not None
    standing = standing_of(found, at=OPEN)
    assert (standing.stage, standing.taken, standing.ordered, standing.lapsed) == ("called_off", 1, 1, 0)


def test_deals_that_only_wait_do_not_keep_others_waiting(table: Community, anna: Member) -> None:
    people = crowd(table, 3)
    deals = [fire(cast.product(table), anna, show_id=n) for n in range(3)]
    for deal, one in zip(deals, people, strict=True):
        takes(one, deal)
    until = OPEN + timedelta(seconds=600)
    for deal, one in zip(deals[:2], people, strict=False):
        extend_claim(deal_id=deal.pk, member=one, at=until - timedelta(seconds=1))
    assert lapse_claims(at=until, most=1) == 1
    assert [pieces_of(deal)["lapsed"] for deal in deals] == [0, 0, 1]
