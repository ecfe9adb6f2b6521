"""The engine on the house's own facts: who acts in step is found, and who was only told of the same thing is not."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

import pytest
from django.db import DatabaseError, connection

from svoi.communities.models import Community
from svoi.letters.models import Letter
from svoi.members.models import Member
from svoi.shows.models import Show, WatchBeat
from svoi.trust.actions import set_rule_mode
from svoi.trust.actions.searching import Outcome, search_groups
from svoi.trust.models import FoundGroup, FoundMember, Search
from svoi.trust.queries import search_is_due
from svoi.trust.rules import LimitOnlyTried, SearchingIsOff, WindowUnfit, target_number
from tests.cast import NOON
from tests.trust.finds import refused
from tests.trust.village import BEGAN, Village, airs, in_step, key_of, settlers, tick, village

pytestmark = pytest.mark.django_db
MONTH = (BEGAN, NOON)


def searched(table: Community, **told) -> Outcome:
    chosen = {"window": MONTH, "dry_run": False, "seed": 0, "at": NOON, "clock": tick}
    return search_groups(community=table, **{**chosen, **told})


def is_due(table: Community, window: tuple[datetime, datetime]) -> bool:
    return search_is_due(community_id=table.pk, since=window[0], until=window[1])


@dataclass
class Attack:
    """A month with four shows, and accounts that order the same things within forty minutes: who, and what."""

    place: Village
    member_ids: list[int]
    targets: tuple[int, ...]


@pytest.fixture
def attack(table: Community, anna: Member) -> Attack:
    place = village(table)
    for week in range(4):
        airs(place, anna, BEGAN + timedelta(days=5 + 7 * week, hours=6), place.people[week * 10 : week * 10 + 60])
    group, wanted = in_step(place)
    place.write()
    targets = tuple(target_number("product", one.product_id) for one in wanted)
    return Attack(place, sorted(one.pk for one in group), targets)


def test_accounts_in_step_are_found_and_nobody_else(table: Community, attack: Attack):
    outcome = searched(table)
    assert [(sorted(one.member_ids), one.targets) for one in outcome.groups] == [(attack.member_ids, attack.targets)]
    group, search = FoundGroup.objects.get(), Search.objects.get()
    assert (group.search, group.community, group.grown_from, outcome.new) == (search, table, None, 1)
    assert (search.mode, search.found, search.is_dry) == ("shadow", [group.key], False)
    assert sorted(group.members.values_list("member_id", flat=True)) == attack.member_ids
    assert sorted(group.members.values_list("number", flat=True)) == list(range(1, 15))
    assert (group.evidence["accounts"], group.evidence["targets"], group.q_value < 0.01) == (14, 9, True)
    assert group.sentence_ru.startswith("14 аккаунтов, 9 товаров, одни и те же 40 минут; ожидалось 0,")
    assert group.sentence_en.startswith("14 accounts, 9 products, the same 40 minutes; 0.")


def test_another_limit_is_tried_over_history_and_keeps_nothing(table: Community, attack: Attack):
    own = searched(table, dry_run=True)
    strict = searched(table, dry_run=True, alone=10_000)
    assert (len(own.groups), strict.groups) == (1, ())
    assert list(Search.objects.order_by("id").values_list("engine", "is_dry")) == [
        ("groups-1", True),
        ("groups-1@10000", True),
    ]
    assert FoundGroup.objects.count() == 0


@pytest.mark.parametrize("told", [{"alone": 120}, {"alone": 0, "dry_run": True}, {"alone": 10_001, "dry_run": True}])
def test_another_limit_never_finds_for_good(table: Community, told):
    with refused(LimitOnlyTried):
        searched(table, **told)
    assert Search.objects.count() == 0


def test_the_same_group_is_kept_once_and_a_grown_one_follows_it(table: Community, attack: Attack):
    searched(table)
    again = searched(table, at=NOON + timedelta(minutes=10))
    assert (len(again.groups), again.new, FoundGroup.objects.count(), Search.objects.count()) == (1, 0, 1, 2)
    first = FoundGroup.objects.get()
    in_step(attack.place, accounts=1)
    attack.place.write()
    grown = searched(table, at=NOON + timedelta(minutes=20))
    assert grown.new == 1
    latest = FoundGroup.objects.latest("pk")
    assert (latest.grown_from, latest.members.count()) == (first, 15)


def test_a_dry_run_keeps_nothing_but_its_note(table: Community, attack: Attack):
    outcome = searched(table, dry_run=True)
    assert (len(outcome.groups), outcome.new, outcome.search.is_dry) == (1, 0, True)
    assert (FoundGroup.objects.count(), FoundMember.objects.count(), Search.objects.get().is_dry) == (0, 0, True)


def test_the_same_seed_finds_the_same(table: Community, attack: Attack):
    assert searched(table, dry_run=True, seed=7).groups == searched(table, dry_run=True, seed=7).groups


def test_an_honest_month_has_no_groups(table: Community, anna: Member):
    """A raid, a class behind one address that came in one hour, and people who never miss a show."""
    place = village(table)
    pupils = settlers(table, 30, joined_at=BEGAN + timedelta(days=3))
    regulars = place.people[:20]
    for week in range(4):
        crowd = place.people if week == 2 else place.people[20 + week * 10 : 60 + week * 10]
        airs(place, anna, BEGAN + timedelta(days=5 + 7 * week, hours=6), list({*regulars, *crowd, *pupils}))
    for day in (4, 11):  # the class looks at the same three things in the same lesson
        for one in pupils:
            for variant in place.dice.sample(place.variants[:8], 2):
                place.buys(one, variant, BEGAN + timedelta(days=day, minutes=place.dice.uniform(0, 45)))
    place.write()
    outcome = searched(table)
    assert (outcome.groups, FoundGroup.objects.count()) == ((), 0)
    assert outcome.search.facts_read > 1000


def test_people_who_never_miss_a_show_are_no_group(table: Community, anna: Member):
    """They come together, buy the same pinned things within the same minutes, and what was shown explains it."""
    place = village(table)
    for day in range(2, 26, 3):
        guests = [one for one in place.people[60:] if place.dice.random() < 0.15]
        airs(place, anna, BEGAN + timedelta(days=day, hours=6), place.people[:60] + guests, buying=0.35)
    place.write()
    assert searched(table).groups == ()


def test_another_community_is_not_looked_at(table: Community, cellar: Community, attack: Attack):
    outcome = searched(cellar)
    # Its founder joined before the window.
    assert (outcome.groups, outcome.search.facts_read) == ((), 0)


def test_off_searches_nothing_but_dry(table: Community, anna: Member):
    set_rule_mode(community=table, rule="groups", mode="off", why="Проверяем", by=anna, key=key_of(1), at=NOON)
    with refused(SearchingIsOff):
        searched(table)
    assert (Search.objects.count(), is_due(table, MONTH)) == (0, False)
    assert searched(table, dry_run=True).search.mode == "off"


def test_switched_off_while_the_engine_thinks_nothing_is_kept(table: Community, anna: Member):
    def switching() -> float:
        """A clock that is looked at before and after: by then the owner has switched the rule off."""
        looks.append(1)
        if len(looks) == 2:
            set_rule_mode(community=table, rule="groups", mode="off", why="Стоп", by=anna, key=key_of(1), at=NOON)
        return 0.0

    looks: list[int] = []
    with refused(SearchingIsOff):
        searched(table, clock=switching)
    assert (len(looks), Search.objects.count()) == (2, 0)


@pytest.mark.parametrize("window", [(NOON, NOON), (NOON, BEGAN), (NOON - timedelta(days=401), NOON)])
def test_a_window_that_is_none_is_refused(table: Community, window):
    with refused(WindowUnfit):
        searched(table, window=window)
    assert Search.objects.count() == 0


def test_a_search_is_due_when_somebody_did_something(table: Community):
    place = village(table, people=3, goods=3)
    place.buys(place.people[0], place.variants[0], NOON - timedelta(hours=1))
    place.write()
    window = (NOON - timedelta(hours=48), NOON)
    assert is_due(table, window)
    searched(table, window=window)
    assert not is_due(table, window)
    assert not is_due(table, (window[0], NOON + timedelta(minutes=10)))
    place.buys(place.people[0], place.variants[0], NOON + timedelta(minutes=5))
    place.write()
    assert is_due(table, (window[0], NOON + timedelta(minutes=10)))


@pytest.mark.parametrize("statement", [
    "update svoi_search set seed = 1",
    "delete from svoi_search",
    "update svoi_foundgroup set nats = 0",
    "delete from svoi_foundgroup",
    "update svoi_foundmember set number = 99",
    "delete from svoi_foundmember",
])  # fmt: skip
def test_what_was_found_stays_as_it_was_written(table: Community, statement: str):
    place = village(table, people=80, goods=40)
    in_step(place)
    place.write()
    assert searched(table).new == 1
    with refused(DatabaseError, match="keeps facts"):
        _run(statement)


def _run(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)


def waits(show: Show, member: Member, at: datetime, device: int) -> WatchBeat:
    return WatchBeat(
        show=show, viewer=str(member.pk), member_id=member.pk, at=at, playing=True, visible=True, counted=True,
        device=device,
    )  # fmt: skip


def test_people_on_shared_tablets_whom_letters_brought_are_no_crowd_and_without_letters_they_are(table, anna):
    """A hostel of forty on eight tablets opens the room of a show to come within minutes of the same letter."""
    place = village(table, people=200, goods=1)
    begins = NOON - timedelta(hours=1)
    shows = [
        Show.objects.create(community=table, title_ru="Эфир", host=anna, starts_at=begins, went_live_at=begins)
        for _ in range(13)
    ]
    hostel = settlers(table, 40, name="H")
    letter_at, dice = begins - timedelta(minutes=30), place.dice
    beats = [
        waits(dice.choice(shows[1:]), one, BEGAN + timedelta(days=dice.uniform(0, 29)), 1_000 + one.pk)
        for one in place.people
        for _ in range(6)
    ]
    beats += [
        waits(shows[0], one, begins - timedelta(minutes=dice.uniform(0, 119)), 1_000 + one.pk)
        for one in place.people[:60]
    ]
    beats += [
        waits(shows[0], one, letter_at + timedelta(seconds=30 + dice.expovariate(1 / 120)), nth % 8)
        for nth, one in enumerate(hostel)
    ]
    WatchBeat.objects.bulk_create(beats)
    without = searched(table, dry_run=True)
    assert [set(one.member_ids) <= {one.pk for one in hostel} for one in without.groups] == [True]
    Letter.objects.bulk_create(
        Letter(
            key=f"event:{one.pk}", kind="reminder_rang", subject=f"show:{shows[0].pk}", member=one, language="ru",
            title="!", text="!", html="!", written_at=letter_at, sent_at=letter_at + timedelta(seconds=nth),
        )
        for nth, one in enumerate([*hostel, *place.people])
    )  # fmt: skip
    assert searched(table, dry_run=True).groups == ()
