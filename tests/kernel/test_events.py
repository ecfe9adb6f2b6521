"""Events and refusals say what they know in plain values."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime
from uuid import UUID

from svoi.kernel.events import Event
from svoi.kernel.money import Money
from svoi.kernel.refused import Refused


@dataclass(frozen=True, kw_only=True)
class CupWasSold(Event):
    """A test's own fact."""

    price: Money
    at: datetime
    on: date
    key: UUID
    pieces: int


def test_an_event_is_named_by_its_class_and_told_in_json_values():
    moment = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
    key = UUID("11111111-2222-4333-8444-555555555555")
    event = CupWasSold(price=Money(5), at=moment, on=moment.date(), key=key, pieces=1)
    assert (event.kind, event.stream()) == ("cup_was_sold", "")
    assert event.payload() == {
        "price": 5,
        "at": "2026-11-22T12:00:00+00:00",
        "on": "2026-11-22",
        "key": str(key),
        "pieces": 1,
    }


def test_a_refusal_tells_its_facts():
    assert str(Refused(left=1, wanted=2)) == "refused(left=1, wanted=2)"
