"""Consents as a form asks for them: a box of its own for each, none of them marked, and the hash of what was shown."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import get_language

from svoi.law.actions.consents import Document
from svoi.law.rules import ConsentTextMoved, needed_consents
from svoi.ui.legal import document, document_shown

AT_SIGN_UP = ("processing", "marketing")


@dataclass(frozen=True, slots=True)
class Asked:
    """One consent in a form: its kind, and what it is a consent to."""

    kind: str
    sha256: str
    title: str


def asked(*kinds: str) -> list[Asked]:
    """Consents with their texts in force, in the reader's language."""
    language = get_language() or settings.LANGUAGE_CODE
    texts = [document(kind, language) for kind in kinds]
    return [Asked(kind=text.kind, sha256=text.sha256, title=text.title) for text in texts]


def asked_at_sign_up() -> tuple[str, ...]:
    """Which boxes a newcomer finds: what is not needed for an account is asked beside, never instead."""
    needed = needed_consents(profile=settings.LEGAL_PROFILE)
    return tuple(kind for kind in AT_SIGN_UP if kind in needed or kind == "marketing")


def agreed_documents(request: HttpRequest, kinds: Iterable[str]) -> list[Document]:
    """The texts she marked, by the hash of what she was shown. Raises ConsentTextMoved when one is out of force."""
    found = []
    for kind in kinds:
        text = document_shown(kind, request.POST.get(f"{kind}_sha256", ""))
        if text is None:
            raise ConsentTextMoved()
        found.append(text)
    return found
