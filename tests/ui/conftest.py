"""A client whose static folder exists, as it does after a start of the product."""

from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client


@pytest.fixture
def client() -> Client:
    Path(settings.STATIC_ROOT).mkdir(parents=True, exist_ok=True)
    return Client()
