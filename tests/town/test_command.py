"""`bin/svoi town`: what it lists, what it writes, and what it refuses before anything is done."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from svoi.town import SCHEMES
from svoi.town.play import SCENES
from svoi.town.play.playing import is_loopback
from svoi.town.words import LINES_RU, SENTENCES


def told(*words: str) -> str:
    out = io.StringIO()
    call_command("town", *words, stdout=out, stderr=io.StringIO())
    return out.getvalue()


@pytest.mark.parametrize("language", ["en", "ru"])
def test_the_list_names_every_scheme_once(language: str):
    lines = told("attacks", "--language", language).splitlines()
    names = [line[2:].split()[0] for line in lines if line.startswith(" ")]
    assert sorted(names) == sorted(SCHEMES)


def test_every_scheme_has_a_line_in_both_languages():
    assert set(LINES_RU) == set(SCHEMES)
    assert all(scheme.line for scheme in SCHEMES.values())
    assert all(len(pair) == 2 and all(pair) for pair in SENTENCES.values())
    assert set(SCENES) <= set(SCHEMES)


def test_make_writes_a_town(tmp_path: Path):
    words = (
        "make",
        "--people",
        "120",
        "--days",
        "3",
        "--seed",
        "2",
        "--with",
        "raid:low",
        "--out",
        str(tmp_path / "t"),
    )
    assert "120" in told(*words, "--language", "en")
    manifest = json.loads((tmp_path / "t" / "manifest.json").read_text(encoding="utf-8"))
    assert manifest["plan"]["people"] == 120
    with pytest.raises(CommandError, match="already"):
        told(*words, "--language", "en")


def test_rows_for_copy_go_to_standard_output(capfdbinary: pytest.CaptureFixture[bytes]):
    told("make", "--people", "120", "--days", "2", "--format", "copy", "--out", "-")
    rows = capfdbinary.readouterr().out.splitlines()
    assert [int(row.split(b"\t")[0]) for row in rows] == list(range(len(rows)))
    assert {len(row.split(b"\t")) for row in rows} == {10}


@pytest.mark.parametrize(
    ("words", "why"),
    [
        (("make", "--people", "120", "--days", "2"), "where to"),
        (("make", "--people", "120", "--days", "2", "--with", "theft", "--out", "x"), "no scheme theft"),
        (("play", "--url", "http://shop.example", "--people", "2"), "not this machine"),
        (("play", "--people", "9999"), "At most 500"),
        (("play", "--minutes", "600"), "30 minutes"),
        (("play", "--with", "vouch_rings"), "no door for vouch_rings"),
        (("play", "--with", "theft"), "no scheme theft"),
        (("play", "--film"), "--crew"),
    ],
)
def test_refusals_say_why(words: tuple[str, ...], why: str):
    with pytest.raises(CommandError, match=why):
        told(*words, "--language", "en")


@pytest.mark.parametrize(
    ("host", "local"),
    [
        ("localhost", True),
        ("127.0.0.1", True),
        ("127.8.9.1", True),
        ("::1", True),
        ("localhost.example", False),
        ("10.0.0.1", False),
        ("127.0.0.1.example", False),
        ("", False),
    ],
)
def test_loopback(host: str, local: bool):
    assert is_loopback(host) is local
