"""E-mail through the server the shop named; nothing is named in development, and nothing leaves."""

from __future__ import annotations

import smtplib
from email.utils import formataddr

from django.conf import settings
from django.core.mail import EmailMultiAlternatives

PERMANENT = 500  # SMTP answers from here on will be the same tomorrow (RFC 5321, 4.2.1)


class TurnedAway(Exception):
    """The mail server will never take this letter."""


class NotNow(Exception):
    """The mail server could not take the letter; it may later."""


def mail_is_set_up() -> bool:
    """Did the shop name a mail server?"""
    return bool(settings.MAIL_URL)


def post(*, key: str, name: str, address: str, title: str, text: str, html: str) -> None:
    """Hand one letter to the mail server. The same key gives the same Message-ID, so that a repeat is seen as one."""
    host = settings.DEFAULT_FROM_EMAIL.rpartition("@")[2].rstrip(">") or "localhost"
    letter = EmailMultiAlternatives(
        subject=title,
        body=text,
        to=[formataddr((name, address))],
        headers={"Message-ID": f"<{key.replace(':', '.')}@{host}>", "Auto-Submitted": "auto-generated"},
    )
    letter.attach_alternative(html, "text/html")
    try:
        letter.send()
    except smtplib.SMTPRecipientsRefused as refused:
        _tell(max(code for code, _ in refused.recipients.values()), refused)
    except smtplib.SMTPResponseException as refused:
        # A wrong password or name of ours is our fault, not the letter's: it is tried again once that is mended.
        _tell(0 if isinstance(refused, smtplib.SMTPAuthenticationError) else refused.smtp_code, refused)
    except (OSError, smtplib.SMTPException) as problem:
        raise NotNow(type(problem).__name__) from problem


def _tell(code: int, refused: Exception) -> None:
    words = f"{type(refused).__name__} {code or ''}".strip()
    raise (TurnedAway(words) if code >= PERMANENT else NotNow(words)) from refused
