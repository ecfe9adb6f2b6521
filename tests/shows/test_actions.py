"""A show's day on a real database, with the outbox asserted exactly."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest

from svoi.communities.rules import NotOneOfUs, RoleMissing
from svoi.kernel.money import Money
from svoi.orders.models import Order
from svoi.shows.actions.airing import end_break, end_show, start_break, start_show
from svoi.shows.actions.buying import buy_in_show
from svoi.shows.actions.chat import change_chat_policy, hide_message, mute_member, unmute_member
from svoi.shows.actions.ingest import admit_ingest, note_offline, note_online, note_refusal
from svoi.shows.actions.keys import issue_key
from svoi.shows.actions.pinning import pin_product, unpin_product
from svoi.shows.actions.scheduling import schedule_show
from svoi.shows.actions.tray import move_in_tray, put_in_tray, take_from_tray
from svoi.shows.models import ChatMessage, IngestRefusal, MessageHiding, Pin, Show, StreamKey
from svoi.shows.rules.airing import CrewSpeaks, KeyUnknown, NoSignal, NotInTray, ShowEnded
from svoi.shows.rules.buying import NotOffered, PinMoved
from tests import cast
from tests.cast import NOON

pytestmark = pytest.mark.django_db


@pytest.fixture
def show(table, anna) -> Show:
    return schedule_show(
        community=table,
        host=anna,
        title_ru="Эфир",
        title_en="Show",
        about_ru="",
        about_en="",
        starts_at=NOON,
        by=anna,
        at=NOON,
    )


def kinds() -> list[str]:
    return [kind for kind, _ in cast.recorded()]


def on_air(show: Show, by) -> Show:
    note_online(show_id=show.pk, session=uuid4(), signal={}, at=NOON)
    start_show(show_id=show.pk, by=by, at=NOON)
    show.refresh_from_db()
    return show


def test_only_the_crew_plans_a_show(table, anna, dmitri):
    words = {"title_ru": "Э", "title_en": "", "about_ru": "", "about_en": "", "starts_at": NOON, "at": NOON}
    with pytest.raises(RoleMissing):
        schedule_show(community=table, host=anna, by=dmitri, **words)


def test_a_key_opens_its_show_once_issued_and_not_after_the_next(show, anna):
    first = issue_key(show_id=show.pk, by=anna, at=NOON)
    second = issue_key(show_id=show.pk, by=anna, at=NOON)
    assert admit_ingest(key=second).show_id == show.pk
    with pytest.raises(KeyUnknown):
        admit_ingest(key=first)
    assert not StreamKey.objects.filter(key_hash__in=[first, second]).exists()


def test_a_show_needs_a_picture_to_start(show, anna):
    with pytest.raises(NoSignal):
        start_show(show_id=show.pk, by=anna, at=NOON)


def test_the_day_of_a_show(show, anna):
    assert show.stage() == "scheduled"
    key = issue_key(show_id=show.pk, by=anna, at=NOON)
    session = admit_ingest(key=key).session
    note_online(show_id=show.pk, session=session, signal={"video": {"width": 720}}, at=NOON)
    note_online(show_id=show.pk, session=session, signal={}, at=NOON)
    start_show(show_id=show.pk, by=anna, at=NOON)
    show.refresh_from_db()
    assert show.stage() == "live"
    start_break(show_id=show.pk, by=anna, at=NOON)
    start_break(show_id=show.pk, by=anna, at=NOON)
    assert show.stage() == "break"
    end_break(show_id=show.pk, by=anna, at=NOON)
    note_offline(show_id=show.pk, session=session, reason="gone", at=NOON)
    note_offline(show_id=show.pk, session=session, reason="gone", at=NOON)
    assert show.stage() == "reconnecting"
    end_show(show_id=show.pk, by=anna, at=NOON + timedelta(hours=1))
    show.refresh_from_db()
    assert show.stage() == "ended"
    with pytest.raises(KeyUnknown):
        admit_ingest(key=key)
    assert kinds() == [
        "show_scheduled",
        "key_issued",
        "signal_restored",
        "show_started",
        "break_started",
        "break_ended",
        "signal_lost",
        "show_ended",
    ]


def test_an_ended_show_stays_ended(show, anna):
    end_show(show_id=on_air(show, anna).pk, by=anna, at=NOON)
    with pytest.raises(ShowEnded):
        start_show(show_id=show.pk, by=anna, at=NOON)


def test_a_publisher_that_returns_replaces_the_one_before(show, anna):
    on_air(show, anna)
    note_online(show_id=show.pk, session=uuid4(), signal={}, at=NOON + timedelta(minutes=1))
    assert sorted(show.ingests.values_list("reason", flat=True)) == ["", "replaced"]


def test_refusals_of_publishers_are_kept_for_the_host(show):
    note_refusal(show_id=show.pk, code="hevc", at=NOON)
    assert IngestRefusal.objects.get().code == "hevc"


def test_pinning_replaces_the_pin_and_tells_the_room(show, anna, table):
    cup, bowl = cast.product(table), cast.product(table, name="Миска", stock=0)
    on_air(show, anna)
    for variant in (cup, bowl):
        put_in_tray(show_id=show.pk, product_id=variant.product_id, by=anna, at=NOON)
    first = pin_product(show_id=show.pk, product_id=cup.product_id, by=anna, at=NOON)
    assert pin_product(show_id=show.pk, product_id=cup.product_id, by=anna, at=NOON) == first
    later = NOON + timedelta(seconds=30)
    second = pin_product(show_id=show.pk, product_id=bowl.product_id, by=anna, at=later)
    first.refresh_from_db()
    assert first.unpinned_at == later
    told = cast.recorded()[-2:]
    facts = {"show_id": show.pk, "by_id": anna.pk, "pin_id": first.pk, "media_at": _ms(later)}
    assert told[0] == ("product_unpinned", facts)
    assert told[1] == (
        "product_pinned",
        {
            "show_id": show.pk,
            "by_id": anna.pk,
            "pin_id": second.pk,
            "product_id": bowl.product_id,
            "variant_id": bowl.pk,
            "title_ru": "Миска",
            "title_en": "Mug",
            "price_minor": 149_000,
            "old_price_minor": None,
            "picture": "",
            "sold_out": True,
            "media_at": _ms(later),
        },
    )
    unpin_product(show_id=show.pk, by=anna, at=later)
    unpin_product(show_id=show.pk, by=anna, at=later)
    assert Pin.objects.filter(unpinned_at=None).count() == 0


def test_only_what_lies_in_the_tray_is_pinned(show, anna, table):
    on_air(show, anna)
    with pytest.raises(NotInTray):
        pin_product(show_id=show.pk, product_id=cast.product(table).product_id, by=anna, at=NOON)


def test_the_tray_keeps_its_order(show, anna, table):
    products = [cast.product(table).product_id for _ in range(3)]
    for product_id in (*products, products[0]):
        put_in_tray(show_id=show.pk, product_id=product_id, by=anna, at=NOON)
    move_in_tray(show_id=show.pk, product_id=products[2], position=0, by=anna, at=NOON)
    assert [item.product_id for item in show.tray.all()] == [products[2], products[0], products[1]]
    take_from_tray(show_id=show.pk, product_id=products[0], by=anna, at=NOON)
    assert [item.product_id for item in show.tray.all()] == [products[2], products[1]]


def test_a_message_is_hidden_once_and_stays_on_record(show, anna, vera):
    message = ChatMessage.objects.create(show=show, author=vera, seq=1, text="…", key=uuid4())
    for _ in range(2):
        hide_message(show_id=show.pk, message_id=message.pk, by=anna, at=NOON)
    assert (MessageHiding.objects.count(), ChatMessage.objects.count()) == (1, 1)
    assert kinds().count("message_hidden") == 1


def test_another_shows_message_is_not_found(show, anna, vera, table):
    other = Show.objects.create(community=table, title_ru="Другой", host=anna, starts_at=NOON)
    message = ChatMessage.objects.create(show=other, author=vera, seq=1, text="…", key=uuid4())
    with pytest.raises(ChatMessage.DoesNotExist):
        hide_message(show_id=show.pk, message_id=message.pk, by=anna, at=NOON)


def test_a_mute_ends_by_itself_or_by_hand(show, anna, vera):
    mute_member(show_id=show.pk, member_id=vera.pk, by=anna, at=NOON, seconds=60)
    mute_member(show_id=show.pk, member_id=vera.pk, by=anna, at=NOON, seconds=120)
    assert show.mutes.get(lifted_at=None).until == NOON + timedelta(seconds=120)
    unmute_member(show_id=show.pk, member_id=vera.pk, by=anna, at=NOON)
    unmute_member(show_id=show.pk, member_id=vera.pk, by=anna, at=NOON)
    assert kinds()[1:] == ["member_muted", "member_muted", "member_unmuted"]


def test_the_crew_does_not_silence_itself(show, anna, gleb, table):
    cast.joins(gleb, table, "moderator")
    with pytest.raises(CrewSpeaks):
        mute_member(show_id=show.pk, member_id=anna.pk, by=gleb, at=NOON)


def test_the_chat_policy_stays_within_reason(show, anna):
    change_chat_policy(show_id=show.pk, by=anna, slow_mode_s=9999, length_max=1, open_=False)
    assert cast.recorded("chat_policy_changed")[0][1] == {
        "show_id": show.pk,
        "by_id": anna.pk,
        "slow_mode_s": 600,
        "length_max": 20,
        "open": False,
    }


def buy(show, buyer, variant, point, **changes) -> Order:
    wanted = {
        "show_id": show.pk,
        "buyer": buyer,
        "variant_id": variant.pk,
        "quantity": 1,
        "shown_price": Money(149_000),
        "pickup_point_id": point.pk,
        "seen_pin_id": None,
        "announced": False,
        "key": uuid4(),
        "number": uuid4().hex[:8].upper(),
        "at": NOON,
    }
    return buy_in_show(**{**wanted, **changes})


@pytest.fixture
def stall(table, anna, vera):
    """A live show with two products, the first pinned, and Vera among its members."""
    cast.joins(vera, table)
    cup, bowl = cast.product(table), cast.product(table)
    return cast.live_show(table, anna, cup, bowl), cup, bowl, cast.pickup_point(table)


def test_she_buys_the_pinned_product_and_the_show_is_its_origin(stall, vera):
    show, cup, _, point = stall
    order = buy(show, vera, cup, point, seen_pin_id=show.pins.get().pk)
    assert (order.origin_kind, order.origin_id, order.total) == ("show", show.pk, Money(149_000))


def test_she_buys_from_the_bag(stall, vera):
    show, _, bowl, point = stall
    assert buy(show, vera, bowl, point).origin_id == show.pk


def test_a_moved_pin_never_sells_another_product(stall, vera, anna):
    show, cup, bowl, point = stall
    seen = show.pins.get().pk
    pin_product(show_id=show.pk, product_id=bowl.product_id, by=anna, at=NOON)
    with pytest.raises(PinMoved):
        buy(show, vera, cup, point, seen_pin_id=seen)


def test_a_pin_seen_for_one_product_never_buys_another(stall, vera):
    show, _, bowl, point = stall
    with pytest.raises(NotOffered):
        buy(show, vera, bowl, point, seen_pin_id=show.pins.get().pk)


def test_a_repeated_tap_gets_its_order_even_after_the_pin_moved(stall, vera, anna):
    show, cup, bowl, point = stall
    key, seen = uuid4(), show.pins.get().pk
    order = buy(show, vera, cup, point, seen_pin_id=seen, key=key)
    pin_product(show_id=show.pk, product_id=bowl.product_id, by=anna, at=NOON)
    assert buy(show, vera, cup, point, seen_pin_id=seen, key=key) == order


def test_a_stranger_does_not_buy(stall, dmitri):
    show, cup, _, point = stall
    with pytest.raises(NotOneOfUs):
        buy(show, dmitri, cup, point)


def _ms(moment) -> int:
    return round(moment.timestamp() * 1000)
