"""Pictures and pieces of what was ordered."""

from __future__ import annotations

from django import template

from svoi.catalog.models import Variant
from svoi.catalog.queries import picture_address

register = template.Library()


@register.filter
def first_picture(variant: Variant) -> str:
    """The variant's first picture, from what was read along with it."""
    return picture_address(next(iter(variant.pictures.all()), None))


@register.filter
def pieces_to(most: int) -> range:
    """The numbers of pieces that can be chosen, none among them."""
    return range(most + 1)
