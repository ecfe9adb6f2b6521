"""The demo's points come by its owner's hand, once, however often the demo is opened."""

from __future__ import annotations

from datetime import timedelta

import pytest

from svoi.communities.models import Community
from svoi.envelopes.models import Envelope
from svoi.envelopes.queries import limits_of
from svoi.jobs.demo_gifts import bring_envelope, bring_points
from svoi.ledger.queries import check_ledger
from svoi.members.models import Member
from svoi.points.models import BudgetChange, PointsPolicy
from tests.cast import NOON
from tests.envelopes.purse import balance

pytestmark = pytest.mark.django_db


def test_opened_twice_it_gives_once(table: Community, anna: Member) -> None:
    for at in (NOON, NOON + timedelta(days=3)):
        bring_points(table, owner=anna, at=at)
        bring_envelope(table, owner=anna, at=at)
    assert (BudgetChange.objects.count(), PointsPolicy.objects.count(), Envelope.objects.count()) == (1, 1, 1)
    assert (balance(f"budget:{table.pk}"), balance(Envelope.objects.get().pot)) == (4_800, 200)
    assert limits_of(community_id=table.pk).age_days == 0
    assert check_ledger() == []
