"""Facts of a show as values: what was shown when, and an evening of an hour."""

from __future__ import annotations

from svoi.replays.rules import ShowFacts, Shown

S = 1000


def shown(product_id: int, begin_s: float, end_s: float) -> Shown:
    return Shown(round(begin_s * S), round(end_s * S), product_id)


FACTS = ShowFacts(
    length_s=3600, late_s=30, viewers_raw=120, viewers_counted=100, peak_counted=60, watch_s=60_000, interacting=25,
    messages=300, orders=20, paid_orders=16, creators=18, buyers=15, gmv_minor=2_000_000, paid_minor=1_600_000,
    returned_minor=100_000, returned_orders=1,
)  # fmt: skip
