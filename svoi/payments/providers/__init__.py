"""Payment providers, all of one shape, chosen by the setting PAYMENT_PROVIDER."""

from __future__ import annotations

from importlib import import_module
from typing import cast

from svoi.payments.providers.shape import Provider

KNOWN = ("fake", "yookassa")


def provider_named(name: str) -> Provider:
    """The provider's module. A name that is not among the known ones is a mistake in the settings."""
    if name not in KNOWN:
        raise LookupError(f"SVOI_PAYMENT_PROVIDER must be one of: {', '.join(KNOWN)}")
    return cast(Provider, import_module(f"svoi.payments.providers.{name}"))
