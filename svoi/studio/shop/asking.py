"""What a keeper asks a list for, read from an address that anybody may have written."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from svoi.orders.rules import ORIGINS
from svoi.payments.rules import METHODS, REFUND_STATES, STATES
from svoi.studio.answers import number_in

TEXT_LETTERS_MAX = 80
PAGE_ROWS = 50
STAGES = (
    "to_pack", "held", "packed", "on_the_way", "at_the_point", "collected", "returned", "unpaid", "cancelled",
)  # fmt: skip
ATTENTIONS = ("any", "receipt", "surplus", "ending")
RETURN_SECTIONS = ("waiting", "accepted")
PRODUCT_SECTIONS = ("", "withdrawn")
POINT_SECTIONS = ("open", "closed", "carrier")
_MONEY = re.compile(r"[0-9]{1,9}(?:[.,][0-9]{1,2})?")
_GAPS = str.maketrans("", "", " \u00a0\u202f")


@dataclass(frozen=True, slots=True, kw_only=True)
class WantedOrders:
    """Orders of a stage, a point or an origin, with these words, of a sum within these bounds."""

    stage: str = ""
    point_id: int | None = None
    origin: str = ""
    text: str = ""
    from_minor: int | None = None
    to_minor: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class WantedMoney:
    """Payments or refunds in a state, by a method, or those that somebody has to look at."""

    state: str = ""
    method: str = ""
    attention: str = ""


def wanted_orders(asked: Mapping[str, str]) -> WantedOrders:
    """Whatever is not understood is not asked."""
    return WantedOrders(
        stage=one_of(asked, "stage", STAGES),
        point_id=number_in(asked, "point"),
        origin=one_of(asked, "origin", ORIGINS),
        text=text_in(asked, "q"),
        from_minor=minor_in(asked.get("from", "")),
        to_minor=minor_in(asked.get("to", "")),
    )


def wanted_payments(asked: Mapping[str, str]) -> WantedMoney:
    return WantedMoney(
        state=one_of(asked, "state", STATES),
        method=one_of(asked, "method", METHODS),
        attention=one_of(asked, "attention", ATTENTIONS),
    )


def wanted_refunds(asked: Mapping[str, str]) -> WantedMoney:
    return WantedMoney(state=one_of(asked, "state", REFUND_STATES), method=one_of(asked, "method", METHODS))


def one_of(asked: Mapping[str, str], name: str, known: tuple[str, ...]) -> str:
    """A word of those that are known, or none."""
    value = asked.get(name, "")
    return value if value in known else ""


def text_in(asked: Mapping[str, str], name: str) -> str:
    """Words somebody typed, as a database can bear them."""
    plain = asked.get(name, "").replace("\0", " ").encode("utf-8", "ignore").decode()
    return " ".join(plain.split())[:TEXT_LETTERS_MAX].strip()


def minor_in(text: str) -> int | None:
    """A sum as people write it («1 490,50»), in minor units; None for anything else."""
    plain = text.translate(_GAPS)
    if not _MONEY.fullmatch(plain):
        return None
    whole, _, rest = plain.replace(",", ".").partition(".")
    return int(whole) * 100 + int(rest.ljust(2, "0") or 0)


def next_page(asked: Mapping[str, str], after: int | None) -> str:
    """The address of the next page with everything asked so far; empty on the last."""
    if after is None:
        return ""
    kept = {name: value for name, value in asked.items() if value and name != "after"}
    return "?" + urlencode({**kept, "after": after})


def same_asked(asked: Mapping[str, str]) -> str:
    """What was asked, without the place in the list, to ask an export the same."""
    return urlencode({name: value for name, value in asked.items() if value and name != "after"})
