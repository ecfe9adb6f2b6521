"""The secret part of the address at which a carrier tells its news."""

from __future__ import annotations

from svoi.kernel.tokens import derive_key


def carrier_door(secret: str, carrier: str) -> str:
    """Follows from the shop's secret, so that nothing has to be kept."""
    return derive_key(secret, f"carrier-news:{carrier}").hex()[:40]
