"""A desk on a real database: everybody is answered after the commit, exactly, and one thing has one owner."""

from __future__ import annotations

import asyncio
import time
from collections import Counter
from datetime import timedelta
from uuid import uuid4

import pytest

from svoi.communities.models import Community
from svoi.desk.desk import Desk, Elsewhere
from svoi.desk.kinds import Answer, Asked, Envelopes
from svoi.desk.session import Session
from svoi.envelopes.models import EnvelopeShare
from svoi.envelopes.rules import Taken
from svoi.kernel.refused import Refused, TryAgain
from svoi.ledger.queries import check_ledger
from svoi.members.models import Member
from tests.cast import NOON
from tests.desk.place import PATIENCE_S, database_url, desk
from tests.envelopes.purse import balance, crowd, fund, send

pytestmark = pytest.mark.django_db(transaction=True)


def soon() -> float:
    return (NOON + timedelta(minutes=1)).timestamp()


def codes(answers: list[Answer]) -> Counter[str]:
    return Counter(answer.code if isinstance(answer, Refused) else "taken" for answer in answers)


async def until_free(one: Desk, claims: list[Asked]) -> list[Answer]:
    """PostgreSQL takes a moment to notice that a session has ended."""
    deadline = time.monotonic() + PATIENCE_S
    while True:
        answers = await one.ask(claims)
        if not any(isinstance(answer, (Elsewhere, TryAgain)) for answer in answers):
            return answers
        assert time.monotonic() < deadline, "the thing was never let go"


def test_a_burst_is_dealt_out_exactly(table: Community, anna: Member) -> None:
    fund(table, 10_000)
    envelope, people = send(table, anna, total=2_000, shares=150), crowd(table, 400)
    url = database_url()

    async def burst() -> list[Answer]:
        async with desk(url, now=soon) as one:
            return await one.ask([Asked("envelope", envelope.pk, person.pk, uuid4()) for person in people])

    answers = asyncio.run(burst())
    assert codes(answers) == {"taken": 150, "envelope_empty": 250}
    told = {
        person.pk: answer.amount for person, answer in zip(people, answers, strict=True) if isinstance(answer, Taken)
    }
    assert told == dict(EnvelopeShare.objects.values_list("member_id", "amount"))
    assert (sum(told.values()), balance(envelope.pot)) == (2_000, 0)
    assert check_ledger() == []


def test_a_retry_at_another_desk_gets_the_same_answer(table: Community, anna: Member) -> None:
    fund(table, 100)
    envelope, (vera,) = send(table, anna), crowd(table, 1)
    claim, url = Asked("envelope", envelope.pk, vera.pk, uuid4()), database_url()

    async def twice() -> list[Answer]:
        answers = []
        for name in ("first:1", "second:2"):
            async with desk(url, name, now=soon) as one:
                answers += await one.ask([claim])
        return answers

    first, again = asyncio.run(twice())
    assert isinstance(first, Taken)
    assert isinstance(again, Taken)
    assert (first.is_new, again.is_new, again.amount) == (True, False, first.amount)


def test_one_thing_has_one_owner_until_he_is_gone(table: Community, anna: Member) -> None:
    fund(table, 100)
    envelope, people = send(table, anna, shares=4), crowd(table, 4)
    claims, url = [Asked("envelope", envelope.pk, one.pk, uuid4()) for one in people], database_url()

    async def contest() -> list[Answer]:
        async with desk(url, "second:2", now=soon) as second:
            async with desk(url, "first:1", now=soon) as first:
                answers = [*await first.ask(claims[:1]), *await second.ask(claims[1:2])]
            return [*answers, *await until_free(second, claims[2:3])]

    first, refused, after = asyncio.run(contest())
    assert isinstance(refused, Refused)
    assert (refused.code, refused.facts) == ("elsewhere", {"address": "first:1"})
    assert isinstance(first, Taken)
    assert isinstance(after, Taken)
    assert (first.position, after.position) == (1, 2)


def test_the_rules_refuse_and_an_empty_envelope_is_let_go(table: Community, anna: Member, dmitri: Member) -> None:
    fund(table, 100)
    envelope, people = send(table, anna, shares=1), crowd(table, 2)
    url = database_url()

    async def ask() -> tuple[list[Answer], set[int]]:
        async with desk(url, now=soon) as one:
            asked = [*people, dmitri]
            answers = await one.ask([Asked("envelope", envelope.pk, person.pk, uuid4()) for person in asked])
            answers += await one.ask([Asked("envelope", envelope.pk + 1, anna.pk, uuid4())])
            return answers, one._session.owned[Envelopes.lease]

    answers, owned = asyncio.run(ask())
    assert codes(answers) == {"taken": 1, "envelope_empty": 1, "not_one_of_us": 1, "not_found": 1}
    assert envelope.pk not in owned


def test_a_session_that_broke_holds_nothing(table: Community, anna: Member) -> None:
    url = database_url()

    async def break_it() -> tuple[set[int], set[int], str | None]:
        session, other = Session(url, "first:1"), Session(url, "second:2")
        await session.own(Envelopes.lease, [7])
        ((pid,),) = await session.rows("select pg_backend_pid()", [])
        before = set(session.owned[Envelopes.lease])
        await other.rows("select pg_terminate_backend(%s)", [pid])
        with pytest.raises(Exception, match=r"terminat|closed"):
            await session.rows("select 1", [])
        owner = await other.owner_of(Envelopes.lease, 7)
        after = {*session.owned}
        for one in (session, other):
            await one.close()
        return before, after, owner

    assert asyncio.run(break_it()) == ({7}, set(), None)


def test_without_a_database_everybody_is_told_to_come_again() -> None:
    async def ask() -> list[Answer]:
        async with desk("postgresql://nobody@127.0.0.1:1/none") as one:
            return await one.ask([Asked("envelope", 1, 1, uuid4())])

    assert codes(asyncio.run(ask())) == {"try_again": 1}
