"""Catalogues written down for the checks, and what two shops must have in common when one was read from the other."""

from __future__ import annotations

import io
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from lxml import etree

from svoi.catalog.actions import Exported, export_feed
from svoi.catalog.models import Category, Product, Variant
from svoi.communities.models import Community
from svoi.ui.addresses import pages_of
from tests import cast

DAY = timedelta(days=1)
WEB = "https://brand.example"
Rows = list[tuple[Any, ...]]


def export(place: Community, form: str = "yml", *, at: datetime = cast.NOON) -> bytes:
    """The feed of a community."""
    return told(place, form, at=at)[0]


def told(place: Community, form: str = "yml", *, at: datetime = cast.NOON) -> tuple[bytes, Exported]:
    """The feed, and what was said about it."""
    out = io.BytesIO()
    done = export_feed(community=place, form=form, out=out, pages=pages_of(place.slug), at=at)
    return out.getvalue(), done


def offers_of(feed: bytes) -> dict[str, Any]:
    """The offers' elements by id, in the feed's order."""
    return {each.get("id"): each for each in etree.fromstring(feed).iter("offer")}


def address_of(picture: Any) -> str:
    """Where anybody finds a picture."""
    return f"{settings.PUBLIC_URL}{settings.MEDIA_URL}{picture.file}" if picture.file else picture.source


def rows_of(place: Community) -> dict[str, Rows]:
    """Everything a shop sells, row by row in its own order, without what only this database knows of it."""
    shelves = Category.objects.filter(community=place).order_by("id")
    products = Product.objects.filter(community=place, withdrawn_at=None).order_by("id")
    variants = Variant.objects.filter(community=place, withdrawn_at=None).select_related("product", "stock")
    sold = variants.prefetch_related("pictures").order_by("product_id", "position", "id")
    return {
        "categories": list(shelves.values_list("external_id", "parent__external_id", "name", "name_en")),
        "products": list(
            products.values_list(
                "external_id", "category__external_id", "name", "name_en", "vendor", "description", "description_en"
            )
        ),
        "variants": [
            (each.product.external_id, each.external_id, each.position, each.title, each.title_en, each.price_minor,
             each.old_price_minor, each.currency, each.vendor_code, each.barcode, each.params, each.stock.on_hand)
            for each in sold
        ],
        "pictures": [
            (each.external_id, [address_of(picture) for picture in each.pictures.all()]) for each in sold
        ],
    }  # fmt: skip
