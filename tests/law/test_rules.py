"""What may be agreed to, and when exports and erasures wait."""

from __future__ import annotations

import hashlib
from datetime import timedelta

import pytest

from svoi.law.rules import (
    ConsentEndsAccount,
    ConsentMissing,
    ConsentTextMoved,
    ConsentUnknown,
    ErasureWaitsForCommunity,
    ErasureWaitsForOrders,
    ExportTooSoon,
    admit_consent,
    admit_erasure,
    admit_export,
    admit_newcomer,
    admit_withdrawal,
    erasure_due_at,
    export_gone_at,
    hash_text,
)
from tests.cast import NOON


def test_no_account_without_consent_in_russia_and_none_needed_elsewhere():
    admit_newcomer(profile="ru", agreed=["processing"])
    admit_newcomer(profile="intl", agreed=[])
    with pytest.raises(ConsentMissing):
        admit_newcomer(profile="ru", agreed=["marketing", "transfer"])


def test_only_known_consents_to_texts_in_force():
    admit_consent(kind="marketing", known=True)
    with pytest.raises(ConsentUnknown):
        admit_consent(kind="privacy", known=True)
    with pytest.raises(ConsentTextMoved):
        admit_consent(kind="marketing", known=False)


def test_what_the_account_rests_on_ends_with_it():
    admit_withdrawal(kind="marketing", stands=True, profile="ru")
    admit_withdrawal(kind="processing", stands=True, profile="intl")
    with pytest.raises(ConsentEndsAccount):
        admit_withdrawal(kind="processing", stands=True, profile="ru")
    with pytest.raises(ConsentUnknown):
        admit_withdrawal(kind="marketing", stands=False, profile="ru")


def test_one_export_an_hour():
    admit_export(asked_at=[], at=NOON)
    admit_export(asked_at=[NOON - timedelta(hours=1)], at=NOON)
    with pytest.raises(ExportTooSoon) as refused:
        admit_export(asked_at=[NOON - timedelta(minutes=50), NOON - timedelta(hours=5)], at=NOON)
    assert refused.value.facts == {"wait_s": 600}


def test_nobody_is_left_with_what_she_began():
    admit_erasure(orders_under_way=0, communities_left_alone=[])
    with pytest.raises(ErasureWaitsForOrders):
        admit_erasure(orders_under_way=1, communities_left_alone=["table"])
    with pytest.raises(ErasureWaitsForCommunity):
        admit_erasure(orders_under_way=0, communities_left_alone=["table"])


def test_terms_and_hashes():
    assert erasure_due_at(NOON) == NOON + timedelta(days=3)
    assert export_gone_at(NOON) == NOON + timedelta(days=7)
    assert hash_text("слово\n") == hashlib.sha256("слово\n".encode()).hexdigest()
