"""Taking pieces on the plain path: the same rules and the same statement as the desk, in a transaction of one's own."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import connection, transaction

from svoi.flash.rules import ASKERS_SQL, ASKS_MAX, TAKE_SQL, Ask, FlashAnswer, Reserved, answer_to, sort_asks
from svoi.kernel.refused import Refused, TryAgain


def claim_flash(*, deal_id: int, member_id: int, quantity: int, key: UUID, at: datetime) -> Reserved:
    """Take pieces of a deal, or repeat what she took; raises what stands against it, and `TryAgain`."""
    (answer,) = claim_flashes(asks=[Ask(deal_id, member_id, quantity, key)], at=at)
    if isinstance(answer, Refused):
        raise answer
    return answer


def claim_flashes(*, asks: Sequence[Ask], at: datetime) -> list[FlashAnswer]:
    """Answer many asks in one transaction, in their order. What is refused does not stop the others."""
    assert len(asks) <= ASKS_MAX
    with transaction.atomic(), connection.cursor() as cursor:
        deals, members = [one.deal_id for one in asks], [one.member_id for one in asks]
        cursor.execute(ASKERS_SQL, [deals, members])
        refusals = sort_asks(asks, cursor.fetchall(), at=at)
        answers: list[FlashAnswer] = [refusal or TryAgain(wait_s=1) for refusal in refusals]
        admitted = [place for place, refusal in enumerate(refusals) if refusal is None]
        if admitted:
            chosen = [asks[place] for place in admitted]
            columns = [[one.deal_id for one in chosen], [one.member_id for one in chosen]]
            pieces, keys = [one.quantity for one in chosen], [one.key for one in chosen]
            cursor.execute(TAKE_SQL, [*columns, pieces, keys, at])
            for place, row in zip(admitted, cursor.fetchall(), strict=True):
                answers[place] = answer_to(*row[1:])
    return answers
