"""What the tables refuse of claims, whoever writes them."""

from __future__ import annotations

from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction

from svoi.communities.models import Community
from svoi.flash.models import FlashClaim
from svoi.members.models import Member
from tests import cast
from tests.flash.stall import OPEN, fire

pytestmark = pytest.mark.django_db


def test_a_claim_is_somebodys(table: Community, anna: Member) -> None:
    deal = fire(cast.product(table, stock=10), anna)
    row = {"position": 1, "quantity": 1, "of": deal.quantity, "key": uuid4(), "taken_at": OPEN, "until": OPEN}
    with pytest.raises(IntegrityError, match="a claim needs a member"), transaction.atomic():
        FlashClaim.objects.create(deal=deal, member_id=10**12, **row)
    FlashClaim.objects.create(deal=deal, member=anna, **row)
