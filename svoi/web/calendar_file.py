"""A show as a calendar file (RFC 5545), so that any calendar can remind of it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

LINE_OCTETS_MAX = 75
EXPECTED_LENGTH = timedelta(hours=1)
REMINDER = "-PT15M"


def calendar_file(*, uid: str, title: str, about: str, address: str, starts_at: datetime, at: datetime) -> str:
    """One event with a reminder a quarter of an hour before."""
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Svoi//Shows//RU",
        "METHOD:PUBLISH",
        "BEGIN:VEVENT",
        f"UID:{uid}",
        f"DTSTAMP:{_utc(at)}",
        f"DTSTART:{_utc(starts_at)}",
        f"DTEND:{_utc(starts_at + EXPECTED_LENGTH)}",
        f"SUMMARY:{_text(title)}",
        f"DESCRIPTION:{_text(about)}",
        f"URL:{address}",
        "BEGIN:VALARM",
        "ACTION:DISPLAY",
        f"TRIGGER:{REMINDER}",
        f"DESCRIPTION:{_text(title)}",
        "END:VALARM",
        "END:VEVENT",
        "END:VCALENDAR",
    ]
    return "".join(f"{_folded(line)}\r\n" for line in lines)


def _utc(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")


def _text(words: str) -> str:
    escaped = words.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
    return "\\n".join(escaped.splitlines())


def _folded(line: str) -> str:
    """Lines are folded at 75 octets, never inside a letter (section 3.1)."""
    folded, length = [], 0
    for letter in line:
        octets = len(letter.encode())
        if length + octets > LINE_OCTETS_MAX:
            folded.append("\r\n ")
            length = 1
        folded.append(letter)
        length += octets
    return "".join(folded)
