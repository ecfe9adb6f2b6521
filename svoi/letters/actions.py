"""Writing a letter once, and taking it to the mail server until it leaves."""

from __future__ import annotations

from datetime import datetime

from svoi.db.transaction import atomic
from svoi.letters.models import Letter
from svoi.letters.providers import mail
from svoi.letters.rules import TURNED_AWAY, LetterUnsent, forgotten_before, is_free, read_title, withheld_for
from svoi.members.models import Member


@atomic
def keep_letter(
    *, key: str, kind: str, subject: str, member: Member, language: str, title: str, text: str, html: str, at: datetime
) -> Letter:
    """Keep what was written; a letter of this key that is there already stays as it is."""
    written, _ = Letter.objects.get_or_create(
        key=key,
        defaults={
            "kind": kind,
            "subject": subject,
            "member": member,
            "language": language,
            "title": read_title(title),
            "text": text,
            "html": html,
            "written_at": at,
            "withheld_for": withheld_for(address=member.email, mail_is_set_up=mail.mail_is_set_up()),
        },
    )
    return written


def send_letter(*, letter_id: int, at: datetime) -> bool:
    """Take a letter to the mail server; False when it left before or stays in the house.

    Raises `LetterUnsent` when somebody carries it at this moment, and when the server could not take it; the
    server's reason is kept on the letter.
    """
    letter = _take(letter_id, at=at)
    if letter is None:
        return False
    address = letter.member.email or ""
    try:
        mail.post(
            key=letter.key,
            name=letter.member.name,
            address=address,
            title=letter.title,
            text=letter.text,
            html=letter.html,
        )
    except mail.TurnedAway as no:
        _note(letter, withheld_for=TURNED_AWAY, error=str(no)[:200])
        return False
    except mail.NotNow as no:
        _note(letter, taken_at=None, error=str(no)[:200])
        raise LetterUnsent(reason=str(no)) from no
    _note(letter, sent_at=at, error="")
    return True


@atomic
def forget_letters(*, at: datetime) -> int:
    """Drop letters nobody needs any more; for the clock. Returns how many went."""
    gone, _ = Letter.objects.filter(written_at__lt=forgotten_before(at)).delete()
    return gone


@atomic
def forget_letters_of(*, member: Member) -> int:
    """Drop all letters of a member who wants to be forgotten. Returns how many went."""
    gone, _ = Letter.objects.filter(member=member).delete()
    return gone


@atomic
def _take(letter_id: int, *, at: datetime) -> Letter | None:
    """Mark it as being carried, so that two workers never carry the same letter."""
    letter = Letter.objects.select_for_update(of=("self",)).select_related("member").filter(pk=letter_id).first()
    if letter is None or letter.sent_at or letter.withheld_for:
        return None
    if not is_free(taken_at=letter.taken_at, at=at):
        raise LetterUnsent(reason="carried")
    if reason := withheld_for(address=letter.member.email, mail_is_set_up=mail.mail_is_set_up()):
        _note(letter, withheld_for=reason)
        return None
    _note(letter, taken_at=at)
    return letter


@atomic
def _note(letter: Letter, **moments: object) -> None:
    for name, value in moments.items():
        setattr(letter, name, value)
    letter.save(update_fields=list(moments))
