"""Keeping texts, and the ledger of consents to them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import connection

from svoi.db.outbox import record
from svoi.db.transaction import atomic, required
from svoi.law.events import ConsentGiven, ConsentWithdrawn
from svoi.law.models import Consent, ConsentWithdrawal, LegalText
from svoi.law.queries.consents import standing_consent
from svoi.law.rules import CONSENTS, admit_consent, admit_newcomer, admit_withdrawal, hash_text
from svoi.members.actions import NewAccount, open_account
from svoi.members.models import Member


@dataclass(frozen=True, slots=True)
class Document:
    """A text in force: what a surface shows, and what a consent is given to."""

    kind: str
    language: str
    title: str
    body: str

    @property
    def sha256(self) -> str:
        return hash_text(self.body)


@atomic
def keep_text(*, document: Document, at: datetime) -> LegalText:
    """The row of a text; words that were not seen before become the next version."""
    found = LegalText.objects.filter(kind=document.kind, language=document.language, sha256=document.sha256).first()
    if found:
        return found
    with connection.cursor() as cursor:  # versions are numbered one at a time
        cursor.execute("select pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"legal-text:{document.kind}"])
    earlier = LegalText.objects.filter(kind=document.kind, language=document.language)
    if found := earlier.filter(sha256=document.sha256).first():
        return found
    return LegalText.objects.create(
        kind=document.kind,
        language=document.language,
        version=earlier.count() + 1,
        title=document.title,
        body=document.body,
        sha256=document.sha256,
        kept_at=at,
    )


@atomic
def sign_up_agreeing(*, account: NewAccount, agreed: Sequence[Document], profile: str, at: datetime) -> Member:
    """An account and its consents in one transaction: neither is there without the other.

    Raises ConsentMissing, IdentityTaken.
    """
    admit_newcomer(profile=profile, agreed=[document.kind for document in agreed])
    member = open_account(account=account, at=at)
    for document in agreed:
        _write(member, document, channel="sign_up", at=at)
    return member


@atomic
def give_consent(*, member: Member, kind: str, document: Document | None, channel: str, at: datetime) -> Consent:
    """Agree to a text in force; a consent that stands stays. Raises ConsentUnknown, ConsentTextMoved."""
    admit_consent(kind=kind, known=document is not None)
    assert document is not None
    _hold(member)
    return standing_consent(member=member, kind=kind) or _write(member, document, channel=channel, at=at)


@atomic
def withdraw_consent(*, member: Member, kind: str, channel: str, profile: str, at: datetime) -> None:
    """Take a consent back. Raises ConsentUnknown, ConsentEndsAccount."""
    _hold(member)
    consent = standing_consent(member=member, kind=kind) if kind in CONSENTS else None
    admit_withdrawal(kind=kind, stands=consent is not None, profile=profile)
    assert consent is not None
    _take_back(consent, kind, channel=channel, at=at)


@atomic
def withdraw_all(*, member: Member, channel: str, at: datetime) -> None:
    """An account that ends takes every consent with it."""
    _hold(member)
    for consent in Consent.objects.filter(member=member, withdrawal=None).select_related("text").order_by("pk"):
        _take_back(consent, consent.text.kind, channel=channel, at=at)


def _write(member: Member, document: Document, *, channel: str, at: datetime) -> Consent:
    text = keep_text(document=document, at=at)
    consent = Consent.objects.create(member=member, text=text, channel=channel, given_at=at)
    record(ConsentGiven(member_id=member.pk, consent=document.kind, sha256=document.sha256))
    return consent


def _take_back(consent: Consent, kind: str, *, channel: str, at: datetime) -> None:
    ConsentWithdrawal.objects.create(consent=consent, channel=channel, withdrawn_at=at)
    record(ConsentWithdrawn(member_id=consent.member_id, consent=kind))


def _hold(member: Member) -> None:
    """One decision of a member at a time."""
    required()
    Member.objects.select_for_update(no_key=True).filter(pk=member.pk).first()
