"""Carriers, all of one shape, chosen by what stands at a point."""

from __future__ import annotations

from importlib import import_module
from typing import cast

from svoi.pickup.providers.shape import Carrier

KNOWN = ("cdek",)


def carrier_named(name: str) -> Carrier:
    """The carrier's module; `LookupError` for a name that is not among the known ones."""
    if name not in KNOWN:
        raise LookupError(f"no such carrier: {name}")
    return cast(Carrier, import_module(f"svoi.pickup.providers.{name}"))
