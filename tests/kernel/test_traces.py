"""Traces: the same thing in one month is the same number, in another month another one."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from svoi.kernel.traces import UNKNOWN, monthly_trace, network_of

NOVEMBER = datetime(2026, 11, 27, tzinfo=UTC).timestamp()
DECEMBER = datetime(2026, 12, 1, tzinfo=UTC).timestamp()


def test_a_trace_holds_for_a_month_and_for_one_kind() -> None:
    traces = [
        monthly_trace("s", "network", "203.0.113.7", at=NOVEMBER),
        monthly_trace("s", "network", "203.0.113.7", at=DECEMBER - 1),
        monthly_trace("s", "network", "203.0.113.7", at=DECEMBER),
        monthly_trace("s", "device", "203.0.113.7", at=NOVEMBER),
        monthly_trace("t", "network", "203.0.113.7", at=NOVEMBER),
    ]
    assert traces[0] == traces[1]
    assert len(set(traces)) == 4
    assert all(0 <= trace < 2**63 for trace in traces)
    assert monthly_trace("s", "device", "", at=NOVEMBER) == UNKNOWN


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("203.0.113.7", "203.0.113.7"),
        ("::ffff:203.0.113.7", "203.0.113.7"),
        ("2001:db8:1:2:3::4", "2001:0db8:0001:0002"),
        ("fe80::1%eth0", "fe80:0000:0000:0000"),
        ("127.0.0.1", ""),
        ("::1", ""),
        ("", ""),
        ("nowhere", ""),
    ],
)
def test_a_network_is_an_address_or_a_half_of_one(address: str, network: str) -> None:
    assert network_of(address) == network
