"""The ledger of consents: what was agreed to, word for word, and nothing in it is ever changed."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import DatabaseError, transaction

from svoi.law.actions.consents import (
    Document,
    give_consent,
    keep_text,
    sign_up_agreeing,
    withdraw_all,
    withdraw_consent,
)
from svoi.law.models import Consent, ConsentWithdrawal, LegalText
from svoi.law.queries.consents import consent_history, has_agreed
from svoi.law.rules import ConsentEndsAccount, ConsentMissing, ConsentTextMoved, ConsentUnknown
from svoi.members.actions import prepare_account
from svoi.members.models import Member
from svoi.members.rules import IdentityTaken
from tests.cast import NOON, PASSWORD, recorded

pytestmark = pytest.mark.django_db(transaction=True)
MARKETING = Document("marketing", "ru", "Письма", "Согласен на письма.\n")
PROCESSING = Document("processing", "ru", "Данные", "Согласен.\n")


def agrees(member: Member, text: Document | None = MARKETING, kind: str = "") -> Consent:
    kind = kind or (text.kind if text else "marketing")
    return give_consent(member=member, kind=kind, document=text, channel="own_page", at=NOON)


def takes_back(member: Member, kind: str = "marketing") -> None:
    withdraw_consent(member=member, kind=kind, channel="own_page", profile="ru", at=NOON + timedelta(hours=1))


def test_a_text_is_kept_once_and_other_words_are_another_version():
    first, same = (keep_text(document=MARKETING, at=NOON) for _ in range(2))
    other = keep_text(document=Document("marketing", "ru", "Письма", "Иначе.\n"), at=NOON)
    english = keep_text(document=Document("marketing", "en", "Letters", "I agree.\n"), at=NOON)
    assert (first.pk, first.sha256) == (same.pk, MARKETING.sha256)
    assert [text.version for text in (first, other, english)] == [1, 2, 1]


def test_she_agrees_once_takes_back_and_agrees_again(vera):
    first, again = agrees(vera), agrees(vera)
    assert (first.pk, has_agreed(member=vera, kind="marketing")) == (again.pk, True)
    takes_back(vera)
    assert not has_agreed(member=vera, kind="marketing")
    assert agrees(vera).pk != first.pk
    assert [(line.withdrawn_at is None, line.sha256) for line in consent_history(member=vera)] == [
        (True, MARKETING.sha256),
        (False, MARKETING.sha256),
    ]
    assert [kind for kind, _ in recorded()] == ["consent_given", "consent_withdrawn", "consent_given"]


def test_what_is_refused_changes_nothing(vera):
    with pytest.raises(ConsentTextMoved):
        agrees(vera, None)
    with pytest.raises(ConsentUnknown):
        agrees(vera, Document("privacy", "ru", "", "…"))
    with pytest.raises(ConsentUnknown):
        takes_back(vera)
    agrees(vera, PROCESSING)
    with pytest.raises(ConsentEndsAccount):
        takes_back(vera, "processing")
    assert (Consent.objects.count(), ConsentWithdrawal.objects.count()) == (1, 0)


def test_everything_is_taken_back_with_the_account(vera, boris):
    agrees(vera)
    agrees(vera, PROCESSING)
    agrees(boris)
    for _ in range(2):
        withdraw_all(member=vera, channel="erasure", at=NOON)
    assert ConsentWithdrawal.objects.count() == 2
    assert has_agreed(member=boris, kind="marketing")


def newcomer(**changed: object) -> Member:
    account = prepare_account(name="Vera", identity="vera@example.com", password=PASSWORD, language="ru")
    said = {"agreed": [PROCESSING, MARKETING], "profile": "ru", "at": NOON, **changed}
    return sign_up_agreeing(account=account, **said)


def test_an_account_comes_with_its_consents_or_not_at_all():
    with pytest.raises(ConsentMissing):
        newcomer(agreed=[MARKETING])
    assert (Member.objects.count(), Consent.objects.count(), recorded()) == (0, 0, [])
    member = newcomer()
    assert sorted(line.kind for line in consent_history(member=member)) == ["marketing", "processing"]
    assert {line.channel for line in consent_history(member=member)} == {"sign_up"}
    with pytest.raises(IdentityTaken):
        newcomer()
    assert Consent.objects.count() == 2
    assert newcomer_elsewhere().consents.count() == 0


def newcomer_elsewhere() -> Member:
    account = prepare_account(name="Ann", identity="ann@example.com", password=PASSWORD, language="en")
    return sign_up_agreeing(account=account, agreed=[], profile="intl", at=NOON)


@pytest.mark.parametrize("table", ["svoi_legaltext", "svoi_consent", "svoi_consentwithdrawal"])
@pytest.mark.parametrize("change", ["delete from {}", "update {} set {}"])
def test_the_database_keeps_the_ledger_as_it_was(vera, table, change):
    agrees(vera)
    takes_back(vera)
    column = {
        "svoi_legaltext": "body = 'x'",
        "svoi_consent": "given_at = now()",
        "svoi_consentwithdrawal": "withdrawn_at = now()",
    }[table]
    from django.db import connection

    with pytest.raises(DatabaseError, match="keeps facts"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(change.format(table, column))
    assert (LegalText.objects.count(), Consent.objects.count(), ConsentWithdrawal.objects.count()) == (1, 1, 1)
