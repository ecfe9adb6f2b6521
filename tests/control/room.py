"""What the tests of the control room share."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta

import pytest
from django.db import transaction

from tests.cast import NOON


def after(seconds: float) -> datetime:
    """So many seconds into the show."""
    return NOON + timedelta(seconds=seconds)


@contextmanager
def refused(kind: type[Exception]) -> Iterator[pytest.ExceptionInfo]:
    """What is tried inside is refused, and takes its whole transaction with it, as a request does."""
    with pytest.raises(kind) as told, transaction.atomic():
        yield told
