"""A mail server's address as Django's settings."""

from __future__ import annotations

import pytest

from svoi.conf.mail import mail_sender, mail_settings


def test_starttls_is_the_rule():
    told = mail_settings("smtp://shop%40example.ru:p%3Aw@mail.example.ru")
    assert told == {
        "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "EMAIL_HOST": "mail.example.ru",
        "EMAIL_PORT": 587,
        "EMAIL_HOST_USER": "shop@example.ru",
        "EMAIL_HOST_PASSWORD": "p:w",
        "EMAIL_USE_TLS": True,
        "EMAIL_USE_SSL": False,
        "EMAIL_TIMEOUT": 15,
    }


def test_tls_from_the_first_byte_and_none_on_the_same_machine():
    tls, plain = mail_settings("smtps://u:p@host"), mail_settings("smtp://localhost:25?tls=no")
    assert [(one["EMAIL_PORT"], one["EMAIL_USE_TLS"], one["EMAIL_USE_SSL"]) for one in (tls, plain)] == [
        (465, False, True),
        (25, False, False),
    ]


def test_no_address_no_mail():
    assert mail_settings("") == {"EMAIL_BACKEND": "django.core.mail.backends.dummy.EmailBackend"}


@pytest.mark.parametrize("wrong", ["mail.example.ru", "http://mail.example.ru", "smtp://"])
def test_what_cannot_be_read_stops_the_start(wrong):
    with pytest.raises(SystemExit, match="SVOI_MAIL_URL"):
        mail_settings(wrong)


def test_from_whom():
    assert mail_sender("smtp://shop%40example.ru:x@host", "https://shop.ru") == "shop@example.ru"
    assert mail_sender("", "https://shop.ru:8000") == "Svoi <no-reply@shop.ru>"
