"""Goods that are the shop's again: a whole parcel nobody collected, or what a buyer gave in for a return."""

from __future__ import annotations

from datetime import datetime

from svoi.orders.actions.letting_go import restock_order
from svoi.orders.actions.returning import receive_return


def take_goods_back(*, subject: str, claim: str, at: datetime) -> bool:
    """What a parcel's coming back means for its order; the claim tells which of the two it is."""
    if claim:
        return receive_return(subject=subject, claim=claim, at=at)
    return restock_order(subject=subject, at=at)
