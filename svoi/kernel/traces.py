"""Traces of a device or a network as numbers: keyed by the month, so that two months cannot be compared."""

from __future__ import annotations

import hashlib
import hmac
from datetime import UTC, datetime
from ipaddress import ip_address

from svoi.kernel.tokens import derive_key

UNKNOWN = -1
_BITS = 63  # a signed column holds it


def monthly_trace(secret: str, kind: str, value: str, *, at: float) -> int:
    """A number below 2^63 for a device or a network in the month of `at` (Unix seconds); `UNKNOWN` for nothing."""
    if not value:
        return UNKNOWN
    month = datetime.fromtimestamp(at, UTC).strftime("%Y-%m")
    key = derive_key(secret, f"trace {kind} {month}")
    return int.from_bytes(hmac.new(key, value.encode(), hashlib.sha256).digest()[:8]) >> (64 - _BITS)


def network_of(address: str) -> str:
    """The network an address stands for: itself in IPv4, its /64 in IPv6; empty for our own machine or no address."""
    try:
        told = ip_address(address.partition("%")[0])
    except ValueError:
        return ""
    if told.version == 6:
        told = told.ipv4_mapped or told
    if told.is_loopback:
        return ""
    return str(told) if told.version == 4 else told.exploded[:19]
