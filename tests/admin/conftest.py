"""An operator and her browser."""

from __future__ import annotations

import pytest
from django.test import Client

from svoi.members.actions import call_operator
from svoi.members.models import Member
from tests.cast import NOON, member


@pytest.fixture
def olga(db: None) -> Member:
    """Looks after the installation, and belongs nowhere."""
    person = member("Olga", language="en")
    call_operator(member=person, at=NOON)
    return person


@pytest.fixture
def desk(olga: Member) -> Client:
    """The operator's browser."""
    browser = Client()
    browser.force_login(olga)
    return browser
