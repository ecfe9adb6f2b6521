"""A show as a calendar file (RFC 5545), so that any calendar can remind of it."""

from __future__ import annotations

from datetime import datetime, timedelta

from svoi.ui.calendar_lines import lines, moment, words

EXPECTED_LENGTH = timedelta(hours=1)
REMINDER = "-PT15M"


def calendar_file(*, uid: str, title: str, about: str, address: str, starts_at: datetime, at: datetime) -> str:
    """One event with a reminder a quarter of an hour before."""
    content = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Svoi//Shows//RU",
        "METHOD:PUBLISH",
        "BEGIN:VEVENT",
        f"UID:{uid}",
        f"DTSTAMP:{moment(at)}",
        f"DTSTART:{moment(starts_at)}",
        f"DTEND:{moment(starts_at + EXPECTED_LENGTH)}",
        f"SUMMARY:{words(title)}",
        f"DESCRIPTION:{words(about)}",
        f"URL:{address}",
        "BEGIN:VALARM",
        "ACTION:DISPLAY",
        f"TRIGGER:{REMINDER}",
        f"DESCRIPTION:{words(title)}",
        "END:VALARM",
        "END:VEVENT",
        "END:VCALENDAR",
    ]
    return lines(content)
