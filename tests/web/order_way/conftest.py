"""An order of Vera's, placed a moment ago."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from svoi.catalog.models import Variant
from svoi.kernel.money import Money
from svoi.orders.models import Order
from svoi.payments.actions import request_payment
from tests import cast


@pytest.fixture
def mug(table) -> Variant:
    return cast.product(table, stock=3)


@pytest.fixture
def order(vera, mug, table) -> Order:
    """Two mugs of Vera's, placed a moment ago."""
    found = cast.unpaid_order(vera, mug, cast.pickup_point(table), receipt_to="vera@example.com")
    Order.objects.filter(pk=found.pk).update(total_minor=298_000, reserved_until=timezone.now() + timedelta(minutes=15))
    found.lines.create(variant=mug, name="Кружка", name_en="Mug", quantity=2, price_minor=149_000)
    request_payment(
        subject=found.subject, amount=Money(298_000), purpose="№", return_url="/", key=uuid4(), at=timezone.now()
    )
    found.refresh_from_db()
    return found


@pytest.fixture
def hers(client, vera):
    client.force_login(vera)
    return client
