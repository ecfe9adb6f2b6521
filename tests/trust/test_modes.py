"""Rules come into force by their owner's hand, after days in shadow; switching off holds at once."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from django.db import DatabaseError, connection

import svoi
from svoi.communities.models import Community
from svoi.communities.rules import RoleMissing
from svoi.members.models import Member
from svoi.shows.models import Show
from svoi.trust.actions import set_rule_mode
from svoi.trust.models import RuleMode
from svoi.trust.queries import mode_history, rule_mode, standing_of
from svoi.trust.rules import ModeStands, OnlyShadow, ReasonMissing, ReasonTooLong, ShadowFirst, ShadowTooShort
from tests import cast
from tests.cast import NOON
from tests.trust.finds import refused
from tests.trust.village import key_of

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def switch(table: Community, by: Member, mode: str, *, n: int = 1, days: float = 0, **told) -> RuleMode:
    chosen = {"rule": "live_weights", "why": "Так надо", "key": key_of(n), "at": NOON + days * DAY}
    return set_rule_mode(community=table, mode=mode, by=by, **{**chosen, **told})


@pytest.fixture
def founded(table: Community) -> Community:
    Community.objects.filter(pk=table.pk).update(founded_at=NOON)
    table.refresh_from_db()
    return table


def test_at_first_a_rule_is_in_shadow_since_the_community_began(founded: Community):
    standing = standing_of(community=founded, rule="groups")
    assert rule_mode(community_id=founded.pk, rule="groups") == "shadow"
    assert (standing.mode, standing.since, standing.live_from) == ("shadow", NOON, NOON + 14 * DAY)


def test_an_owner_puts_it_live_after_its_days_and_off_at_once(founded, anna: Member):
    with refused(ShadowTooShort) as early:
        switch(founded, anna, "live", days=13.9)
    assert early.value.facts == {"days": 14, "until": NOON + 14 * DAY}
    assert RuleMode.objects.count() == 0
    switch(founded, anna, "live", days=14)
    assert rule_mode(community_id=founded.pk, rule="live_weights") == "live"
    switch(founded, anna, "off", n=2, days=14)
    assert rule_mode(community_id=founded.pk, rule="live_weights") == "off"
    assert rule_mode(community_id=founded.pk, rule="groups") == "shadow"
    with refused(ShadowFirst):
        switch(founded, anna, "live", n=3, days=90)
    switch(founded, anna, "shadow", n=4, days=90)
    with refused(ShadowTooShort):
        switch(founded, anna, "live", n=5, days=100)
    told = [(one.mode, one.by, one.why) for one in mode_history(community_id=founded.pk)]
    assert told == [("shadow", anna, "Так надо"), ("off", anna, "Так надо"), ("live", anna, "Так надо")]


def test_a_rule_that_is_not_proven_is_watched_or_off_and_never_in_force(founded, anna):
    with refused(OnlyShadow):
        switch(founded, anna, "live", rule="room_habit", days=90)
    assert standing_of(community=founded, rule="room_habit").live_from is None
    with refused(DatabaseError, match="rule_in_force_is_proven"):
        RuleMode.objects.create(
            community=founded, rule="room_habit", mode="live", by=anna, why="x", key=key_of(1), at=NOON
        )
    assert switch(founded, anna, "off", rule="room_habit").mode == "off"
    assert switch(founded, anna, "shadow", rule="room_habit", n=2).mode == "shadow"


def test_the_days_in_shadow_are_a_setting(founded, anna, settings):
    settings.SHADOW_DAYS = 2
    with refused(ShadowTooShort):
        switch(founded, anna, "live", days=1)
    assert switch(founded, anna, "live", days=2).mode == "live"


def test_the_community_and_its_shows_are_told(founded, anna, cellar):
    on_air = cast.live_show(founded, anna)
    planned = Show.objects.create(community=founded, title_ru="Завтра", host=anna, starts_at=NOON)
    over = cast.live_show(founded, anna)
    Show.objects.filter(pk=over.pk).update(ended_at=NOON + DAY)
    cast.live_show(cellar, anna)
    switch(founded, anna, "off")
    told = [payload for _, payload in cast.recorded("rule_mode_changed")]
    assert [(one["rule"], one["mode"], one["place"], one["place_id"]) for one in told] == [
        ("live_weights", "off", "community", founded.pk),
        ("live_weights", "off", "show", on_air.pk),
        ("live_weights", "off", "show", planned.pk),
    ]


def test_the_same_key_is_the_same_change(founded, anna):
    first = switch(founded, anna, "off")
    assert switch(founded, anna, "off") == first
    assert (RuleMode.objects.count(), len(cast.recorded("rule_mode_changed"))) == (1, 1)
    assert switch(founded, anna, "off", rule="groups") != first
    assert rule_mode(community_id=founded.pk, rule="groups") == "off"


def test_what_is_so_already_is_not_said_again(founded, anna):
    with refused(ModeStands):
        switch(founded, anna, "shadow")
    assert RuleMode.objects.count() == 0


@pytest.mark.parametrize(("why", "refusal"), [("", ReasonMissing), (" \0 ", ReasonMissing), ("я" * 501, ReasonTooLong)])
def test_a_reason_is_needed(founded, anna, why, refusal):
    with refused(refusal):
        switch(founded, anna, "off", why=why)
    assert (RuleMode.objects.count(), cast.recorded("rule_mode_changed")) == (0, [])


@pytest.mark.parametrize("role", ["", "producer", "host", "moderator", "clerk"])
def test_owners_alone_switch(founded, boris, role):
    cast.joins(boris, founded, *([role] if role else []))
    with refused(RoleMissing):
        switch(founded, boris, "off")
    assert RuleMode.objects.count() == 0


@pytest.mark.parametrize("wrong", [
    {"rule": "price"}, {"mode": "harsh"}, {"why": ""}, {"by": None}, {"mode": "live", "by": None, "key": None},
])  # fmt: skip
def test_the_table_takes_no_nonsense(founded, anna, wrong):
    row = {"community": founded, "rule": "groups", "mode": "off", "by": anna, "why": "x", "key": key_of(1), "at": NOON}
    with refused(DatabaseError):
        RuleMode.objects.create(**{**row, **wrong})
    assert RuleMode.objects.create(**row).pk


def test_history_stays(founded, anna):
    made = switch(founded, anna, "off")
    with refused(DatabaseError, match="keeps facts"):
        RuleMode.objects.filter(pk=made.pk).update(mode="live")
    with refused(DatabaseError, match="keeps facts"):
        made.delete()


def test_communities_that_were_here_before_begin_their_shadow_with_the_update(founded, cellar):
    told = (Path(svoi.__file__).parent / "db" / "sql" / "trust_v1.sql").read_text()
    with connection.cursor() as cursor:
        cursor.execute(told[told.index("insert into svoi_rulemode") :])
        cursor.execute("select now()")
        (now,) = cursor.fetchone()
    found = RuleMode.objects.filter(community__in=[founded, cellar]).values_list("community_id", "rule", "mode", "by")
    assert set(found) == {
        (place.pk, rule, "shadow", None) for place in (founded, cellar) for rule in ("live_weights", "groups")
    }
    with connection.cursor() as cursor:
        cursor.execute((Path(svoi.__file__).parent / "db" / "sql" / "room_habit_v1.sql").read_text())
    assert standing_of(community=founded, rule="room_habit").since == now
    assert standing_of(community=founded, rule="groups").since == now
