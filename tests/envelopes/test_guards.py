"""What the tables refuse of shares, whoever writes them."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction

from svoi.communities.models import Community
from svoi.envelopes.models import Envelope, EnvelopeShare
from svoi.members.models import Member
from tests.cast import NOON
from tests.envelopes.purse import fund, send

pytestmark = pytest.mark.django_db

NOBODY = 10**12


def share(envelope: Envelope, member: Member, **other: Any) -> dict[str, Any]:
    who = {"envelope_id": envelope.pk, "member_id": member.pk, "community_id": envelope.community_id}
    return {**who, "position": 1, "amount": 1, "key": uuid4(), "day": NOON.date(), "nth": 1, "taken_at": NOON, **other}


@pytest.mark.parametrize("other", [{"envelope_id": NOBODY}, {"member_id": NOBODY}, {"community_id": NOBODY}])
def test_a_share_is_of_an_envelope_and_somebody_in_its_community(
    table: Community, anna: Member, other: dict[str, int]
) -> None:
    fund(table, 100)
    envelope = send(table, anna)
    with pytest.raises(IntegrityError, match="a share needs"), transaction.atomic():
        EnvelopeShare.objects.create(**share(envelope, anna, **other))
    assert not EnvelopeShare.objects.exists()
    EnvelopeShare.objects.create(**share(envelope, anna))
