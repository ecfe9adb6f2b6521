"""A letter is written once per event, leaves once, and says why when it stays."""

from __future__ import annotations

import smtplib
from datetime import timedelta

import pytest
from django.core import mail

from svoi.letters.actions import forget_letters, keep_letter, send_letter
from svoi.letters.models import Letter
from svoi.letters.rules import KEPT_DAYS, TAKEN_FOR_S, LetterUnsent, is_free, read_title, withheld_for
from svoi.members.models import Member
from tests.cast import NOON

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def posting(settings):
    """A shop that named its mail server; Django's test mailbox stands for it."""
    settings.MAIL_URL = "smtp://localhost"
    settings.DEFAULT_FROM_EMAIL = "Svoi <shop@example.com>"


def letter_to(member: Member, **changed: str) -> Letter:
    said = {"title": "Order", "text": "Plain", "html": "<p>Page</p>", **changed}
    return keep_letter(
        key="event:7",
        kind="order_paid",
        subject="order:1",
        member=member,
        language="ru",
        at=NOON,
        **{**said, **changed},
    )


def moments(letter: Letter) -> tuple[object, ...]:
    letter.refresh_from_db()
    return letter.sent_at, letter.withheld_for, letter.taken_at, letter.error


def fails(monkeypatch: pytest.MonkeyPatch, problem: Exception) -> None:
    def send(*args: object, **kwargs: object) -> int:
        raise problem

    monkeypatch.setattr("django.core.mail.message.EmailMessage.send", send)


def test_one_event_one_letter(vera, posting):
    first, again = letter_to(vera), letter_to(vera, title="Another")
    assert (first.pk, again.title, Letter.objects.count()) == (again.pk, "Order", 1)


def test_a_letter_leaves_once_with_both_parts_and_a_steady_id(vera, posting):
    letter = letter_to(vera)
    assert [send_letter(letter_id=letter.pk, at=NOON) for _ in range(3)] == [True, False, False]
    (sent,) = mail.outbox
    assert (sent.to, sent.subject, sent.body) == (["Vera <vera@example.com>"], "Order", "Plain")
    assert [(part.content, part.mimetype) for part in sent.alternatives] == [("<p>Page</p>", "text/html")]
    assert sent.extra_headers["Message-ID"] == "<event.7@example.com>"
    assert moments(letter) == (NOON, "", NOON, "")


def test_without_an_address_nothing_leaves_and_the_reason_is_kept(db, posting):
    phone_only = Member.objects.create(name="Yulia", phone="+79123456789")
    letter = letter_to(phone_only)
    assert send_letter(letter_id=letter.pk, at=NOON) is False
    assert (mail.outbox, moments(letter)) == ([], (None, "no_address", None, ""))


def test_without_a_mail_server_letters_stay_in_the_house(vera):
    letter = letter_to(vera)
    assert send_letter(letter_id=letter.pk, at=NOON) is False
    assert (mail.outbox, moments(letter)) == ([], (None, "no_mail", None, ""))


def test_an_address_that_went_away_meanwhile(vera, posting):
    letter = letter_to(vera)
    Member.objects.filter(pk=vera.pk).update(email=None, phone="+79123456789")
    assert send_letter(letter_id=letter.pk, at=NOON) is False
    assert moments(letter)[1] == "no_address"


@pytest.mark.parametrize(
    "problem",
    [
        ConnectionRefusedError(),
        TimeoutError(),
        smtplib.SMTPServerDisconnected("gone"),
        smtplib.SMTPAuthenticationError(535, b"wrong password"),
        smtplib.SMTPRecipientsRefused({"vera@example.com": (450, b"mailbox busy")}),
    ],
)
def test_a_server_that_is_away_is_tried_again(vera, posting, monkeypatch, problem):
    letter = letter_to(vera)
    with monkeypatch.context() as broken:
        fails(broken, problem)
        with pytest.raises(LetterUnsent):
            send_letter(letter_id=letter.pk, at=NOON)
    sent_at, withheld, taken_at, error = moments(letter)
    assert (sent_at, withheld, taken_at) == (None, "", None)
    assert error.startswith(type(problem).__name__)
    assert send_letter(letter_id=letter.pk, at=NOON)
    assert moments(letter) == (NOON, "", NOON, "")


@pytest.mark.parametrize(
    "problem",
    [smtplib.SMTPRecipientsRefused({"vera@example.com": (550, b"no such box")}), smtplib.SMTPDataError(554, b"no")],
)
def test_a_letter_turned_away_is_not_tried_again(vera, posting, monkeypatch, problem):
    letter = letter_to(vera)
    with monkeypatch.context() as broken:
        fails(broken, problem)
        assert send_letter(letter_id=letter.pk, at=NOON) is False
    assert moments(letter)[:2] == (None, "turned_away")
    assert (send_letter(letter_id=letter.pk, at=NOON), mail.outbox) == (False, [])


def test_two_workers_never_carry_the_same_letter(vera, posting):
    letter = letter_to(vera)
    Letter.objects.update(taken_at=NOON)
    with pytest.raises(LetterUnsent):
        send_letter(letter_id=letter.pk, at=NOON + timedelta(seconds=TAKEN_FOR_S - 1))
    assert mail.outbox == []
    assert send_letter(letter_id=letter.pk, at=NOON + timedelta(seconds=TAKEN_FOR_S))


def test_a_hostile_title_stays_on_its_line(vera, posting):
    letter = letter_to(vera, title="Hello\r\nBcc: all@example.com " + "я" * 500)
    assert send_letter(letter_id=letter.pk, at=NOON)
    assert ("\n" in mail.outbox[0].subject, mail.outbox[0].bcc, len(letter.title)) == (False, [], 200)


def test_old_letters_are_forgotten(vera, posting):
    letter_to(vera)
    assert forget_letters(at=NOON + timedelta(days=KEPT_DAYS)) == 0
    assert forget_letters(at=NOON + timedelta(days=KEPT_DAYS, seconds=1)) == 1


def test_the_rules():
    assert [withheld_for(address=address, mail_is_set_up=up) for address in ("", "a@b.ru") for up in (True, False)] == [
        "no_address",
        "no_address",
        "",
        "no_mail",
    ]
    assert (is_free(taken_at=None, at=NOON), is_free(taken_at=NOON, at=NOON)) == (True, False)
    assert read_title(" a \n b\t") == "a b"
