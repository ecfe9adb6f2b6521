"""Flash deals at the desk: a burst is exact, stock adds up, the ledger is not touched, and one deal has one owner."""

from __future__ import annotations

import asyncio
from collections import Counter
from uuid import uuid4

import pytest

from svoi.communities.models import Community
from svoi.desk.desk import Elsewhere
from svoi.desk.kinds import Answer, Asked, Envelopes, Flash
from svoi.flash.models import FlashClaim
from svoi.flash.rules import Reserved
from svoi.kernel.refused import Refused
from svoi.ledger.models import Entry
from svoi.members.models import Member
from tests import cast
from tests.desk.place import database_url, desk
from tests.desk.test_desk import until_free
from tests.envelopes.purse import crowd, fund, send
from tests.flash.stall import OPEN, fire, pieces_of

pytestmark = pytest.mark.django_db(transaction=True)


def during() -> float:
    return OPEN.timestamp() + 1


def codes(answers: list[Answer]) -> Counter[str]:
    return Counter(answer.code if isinstance(answer, Refused) else "taken" for answer in answers)


def test_a_burst_is_exact(table: Community, anna: Member, dmitri: Member) -> None:
    mug, people = cast.product(table, stock=200), crowd(table, 400)
    deal, url = fire(mug, anna, quantity=150), database_url()
    asked = [Asked("flash", deal.pk, person.pk, uuid4()) for person in [*people, dmitri]]

    async def burst() -> tuple[list[Answer], list[Answer], set[int]]:
        async with desk(url, now=during) as one:
            return await one.ask(asked), await one.ask(asked), one._session.owned[Flash.lease]

    answers, again, owned = asyncio.run(burst())
    assert codes(answers) == {"taken": 150, "flash_sold_out": 250, "not_one_of_us": 1}
    told = {
        one.member_id: answer.position
        for one, answer in zip(asked, answers, strict=True)
        if isinstance(answer, Reserved)
    }
    assert told == dict(FlashClaim.objects.values_list("member_id", "position"))
    assert sorted(told.values()) == list(range(1, 151))
    assert pieces_of(deal) == {"free": 50, "kept": 150, "ordered": 0, "lapsed": 0, "returned": 0, "waiting": 0}
    assert [getattr(one, "position", None) for one in again] == [getattr(one, "position", None) for one in answers]
    assert codes(again) == codes(answers)
    assert (Entry.objects.count(), owned) == (0, set())
    left = [facts["left"] for _, facts in cast.recorded("flash_taken")]
    assert (left[-1], sorted(left, reverse=True)) == (0, left)  # type: ignore[type-var]


def test_pieces_by_two_and_three_add_up(table: Community, anna: Member) -> None:
    mug, people = cast.product(table, stock=100), crowd(table, 90)
    deal, url = fire(mug, anna, quantity=100, per_person=3), database_url()
    asked = [Asked("flash", deal.pk, one.pk, uuid4(), quantity=n % 3 + 1) for n, one in enumerate(people)]

    async def burst() -> list[Answer]:
        async with desk(url, now=during) as one:
            return await one.ask(asked)

    taken = [answer for answer in asyncio.run(burst()) if isinstance(answer, Reserved)]
    assert sum(answer.quantity for answer in taken) == 100
    assert pieces_of(deal)["kept"] == 100


def test_a_retry_at_another_desk_gets_the_same_answer(table: Community, anna: Member) -> None:
    deal, (vera,) = fire(cast.product(table), anna), crowd(table, 1)
    asked, url = [Asked("flash", deal.pk, vera.pk, uuid4())], database_url()

    async def twice() -> list[Answer]:
        async with desk(url, "first:1", now=during) as one:
            first = await one.ask(asked)
        async with desk(url, "second:2", now=during) as one:
            return first + await until_free(one, asked)

    first, again = asyncio.run(twice())
    assert isinstance(first, Reserved)
    assert isinstance(again, Reserved)
    assert (first.is_new, again.is_new) == (True, False)
    assert (again.position, again.until, again.taken_at) == (first.position, first.until, first.taken_at)


def test_a_deal_has_one_owner_and_an_envelope_of_the_same_number_another(table: Community, anna: Member) -> None:
    fund(table, 100)
    envelope, people = send(table, anna), crowd(table, 2)
    deal = fire(cast.product(table), anna)
    url = database_url()

    async def contest() -> tuple[list[Answer], bool]:
        async with desk(url, "first:1", now=during) as first, desk(url, "second:2", now=during) as second:
            await first._session.own(Envelopes.lease, [deal.pk, envelope.pk])
            answers = await second.ask([Asked("flash", deal.pk, people[0].pk, uuid4())])
            answers += await first.ask([Asked("flash", deal.pk, people[1].pk, uuid4())])
            return answers, deal.pk in second._session.owned[Flash.lease]

    (taken, refused), is_second = asyncio.run(contest())
    assert isinstance(taken, Reserved)
    assert isinstance(refused, Elsewhere)
    assert (refused.facts, is_second) == ({"address": "second:2"}, True)


def test_both_kinds_in_one_burst(table: Community, anna: Member) -> None:
    fund(table, 100)
    envelope, people = send(table, anna, shares=5), crowd(table, 20)
    deal, url = fire(cast.product(table), anna, quantity=5), database_url()
    asked = [Asked(kind, thing, one.pk, uuid4()) for one in people for kind, thing in _both(envelope.pk, deal.pk)]

    async def burst() -> list[Answer]:
        async with desk(url, now=during) as one:
            return await one.ask(asked)

    assert codes(asyncio.run(burst())) == {"taken": 10, "envelope_empty": 15, "flash_sold_out": 15}


def _both(envelope: int, deal: int) -> list[tuple[str, int]]:
    return [("envelope", envelope), ("flash", deal)]
