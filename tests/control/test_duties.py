"""Fine permissions: one rule, the same rule in the query that loads, and statements with who made them and when."""

from __future__ import annotations

from itertools import product as combinations

import pytest
from django.db import DatabaseError, IntegrityError, connection
from django.test.utils import CaptureQueriesContext

from svoi.control.actions.duties import state_duties
from svoi.control.models import Duties
from svoi.control.queries.duties import acts_of, keepers_of, shows_where
from svoi.control.rules.duties import ACTS, ActUnknown, NotAKeeper, may
from svoi.shows.models import Show
from tests import cast
from tests.cast import NOON, recorded
from tests.control.room import after, refused


def found(member, act: str) -> set[int]:
    return set(shows_where(member, act).values_list("pk", flat=True))


@pytest.mark.parametrize(
    ("roles", "in_show", "in_community", "told"),
    [
        ({"owner"}, [], [], True),
        ({"producer", "moderator"}, [], None, True),
        ({"moderator"}, None, None, True),
        ({"host"}, None, None, True),
        ({"moderator"}, None, ["hide"], True),
        ({"moderator"}, None, ["mute"], False),
        ({"moderator"}, ["hide"], ["mute"], True),
        ({"moderator"}, ["mute"], ["hide"], False),
        ({"moderator"}, [], None, False),
        ({"editor"}, ["hide"], ["hide"], False),
        ({"clerk"}, None, None, False),
        (set(), ["hide"], None, False),
    ],
)
def test_the_rule(roles, in_show, in_community, told):
    assert may("hide", roles=roles, in_show=in_show, in_community=in_community) is told


@pytest.mark.django_db
def test_the_query_is_the_rule(table, show):
    """Every role, stated here, everywhere, both or not at all."""
    choices = (None, ["hide"], ["mute"], [])
    for number, (role, here, everywhere) in enumerate(
        combinations(("owner", "producer", "host", "moderator", "editor", "clerk", ""), choices, choices)
    ):
        person = cast.joins(cast.member(f"Person{number}"), table, *([role] if role else []))
        for acts, where in ((here, show), (everywhere, None)):
            if acts is not None:
                Duties.objects.create(
                    community=table, show=where, member=person, acts=acts, given_by=show.host, given_at=NOON
                )
        for act in ("hide", "mute", "pin"):
            told = may(act, roles={role}, in_show=here, in_community=everywhere)
            assert (found(person, act) == {show.pk}, act in acts_of(show=show, member=person)) == (told, told)


def test_what_is_stated_is_a_row_and_a_fact_and_the_one_before_stays(show, anna, keeper):
    first = state_duties(
        show_id=show.pk, member_id=keeper.pk, acts=["mute", "hide"], everywhere=False, by=anna, at=NOON
    )
    state_duties(show_id=show.pk, member_id=keeper.pk, acts=["hide"], everywhere=False, by=anna, at=after(5))
    first.refresh_from_db()
    assert (first.acts, first.given_by_id, first.given_at, first.ended_at) == (
        ["hide", "mute"],
        anna.pk,
        NOON,
        after(5),
    )
    assert recorded("duties_set")[1][1] == {
        "community_id": show.community_id, "show_id": show.pk, "member_id": keeper.pk, "by_id": anna.pk,
        "acts": ["hide"],
    }  # fmt: skip
    assert (found(keeper, "hide"), found(keeper, "mute")) == ({show.pk}, set())


def test_in_a_show_beats_in_the_community_and_taking_back_falls_to_it(show, table, anna, keeper):
    other = cast.live_show(table, anna)
    state_duties(show_id=show.pk, member_id=keeper.pk, acts=["hide"], everywhere=True, by=anna, at=NOON)
    state_duties(show_id=show.pk, member_id=keeper.pk, acts=["mute"], everywhere=False, by=anna, at=NOON)
    assert (found(keeper, "hide"), found(keeper, "mute")) == ({other.pk}, {show.pk})
    state_duties(show_id=show.pk, member_id=keeper.pk, acts=None, everywhere=False, by=anna, at=after(1))
    assert (found(keeper, "hide"), found(keeper, "mute")) == ({show.pk, other.pk}, set())
    state_duties(show_id=show.pk, member_id=keeper.pk, acts=None, everywhere=True, by=anna, at=after(2))
    assert [act for act in ACTS if found(keeper, act) != {show.pk, other.pk}] == []


def test_stating_the_same_again_tells_nothing(show, anna, keeper):
    for _ in range(2):
        state_duties(show_id=show.pk, member_id=keeper.pk, acts=["hide"], everywhere=False, by=anna, at=NOON)
    assert (Duties.objects.count(), len(recorded())) == (1, 1)


@pytest.mark.parametrize(("acts", "kind"), [(["hide", "fire"], ActUnknown), (["*"], ActUnknown), ([""], ActUnknown)])
def test_unknown_duties_are_refused(show, anna, keeper, acts, kind):
    with refused(kind):
        state_duties(show_id=show.pk, member_id=keeper.pk, acts=acts, everywhere=False, by=anna, at=NOON)
    assert (Duties.objects.count(), recorded()) == (0, [])


def test_duties_are_for_hosts_and_moderators(show, anna, producer, dmitri):
    for member_id in (anna.pk, producer.pk, dmitri.pk, 10**9):
        with refused(NotAKeeper):
            state_duties(show_id=show.pk, member_id=member_id, acts=["hide"], everywhere=False, by=anna, at=NOON)
    assert Duties.objects.count() == 0


def test_another_community_is_not_reached(show, cellar, anna, keeper):
    elsewhere = Show.objects.create(community=cellar, title_ru="Эфир", host=anna, starts_at=NOON)
    state_duties(show_id=show.pk, member_id=keeper.pk, acts=["hide"], everywhere=True, by=anna, at=NOON)
    assert elsewhere.pk not in found(keeper, "hide")


def test_keepers_are_read_in_the_same_number_of_queries(show, table, anna, keeper, host, producer):
    state_duties(show_id=show.pk, member_id=keeper.pk, acts=["hide"], everywhere=False, by=anna, at=NOON)
    with CaptureQueriesContext(connection) as two:
        told = keepers_of(show=show)
    assert [(one.name, one.roles, one.acts, one.stated, one.given_by, one.given_at) for one in told] == [
        ("Olga", ("host",), ACTS, "", "", None),
        ("Vera", ("moderator",), ("hide",), "show", "Anna", NOON),
    ]
    for name in ("Zoya", "Yana"):
        cast.joins(cast.member(name), table, "moderator")
    with CaptureQueriesContext(connection) as four:
        assert len(keepers_of(show=show)) == 4
    assert len(four) == len(two)


def test_the_database_keeps_statements(show, anna, keeper):
    stated = state_duties(show_id=show.pk, member_id=keeper.pk, acts=["hide"], everywhere=True, by=anna, at=NOON)
    facts = {"community": show.community, "member": keeper, "given_by": anna, "given_at": NOON}
    with refused(IntegrityError):
        Duties.objects.create(**facts, acts=["mute"])
    with refused(IntegrityError):
        Duties.objects.create(**facts, show=show, acts=["everything"])
    with refused(DatabaseError):
        Duties.objects.filter(pk=stated.pk).update(acts=["hide", "mute"])
