"""The house's facts as columns: each source, its edges, and what was shown to how many."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import numpy as np
import pytest
from django.db import connection

from svoi.catalog.models import Variant
from svoi.communities.models import Community, Membership
from svoi.envelopes.actions import claim_share
from svoi.letters.models import Letter
from svoi.members.models import Member
from svoi.orders.models import Return, ReturnLine
from svoi.shows.models import ChatMessage, Show, WatchBeat, WatchSample
from svoi.trust.actions.searching import search_groups
from svoi.trust.queries import facts
from svoi.trust.queries.acts import SOURCES, acts_of, shown_before
from svoi.trust.queries.facts import facts_of
from svoi.trust.rules import TooManyFacts, target_number
from tests import cast
from tests.cast import NOON
from tests.envelopes.purse import fund, send
from tests.flash.stall import fire, takes
from tests.trust.finds import refused
from tests.trust.village import Village, tick, village

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)
WINDOW = {"since": NOON - HOUR, "until": NOON + HOUR}


def told(place: Community, **window: datetime) -> set[tuple[int, str, int, datetime]]:
    table = facts_of(community_id=place.pk, **{**WINDOW, **window}).facts
    rows = zip(*(table[name].tolist() for name in ("actor", "verb", "target", "at_s")), strict=True)
    return {(actor, verb, target, datetime.fromtimestamp(at_s, tz=UTC)) for actor, verb, target, at_s in rows}


def shown(place: Community, **window: datetime) -> set[tuple[int, datetime, int]]:
    table = facts_of(community_id=place.pk, **{**WINDOW, **window}).exposures
    rows = zip(*(table[name].tolist() for name in ("target", "at_s", "reach_n")), strict=True)
    return {(target, datetime.fromtimestamp(at_s, tz=UTC), reach) for target, at_s, reach in rows}


def beat(show: Show, member: Member | None, at: datetime, *, counted: bool = True) -> None:
    WatchBeat.objects.create(
        show=show, viewer="v", member_id=member and member.pk, at=at, playing=True, visible=True, counted=counted
    )


@pytest.fixture
def place(table: Community) -> Village:
    return village(table, people=0, goods=2)


@pytest.fixture
def show(table: Community, anna: Member) -> Show:
    return cast.live_show(table, anna)


@pytest.fixture
def guest(table: Community, vera: Member) -> Member:
    """Belongs for a hundred days, so that nothing but what a test does falls into its window."""
    Membership.objects.create(community=table, member=vera, joined_at=NOON - timedelta(days=100))
    return vera


@pytest.fixture(autouse=True)
def _anna_came_long_ago(table: Community) -> None:
    Membership.objects.update(joined_at=NOON - timedelta(days=100))


def test_a_visit_is_one_fact_until_ten_minutes_of_silence(table, show, guest):
    for minute in (0, 5, 15, 26, 27):
        beat(show, guest, NOON + timedelta(minutes=minute))
    beat(show, None, NOON)
    beat(show, guest, NOON - timedelta(minutes=30), counted=False)
    target = target_number("show", show.pk)
    assert told(table) == {
        (guest.pk, "watch", target, NOON),
        (guest.pk, "watch", target, NOON + timedelta(minutes=26)),
    }


def test_who_was_there_before_the_window_did_not_come_in_it(table, show, guest, boris):
    for minute in (-65, -58, -50):
        beat(show, guest, NOON + timedelta(minutes=minute))
    beat(show, boris, NOON - timedelta(minutes=80))
    beat(show, boris, NOON - timedelta(minutes=55))
    assert told(table) == {(boris.pk, "watch", target_number("show", show.pk), NOON - timedelta(minutes=55))}


def test_orders_money_returns_and_words(table, show, guest, place):
    order, variant = place.buys(guest, place.variants[0], NOON, paid_after_s=90), place.variants[0]
    place.write()
    giving = Return.objects.create(
        order=order, key=uuid4(), reason="changed_mind", is_right=True, amount_minor=1, asked_at=NOON + HOUR / 2
    )
    ReturnLine.objects.create(returning=giving, order_line=order.lines.get(), quantity=1)
    ChatMessage.objects.create(show=show, author=guest, seq=1, text="!", key=uuid4(), said_at=NOON)
    target = target_number("product", variant.product_id)
    assert told(table) == {
        (guest.pk, "order", target, NOON),
        (guest.pk, "paid", target, NOON + timedelta(seconds=90)),
        (guest.pk, "returned", target, NOON + HOUR / 2),
        (guest.pk, "say", target_number("show", show.pk), NOON),
    }


def test_shares_pieces_and_who_came(table, anna, guest, boris):
    fund(table, 100)
    envelope = send(table, anna)
    claim_share(envelope_id=envelope.pk, member_id=guest.pk, key=uuid4(), at=NOON)
    deal = fire(cast.product(table), anna)
    takes(guest, deal, at=NOON + timedelta(minutes=1))
    Membership.objects.create(community=table, member=boris, joined_at=NOON)
    assert told(table) == {
        (guest.pk, "take", target_number("envelope", envelope.pk), NOON),
        (guest.pk, "claim", target_number("deal", deal.pk), NOON + timedelta(minutes=1)),
        (boris.pk, "join", target_number("community", table.pk), NOON),
    }


def test_a_window_has_its_beginning_and_not_its_end(table, guest, place):
    for at in (NOON - HOUR, NOON + HOUR, NOON - HOUR * 2):
        place.buys(guest, place.variants[0], at, paid_after_s=None)
    place.write()
    assert {at for *_, at in told(table)} == {NOON - HOUR}


def test_another_community_is_another_matter(table, cellar, anna, guest, place):
    cast.live_show(cellar, anna)
    place.buys(guest, place.variants[0], NOON)
    place.write()
    assert (told(cellar, since=NOON - HOUR / 2), len(told(table))) == (set(), 2)
    assert all(target % 16 == 1 for target, *_ in shown(cellar))


def test_what_was_shown_reaches_who_was_there(table, anna, guest, boris):
    mug = cast.product(table)
    show = cast.live_show(table, anna, mug)
    WatchSample.objects.create(show=show, at=NOON + timedelta(minutes=1), raw=90, counted=40)
    WatchSample.objects.create(show=show, at=NOON + timedelta(minutes=2), raw=90, counted=30)
    deal = fire(cast.product(table), anna, show_id=show.pk)
    fund(table, 300)
    here = send(table, anna, place="show", place_id=show.pk)
    everywhere = send(table, anna, at=NOON + timedelta(hours=0.2))
    assert shown(table) == {
        (target_number("show", show.pk), NOON, 40),
        (target_number("product", mug.product_id), NOON, 40),
        (target_number("deal", deal.pk), NOON, 40),
        (target_number("product", deal.variant.product_id), NOON, 40),
        (target_number("envelope", here.pk), NOON, 40),
        (target_number("envelope", everywhere.pk), NOON + timedelta(hours=0.2), 2),
    }


def letter(show: Show, member: Member, at: datetime | None, *, kind: str = "reminder_rang") -> None:
    Letter.objects.create(
        key=uuid4().hex, kind=kind, subject=f"show:{show.pk}", member=member, language="ru", title="!", text="!",
        html="!", written_at=at or NOON, sent_at=at,
    )  # fmt: skip


def test_letters_that_reminded_are_one_wave_each_and_reach_who_got_one(table, cellar, show, anna, guest, boris, gleb):
    minute = timedelta(minutes=1)
    for nth, person in enumerate((guest, boris, gleb)):
        letter(show, person, NOON - 15 * minute + nth * 5 * minute)
    letter(show, anna, None)  # stayed in the house
    letter(show, anna, NOON, kind="order_paid")
    letter(cast.live_show(cellar, anna), anna, NOON)
    letter(show, anna, NOON + 20 * minute)
    target = target_number("show", show.pk)
    assert shown(table) == {
        (target, NOON, 0),
        (target, NOON - 15 * minute, 3),
        (target, NOON + 20 * minute, 1),
    }


def test_without_samples_beats_say_who_was_there(table, show, guest, boris):
    for person in (guest, boris):
        for minute in (1, 2):
            beat(show, person, NOON + timedelta(minutes=minute))
    assert shown(table) == {(target_number("show", show.pk), NOON, 2)}


def test_what_was_shown_the_day_before_still_explains(table, show, guest):
    beat(show, guest, NOON)
    day = timedelta(days=1)
    assert len(shown(table, since=NOON + day, until=NOON + 2 * day)) == 1
    assert shown(table, since=NOON + day + HOUR, until=NOON + 2 * day) == set()


def test_too_many_facts_are_refused(table, guest, place):
    for minute in range(5):
        place.buys(guest, place.variants[0], NOON + timedelta(minutes=minute), paid_after_s=None)
    place.write()
    assert len(facts_of(community_id=table.pk, **WINDOW, most=5)) == 5
    with refused(TooManyFacts):
        facts_of(community_id=table.pk, **WINDOW, most=4)


def test_what_takes_the_database_too_long_is_refused_as_too_much(table, tmp_path):
    slow = tmp_path / "slow.sql"
    slow.write_text("select 1 as actor, 1 as target, 1.0::float8 as at_s from pg_sleep(20) where %(community)s > 0")
    with connection.cursor() as cursor:
        cursor.execute("set local statement_timeout = '50ms'")
    shape = np.dtype([("actor", np.int64), ("target", np.int64), ("at_s", np.float64)])
    with refused(TooManyFacts):
        facts._rows(slow, {"community": table.pk}, shape, 5)


def test_devices_and_networks_come_with_visits_and_words(table, show, guest, boris):
    from svoi.shows.models import MessageWeight

    where = {"show": show, "viewer": "v", "member_id": guest.pk, "at": NOON, "device": 7, "network": 2**62}
    WatchBeat.objects.create(**where, playing=True, visible=True, counted=True)
    for seq, key in enumerate((uuid4(), uuid4()), start=1):
        ChatMessage.objects.create(show=show, author=guest, seq=seq, text="!", key=key, said_at=NOON)
        if seq == 1:
            MessageWeight.objects.create(**{**where, "device": 9, "network": None}, key=key)
    read = facts_of(community_id=table.pk, **WINDOW).facts
    rows = zip(*(read[name].tolist() for name in ("verb", "device", "network")), strict=True)
    assert set(rows) == {("watch", 7, 2**62), ("say", 9, -1), ("say", -1, -1)}


def test_an_empty_community_can_be_searched(cellar):
    read = facts_of(community_id=cellar.pk, since=NOON - 3 * HOUR, until=NOON - 2 * HOUR)
    assert (len(read), read.facts["target"].dtype, read.exposures["reach_n"].dtype) == (0, np.int64, np.int64)
    window = (NOON - 3 * HOUR, NOON - 2 * HOUR)
    found = search_groups(community=cellar, window=window, dry_run=False, seed=0, at=NOON, clock=tick)
    assert (found.groups, found.search.facts_read) == ((), 0)


def test_one_statement_for_each_source(table, django_assert_num_queries):
    with django_assert_num_queries(len(SOURCES) + 1):
        facts_of(community_id=table.pk, **WINDOW)


def test_single_facts_of_some_at_some_targets(table, guest, boris, place):
    wanted: list[Variant] = place.variants
    for minute, person in enumerate((guest, boris, guest)):
        place.buys(person, wanted[minute % 2], NOON + timedelta(minutes=minute), paid_after_s=None)
    place.write()
    target = target_number("product", wanted[0].product_id)
    acts = acts_of(
        community_id=table.pk, member_ids=[guest.pk], targets=[target], since=NOON, until=NOON + timedelta(minutes=2)
    )
    assert [(one.member_id, one.verb, one.target, one.at) for one in acts] == [
        (guest.pk, "order", target, NOON),
        (guest.pk, "order", target, NOON + timedelta(minutes=2)),
    ]
    assert shown_before(community_id=table.pk, targets=[target], since=NOON, until=NOON + HOUR) == []
