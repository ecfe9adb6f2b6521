"""What a person reads: why packages were not installed, why a program does not start, the welcome."""

from pathlib import Path

import pytest

from svoi.doors.command import run
from svoi.doors.folder import open_folder
from svoi.doors.setup.install import refusal_in
from svoi.doors.supervisor.logs import ProgramLog
from svoi.doors.supervisor.telling import last_words
from svoi.doors.welcome import welcome

TOLD = """2026-11-22 12:00:00 INFO svoi.jobs something on the way
{"show_url": "/shows/7/", "sign_ins": [
{"show_url": "/shows/7/", "console_url": "/studio/shows/7/",\
 "sign_ins": [{"role": "owner", "login": "anna@example.com", "password": "tri"},\
 {"role": "producer", "login": "boris@example.com", "password": "tri"}]}
"""


@pytest.fixture(autouse=True)
def english(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LC_ALL", "C.UTF-8")


@pytest.mark.parametrize(
    ("said", "english"),
    [
        (
            "OSError: [Errno 28] No space left on device",
            "The disk is full: there is no room left for .venv; free some ",
        ),
        (
            "ERROR: THESE PACKAGES DO NOT MATCH THE HASHES",
            "A package does not match the hash in the lock file; nothing",
        ),
        ("NewConnectionError('<pip…>: refused')", "The package index cannot be reached; check the network or pip's "),
        (
            "ERROR: No matching distribution found for cake==1",
            "The packages could not be installed: ERROR: No matching distribution found for cake==1",
        ),
        ("ERROR: something else", "The packages could not be installed: ERROR: something else"),
        ("", "The packages could not be installed: pip failed"),
    ],
)
def test_why_packages_were_not_installed(said: str, english: str) -> None:
    assert refusal_in(["Collecting django\n", said + "\n"]).english[: len(english)] == english


def test_the_last_words_of_a_program_name_the_exception() -> None:
    log = "Traceback (most recent call last):\nModuleNotFoundError: No module named 'x'\n[ERROR] worker-1 ended\n"
    assert last_words(log) == "ModuleNotFoundError: No module named 'x'"
    assert last_words("one\ntwo\n\n") == "two"
    assert last_words("") == ""


def test_the_welcome(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = open_folder(tmp_path / "data")
    welcome(folder, host="0.0.0.0", port=8000, told=TOLD, on_air=True)
    assert capsys.readouterr().out.splitlines() == [
        "",
        "  Svoi is open: http://127.0.0.1:8000/",
        "  A show is on air: http://127.0.0.1:8000/shows/7/",
        "  Its producer's console: http://127.0.0.1:8000/studio/shows/7/",
        "",
        "  Sign in as",
        "    owner      anna@example.com    tri",
        "    producer   boris@example.com   tri",
        "",
        f"  Data {folder.path}   logs {folder.logs}",
        "  Ctrl-C stops everything.",
    ]


def test_the_welcome_to_an_empty_shop_in_russian(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LC_ALL", "ru_RU.UTF-8")
    folder = open_folder(tmp_path / "data")
    welcome(folder, host="::1", port=9000, told="", on_air=False)
    assert capsys.readouterr().out.splitlines() == [
        "",
        "  «Свои» открыты: http://[::1]:9000/",
        "",
        f"  Данные {folder.path}   журналы {folder.logs}",
        "  Ctrl-C останавливает всё.",
    ]


def test_a_log_is_bounded_and_its_trouble_told_sparingly(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("svoi.doors.supervisor.logs.FILE_BYTES_MAX", 100)
    told: list[tuple[str, int]] = []
    log = ProgramLog(tmp_path / "web.log", lambda line, count: told.append((line, count)))
    for number in range(50):
        log.write(f"ERROR number {number} of man".encode() + b"y\n")
    log.write(b"FATAL:  the database system is starting up\n")
    assert told == [("ERROR number 0 of many", 1)]
    assert sorted(path.name for path in tmp_path.iterdir()) == ["web.log", "web.log.1", "web.log.2"]
    assert max(path.stat().st_size for path in tmp_path.iterdir()) < 130
    assert log.tail().splitlines()[-1:] == ["FATAL:  the database system is starting up"]


def test_help_needs_no_database(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    assert run(["--data", str(tmp_path / "data"), "help", "import-feed"]) in (0, 1)
    assert not (tmp_path / "data").exists()
    capfd.readouterr()
