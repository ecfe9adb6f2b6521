"""What stands round a till: the way to the cart, laying in, ways to pay, VAT and the days to return."""

from __future__ import annotations

from typing import Any

from django import template
from django.conf import settings
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from svoi.catalog.models import Variant
from svoi.communities.models import Community
from svoi.orders.queries import cart_size
from svoi.orders.rules import RETURN_DAYS_MIN

register = template.Library()

AT_THE_TILL = ("carts", "cart", "checkout")
# VAT as receipts number it, read for goods: of money before the goods the same rate is reckoned from inside.
VAT_WORDS: dict[int, str | Promise] = {
    1: gettext_lazy("Without VAT"),
    2: gettext_lazy("VAT 0%"),
    3: gettext_lazy("VAT 10% included"),
    4: gettext_lazy("VAT 20% included"),
    7: gettext_lazy("VAT 5% included"),
    8: gettext_lazy("VAT 7% included"),
    11: gettext_lazy("VAT 22% included"),
}


@register.inclusion_tag("ui/_way.html", takes_context=True)
def cart_way(context: template.Context, *, oob: bool = False) -> dict[str, Any]:
    """The way to the cart with the pieces that lie there; `oob` puts it in place of the one on the page."""
    request = context["request"]
    match = request.resolver_match
    return {
        "href": reverse("carts"),
        "icon_name": "shopping-bag",
        "label": _("Cart"),
        "here": match is not None and match.url_name in AT_THE_TILL,
        "count": cart_size(member=request.user),
        "id": "cart-way",
        "oob": oob,
    }


@register.inclusion_tag("web/cart/_lay_in.html")
def lay_in(variant: Variant, community: Community) -> dict[str, Any]:
    """The button that lays one piece of a variant into the cart from its own page."""
    back = f"{reverse('product', args=[community.slug, variant.product_id])}?variant={variant.pk}"
    return {"variant": variant, "community": community, "back": back}


@register.inclusion_tag("web/checkout/_methods.html")
def methods(chosen: str, form_id: str = "", errors: Any = None) -> dict[str, Any]:
    """Card or SBP, and what becomes of the money with each."""
    return {"method": chosen or "card", "form_id": form_id, "errors": errors, "holds": settings.HOLD_MONEY}


@register.simple_tag
def vat_words() -> str:
    """The shop's VAT in words; nothing for a code that is none of goods."""
    return str(VAT_WORDS.get(settings.VAT_CODE, ""))


@register.simple_tag
def return_days() -> int:
    """How many days a buyer has to change her mind."""
    return max(settings.RETURN_DAYS, RETURN_DAYS_MIN)
