"""What the environment may say, and what stops the start."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from svoi.conf import env

NAME = "SVOI_PAYMENT_PROVIDER"


@pytest.mark.parametrize(
    ("said", "pretend", "chosen"),
    [("", True, "fake"), ("", False, ""), ("fake", True, "fake"), ("yookassa", True, "yookassa"),
     ("yookassa", False, "yookassa")],
)  # fmt: skip
def test_a_house_that_pretends_is_paid_at_the_demo_bank(monkeypatch, said, pretend, chosen):
    monkeypatch.setenv(NAME, said)
    assert env.payment_provider(NAME, pretend=pretend) == chosen


def test_no_other_house_books_sales_that_nobody_pays_for(monkeypatch):
    monkeypatch.setenv(NAME, "fake")
    with pytest.raises(SystemExit, match="nobody pays") as stopped:
        env.payment_provider(NAME, pretend=False)
    assert "никто не платит" in str(stopped.value)


def test_its_programs_do_not_start_either():
    kept = {name: text for name, text in os.environ.items() if not name.startswith("SVOI_")}
    told = kept | {NAME: "fake", "DJANGO_SETTINGS_MODULE": "svoi.conf.settings"}
    command = [sys.executable, "-m", "django", "check"]
    ran = subprocess.run(command, env=told, capture_output=True, text=True, check=False)
    assert (ran.returncode, ran.stderr.splitlines()[0][: len(NAME)]) == (1, NAME)


@pytest.mark.parametrize("pretend", [True, False])
def test_a_provider_nobody_knows_is_named_with_those_that_are(monkeypatch, pretend):
    monkeypatch.setenv(NAME, "yukassa")
    with pytest.raises(SystemExit, match="fake, yookassa, not 'yukassa'"):
        env.payment_provider(NAME, pretend=pretend)


@pytest.mark.parametrize(
    ("read", "text"),
    [
        (lambda name: env.number(name, 1), "many"),
        (lambda name: env.one_of(name, ("ru", "intl")), "de"),
        (env.tile_address, "https://tiles.example/{z}"),
    ],
)
def test_what_cannot_be_read_is_said_in_both_languages(monkeypatch, read, text):
    monkeypatch.setenv("SVOI_THING", text)
    with pytest.raises(SystemExit) as stopped:
        read("SVOI_THING")
    english, russian = str(stopped.value).splitlines()
    assert english.startswith("SVOI_THING must ")
    assert english.endswith(repr(text))
    assert russian.startswith("SVOI_THING: ")
    assert russian.endswith(repr(text))
