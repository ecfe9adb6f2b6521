"""Legal texts: templates filled with the shop's details, in both languages, known by the hash of their words.

A text is plain words: lines that begin with `# ` are headings, with `- ` items of a list, an empty line ends a
paragraph. So the hash is over exactly what a person reads and can be computed by anybody.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from svoi.law.actions.consents import Document
from svoi.law.rules import (
    CONSENTS,
    ERASURE_COOLS_DOWN_DAYS,
    ERASURE_LATEST_DAYS,
    EXPORT_KEPT_DAYS,
    KINDS,
)
from svoi.members.rules import LANGUAGES

TITLES: dict[str, str | Promise] = {
    "processing": _("Consent to the processing of personal data"),
    "marketing": _("Consent to letters about shows and goods"),
    "transfer": _("Consent to the transfer of data to a carrier"),
    "privacy": _("Privacy policy"),
    "terms": _("Terms of sale"),
    "cookies": _("Cookies"),
    "recommendations": _("How recommendations work"),
}
BLANK = {"ru": "[не заполнено магазином]", "en": "[not filled in by the shop]"}


@dataclass(frozen=True, slots=True)
class Block:
    """A heading, a paragraph or a list of a text."""

    shape: str
    lines: tuple[str, ...]


def document(kind: str, language: str) -> Document:
    """The text in force."""
    assert kind in KINDS, kind
    blank = BLANK[language]
    facts = {
        "shop": {name: value or blank for name, value in settings.SHOP.items()},
        "site": settings.PUBLIC_URL,
        "cools_down_days": ERASURE_COOLS_DOWN_DAYS,
        "latest_days": ERASURE_LATEST_DAYS,
        "export_days": EXPORT_KEPT_DAYS,
        "session_days": settings.SESSION_COOKIE_AGE // (60 * 60 * 24),
    }
    with translation.override(language):
        title = str(TITLES[kind])
        body = render_to_string(f"ui/legal/{kind}.{language}.txt", facts)
    return Document(kind=kind, language=language, title=title, body=re.sub(r"\n{3,}", "\n\n", body).strip() + "\n")


def document_shown(kind: str, sha256: str) -> Document | None:
    """The text in force with this hash, in whichever language she read it."""
    if kind not in CONSENTS:
        return None
    return next((one for one in (document(kind, code) for code in LANGUAGES) if one.sha256 == sha256), None)


def blocks(body: str) -> Iterator[Block]:
    """A text in its parts, for a page."""
    for part in re.split(r"\n\s*\n", body.strip()):
        lines = [line.strip() for line in part.splitlines()]
        if lines[0].startswith("# "):
            yield Block("heading", (lines[0].removeprefix("# "),))
            lines = lines[1:]
        if lines and all(line.startswith("- ") for line in lines):
            yield Block("list", tuple(line.removeprefix("- ") for line in lines))
        elif lines:
            yield Block("paragraph", (" ".join(lines),))
