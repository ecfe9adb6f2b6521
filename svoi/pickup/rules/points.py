"""What a list of pickup points may say, read into plain values."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any, ClassVar
from zoneinfo import available_timezones

from svoi.kernel.refused import Refused

POINTS_MAX = 20_000
FEATURES_MAX = 30
STORAGE_DAYS = range(1, 366)
STORAGE_DAYS_UNSAID = 7
# Field: its key in the list, the longest value, whether it must be there. `city_ru` may also be said as `city`.
TEXTS = {
    "name": ("name_ru", 120, True),
    "city": ("city_ru", 80, True),
    "address": ("address_ru", 250, True),
    "metro": ("metro_ru", 80, False),
    "hours": ("hours", 120, False),
    "name_en": ("name_en", 120, False),
    "city_en": ("city_en", 80, False),
    "address_en": ("address_en", 250, False),
    "metro_en": ("metro_en", 80, False),
}
# What may be said otherwise by hand: where a parcel goes is left to the list.
DESCRIBED = ("name", "name_en", "metro", "metro_en", "hours")
CODE_LENGTH_MAX = 40
Fields = dict[str, Any]


class PointsRefused(Refused):
    """The list cannot be taken, and nothing of it was.

    Reasons: not_a_list, empty, too_many, no_code, duplicate_code, code_of_another, missing, too_long, bad_value;
    with the point's `point` code or `place` and the `field`.
    """

    code: ClassVar[str] = "points_refused"


class CarrierSpeaks(Refused):
    """The point belongs to a `carrier`, and only the carrier describes it."""

    code: ClassVar[str] = "carrier_speaks"


def read_points(rows: Iterable[Any]) -> dict[str, Fields]:
    """The model's fields by point code; raise `PointsRefused` at the first thing that is not sound."""
    if isinstance(rows, (str, bytes, Mapping)) or not isinstance(rows, Iterable):
        raise PointsRefused(reason="not_a_list")
    points: dict[str, Fields] = {}
    for place, row in enumerate(rows, start=1):
        if not isinstance(row, Mapping):
            raise PointsRefused(reason="not_a_list")
        code = _words(row.get("code"))
        if not code or len(code) > CODE_LENGTH_MAX:
            raise PointsRefused(reason="no_code", place=place)
        if code in points:
            raise PointsRefused(reason="duplicate_code", point=code)
        if place > POINTS_MAX:
            raise PointsRefused(reason="too_many", most=POINTS_MAX)
        points[code] = _read(code, row)
    if not points:
        raise PointsRefused(reason="empty")
    return points


def admit_codes(taken: Iterable[str]) -> None:
    """No code of the list may belong to points that another list speaks for."""
    for code in taken:
        raise PointsRefused(reason="code_of_another", point=code)


def admit_describing(*, carrier: str) -> None:
    """A shop describes its own points."""
    if carrier:
        raise CarrierSpeaks(carrier=carrier)


def read_point_words(code: str, typed: Mapping[str, str]) -> Fields:
    """Words about a known point, field by field; raises `PointsRefused`."""
    assert typed.keys() <= set(DESCRIBED)
    return {field: _text(code, {TEXTS[field][0]: text}, field) for field, text in typed.items()}


def _read(code: str, row: Mapping[str, Any]) -> Fields:
    fields: Fields = {field: _text(code, row, field) for field in TEXTS}
    fields["latitude"] = _degrees(code, row, "lat", most=90)
    fields["longitude"] = _degrees(code, row, "lon", most=180)
    fields["features"] = _features(code, row)
    fields["storage_days"] = _days(code, row)
    fields["time_zone"] = _zone(code, row)
    return fields


def _text(code: str, row: Mapping[str, Any], field: str) -> str:
    key, length_max, is_needed = TEXTS[field]
    text = _words(row.get(key, row.get(field)))
    if is_needed and not text:
        raise PointsRefused(reason="missing", point=code, field=key)
    if len(text) > length_max:
        raise PointsRefused(reason="too_long", point=code, field=key)
    return text


def _words(value: Any) -> str:
    """Composed letters and single spaces, so that search finds what it shows."""
    if not isinstance(value, str):
        return ""
    return " ".join(unicodedata.normalize("NFC", value.replace("\x00", "")).split())


def _degrees(code: str, row: Mapping[str, Any], key: str, *, most: int) -> float | None:
    value = row.get(key)
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, (int, float)) or not -most <= value <= most:
        raise PointsRefused(reason="bad_value", point=code, field=key)
    return float(value)


def _features(code: str, row: Mapping[str, Any]) -> list[str]:
    value = row.get("features", [])
    is_sound = isinstance(value, list) and len(value) <= FEATURES_MAX
    if not is_sound or not all(isinstance(each, str) and len(each) <= CODE_LENGTH_MAX for each in value):
        raise PointsRefused(reason="bad_value", point=code, field="features")
    return list(value)


def _days(code: str, row: Mapping[str, Any]) -> int:
    value = row.get("storage_days", STORAGE_DAYS_UNSAID)
    if isinstance(value, bool) or not isinstance(value, int) or value not in STORAGE_DAYS:
        raise PointsRefused(reason="bad_value", point=code, field="storage_days")
    return value


def is_time_zone(name: Any) -> bool:
    """Is it a zone's name as the IANA writes it, such as `Asia/Yekaterinburg`?"""
    return isinstance(name, str) and name in _zones()


def _zone(code: str, row: Mapping[str, Any]) -> str:
    """The zone of its hours; empty for that of the shop."""
    value = row.get("time_zone") or ""
    if value and not is_time_zone(value):
        raise PointsRefused(reason="bad_value", point=code, field="time_zone")
    return str(value)


@cache
def _zones() -> frozenset[str]:
    return frozenset(available_timezones())
