"""At the same moment: two sign-ups with one identity, and many guesses at one password."""

from __future__ import annotations

import pytest

from svoi.members.actions import check_sign_in, sign_up
from svoi.members.models import Member, SignInFailure
from svoi.members.rules import FAILURES_BEFORE_LOCK
from tests.cast import NOON, PASSWORD, recorded
from tests.races.at_once import THREADS, at_once

pytestmark = pytest.mark.django_db(transaction=True)


def test_one_identity_makes_one_member() -> None:
    said = at_once(
        lambda place: sign_up(
            name=f"Vera {place}", identity="vera@example.com", password=PASSWORD, language="ru", at=NOON
        )
    )
    assert said == ["done"] + ["identity_taken"] * (THREADS - 1)
    member = Member.objects.get()
    assert recorded() == [("member_signed_up", {"member_id": member.pk})]


def test_guesses_at_once_do_not_outrun_the_lock() -> None:
    sign_up(name="Vera", identity="vera@example.com", password=PASSWORD, language="ru", at=NOON)
    said = at_once(lambda place: check_sign_in(identity="vera@example.com", password=f"guess {place}", at=NOON), 12)
    assert said == ["sign_in_locked"] * (12 - FAILURES_BEFORE_LOCK) + ["sign_in_refused"] * FAILURES_BEFORE_LOCK
    assert SignInFailure.objects.count() == FAILURES_BEFORE_LOCK
