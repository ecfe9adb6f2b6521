"""An independent reader of calendar files (RFC 5545): unfolds by octets, splits, unescapes, checks what must be."""

from __future__ import annotations

from datetime import UTC, datetime

LINE_OCTETS_MAX = 75


def read(body: bytes) -> list[dict[str, str]]:
    """The events of a calendar, property by property; anything the standard forbids is an assertion."""
    assert body.endswith(b"\r\n")
    physical = body[:-2].split(b"\r\n")
    for line in physical:
        assert len(line) <= LINE_OCTETS_MAX, line
        assert b"\r" not in line
        assert b"\n" not in line
        line.decode("utf-8")  # a fold never cuts a letter
    logical: list[str] = []
    for line in physical:
        if line[:1] in (b" ", b"\t"):
            logical[-1] += line[1:].decode()
        else:
            logical.append(line.decode())
    assert (logical[0], logical[-1]) == ("BEGIN:VCALENDAR", "END:VCALENDAR")
    assert logical.count("VERSION:2.0") == 1
    return [_event(part) for part in _events(logical)]


def moment(value: str) -> datetime:
    """Form 2 of a date-time: UTC."""
    return datetime.strptime(value, "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC)


def text(value: str) -> str:
    """TEXT unescaped, letter by letter."""
    out, letters = [], iter(value)
    for letter in letters:
        if letter != "\\":
            assert letter not in ";,"
            out.append(letter)
            continue
        escaped = next(letters)
        assert escaped in "\\;,nN"
        out.append("\n" if escaped in "nN" else escaped)
    return "".join(out)


def _events(lines: list[str]) -> list[list[str]]:
    found: list[list[str]] = []
    for line in lines:
        if line == "BEGIN:VEVENT":
            found.append([])
        elif found and found[-1][-1:] != ["END:VEVENT"]:
            found[-1].append(line)
    return [part[:-1] for part in found]


def _event(lines: list[str]) -> dict[str, str]:
    told: dict[str, str] = {}
    for line in lines:
        name, _, value = line.partition(":")
        assert name not in told, f"{name} stands twice"
        told[name] = value
    assert {"UID", "DTSTAMP", "DTSTART"} <= told.keys()
    assert moment(told["DTEND"]) > moment(told["DTSTART"])
    return told
