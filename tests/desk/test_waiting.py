"""The queue of a desk: bounded, in the order of coming, one place for a claim however often it comes."""

from __future__ import annotations

from uuid import uuid4

from svoi.desk.kinds import Asked
from svoi.desk.waiting import Waiting
from svoi.envelopes.rules import EnvelopeEmpty
from svoi.kernel.refused import TryAgain


def claims(number: int) -> list[Asked]:
    return [Asked("envelope", 1, member, uuid4()) for member in range(number)]


async def test_claims_are_taken_in_the_order_of_coming() -> None:
    waiting, asked = Waiting(), claims(5)
    for one in asked:
        waiting.put(one)
    assert await waiting.take(3, 0.0) == asked[:3]
    assert await waiting.take(3, 0.001) == asked[3:]
    assert len(waiting) == 0


async def test_a_full_queue_answers_at_once() -> None:
    waiting, asked = Waiting(most=2), claims(3)
    answers = [waiting.put(one) for one in asked]
    assert [answer.done() for answer in answers] == [False, False, True]
    refusal = answers[2].result()
    assert isinstance(refusal, TryAgain)
    assert refusal.facts == {"wait_s": 1}


async def test_the_same_claim_has_one_place_and_one_answer() -> None:
    waiting, (one,) = Waiting(), claims(1)
    first, again = waiting.put(one), waiting.put(one)
    await waiting.take(10, 0.0)
    during = waiting.put(one)
    assert len(waiting) == 0
    refusal = EnvelopeEmpty()
    waiting.answer(one, refusal)
    assert [await each for each in (first, again, during)] == [refusal] * 3
    assert waiting.put(one) is not first


async def test_who_went_away_is_answered_into_the_void() -> None:
    waiting, (one,) = Waiting(), claims(1)
    waiting.put(one).cancel()
    await waiting.take(10, 0.0)
    waiting.answer(one, EnvelopeEmpty())
    assert len(waiting) == 0
