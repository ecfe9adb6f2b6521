"""Where the house's pages are found from outside, for what leaves it."""

from __future__ import annotations

from django.conf import settings
from django.urls import reverse

from svoi.catalog.rules.outgoing import Pages


def pages_of(slug: str) -> Pages:
    """The pages of a community's shop. The shelf's address is asked for once; products stand right below it."""
    shelf = f"{settings.PUBLIC_URL}{reverse('products', args=[slug])}"
    return Pages(
        shop=f"{settings.PUBLIC_URL}{reverse('community', args=[slug])}",
        variant=lambda product_id, variant_id: f"{shelf}{product_id}/?variant={variant_id}",
    )
