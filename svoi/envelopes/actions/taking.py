"""Taking shares on the plain path: the same rules and the same statement as the desk, in a transaction of one's own."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.db import IntegrityError, connection, transaction

from svoi.envelopes.rules.claims import (
    CLAIM_SQL,
    CLAIMANTS_SQL,
    CLAIMS_MAX,
    Answer,
    Claim,
    Taken,
    answer_of,
    local_day,
    sort_claims,
)
from svoi.kernel.refused import Refused, TryAgain


def claim_share(*, envelope_id: int, member_id: int, key: UUID, at: datetime) -> Taken:
    """Take her share, or repeat the one she has; raises what stands against it, and `TryAgain`."""
    answer = claim_shares(claims=[Claim(envelope_id, member_id, key)], at=at)[0]
    if isinstance(answer, Refused):
        raise answer
    return answer


def claim_shares(*, claims: Sequence[Claim], at: datetime) -> list[Answer]:
    """Answer many claims in one transaction, in their order. What is refused does not stop the others."""
    assert len(claims) <= CLAIMS_MAX
    try:
        with transaction.atomic():
            return _answers(claims, at)
    except IntegrityError:
        # Another call counted the same day of the same member first, on another envelope.
        return [TryAgain(wait_s=1)] * len(claims)


def _answers(claims: Sequence[Claim], at: datetime) -> list[Answer]:
    day = local_day(at, settings.TIME_ZONE)
    with connection.cursor() as cursor:
        envelopes, members = [one.envelope_id for one in claims], [one.member_id for one in claims]
        cursor.execute(CLAIMANTS_SQL, [envelopes, members, day])
        refusals, nths = sort_claims(claims, cursor.fetchall(), at=at)
        admitted = [place for place, refusal in enumerate(refusals) if refusal is None]
        answers: list[Answer] = [refusal or TryAgain(wait_s=1) for refusal in refusals]
        if admitted:
            columns = [[column[place] for place in admitted] for column in (envelopes, members)]
            keys, counts = [claims[place].key for place in admitted], [nths[place] for place in admitted]
            cursor.execute(CLAIM_SQL, [*columns, keys, counts, day, at])
            for place, row in zip(admitted, cursor.fetchall(), strict=True):
                answers[place] = answer_of(*row[1:])
    return answers
