"""An office of CDEK read into a row of a list of points."""

from __future__ import annotations

import re
from itertools import groupby
from typing import Any

from svoi.pickup.rules.points import CODE_LENGTH_MAX, TEXTS

CODE_PREFIX = "cdek-"
STORAGE_DAYS = {"PVZ": 7, "POSTAMAT": 3}
DAYS = ("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su")
FEATURES = {
    "is_dressing_room": "fitting_room",
    "have_cashless": "card",
    "have_fast_payment_system": "sbp",
    "have_cash": "cash",
}
_TIME = re.compile(r"([0-2]\d:[0-5]\d)[/-]([0-2]\d:[0-5]\d)")


def read_office(office: dict[str, Any]) -> dict[str, Any] | None:
    """The row; None for an office that does not hand over or lacks what a point needs."""
    place = office.get("location")
    place = place if isinstance(place, dict) else {}
    code, city, address = _text(office, "code"), _text(place, "city"), _text(place, "address")
    if not (code and city and address) or office.get("is_handout") is not True:
        return None
    if len(CODE_PREFIX) + len(code) > CODE_LENGTH_MAX:
        return None
    kind = "POSTAMAT" if office.get("type") == "POSTAMAT" else "PVZ"
    name, name_en = ("Постамат СДЭК", "CDEK locker") if kind == "POSTAMAT" else ("СДЭК", "CDEK")
    features = [word for key, word in FEATURES.items() if office.get(key) is True]
    row: dict[str, Any] = {
        "code": f"{CODE_PREFIX}{code}",
        "name": f"{name} {code}",
        "name_en": f"{name_en} {code}",
        "city": city,
        "address": address,
        "metro": _text(office, "nearest_metro_station"),
        "hours": read_hours(office.get("work_time_list")) or _text(office, "work_time"),
        "lat": _degrees(place.get("latitude"), most=90),
        "lon": _degrees(place.get("longitude"), most=180),
        "features": [*features, "postamat"] if kind == "POSTAMAT" else features,
        "storage_days": STORAGE_DAYS[kind],
    }
    return {key: value[: TEXTS[key][1]] if key in TEXTS else value for key, value in row.items()}


def read_hours(days: Any) -> str:
    """`Mo-Fr 10:00-20:00; Sa 10:00-16:00` from the list of days; nothing when a day cannot be read."""
    if not isinstance(days, list) or not days:
        return ""
    spans: dict[int, str] = {}
    for one in days:
        day, told = (one.get("day"), _TIME.fullmatch(str(one.get("time", "")))) if isinstance(one, dict) else (0, None)
        if not isinstance(day, int) or day not in range(1, 8) or told is None:
            return ""
        spans[day - 1] = f"{told[1]}-{told[2]}".replace("-23:59", "-24:00")
    if set(spans.values()) == {"00:00-24:00"} and len(spans) == len(DAYS):
        return "24/7"
    week = [spans.get(day, "off") for day in range(7)]
    runs = [[day for day, _ in run] for _, run in groupby(enumerate(week), key=lambda pair: pair[1])]
    return "; ".join(f"{_named(run)} {week[run[0]]}" for run in runs)


def _named(run: list[int]) -> str:
    return DAYS[run[0]] if len(run) == 1 else f"{DAYS[run[0]]}-{DAYS[run[-1]]}"


def _text(told: dict[str, Any], key: str) -> str:
    value = told.get(key)
    return " ".join(value.split()) if isinstance(value, str) else ""


def _degrees(value: Any, *, most: int) -> float | None:
    is_number = isinstance(value, (int, float)) and not isinstance(value, bool)
    return float(value) if is_number and -most <= value <= most else None
