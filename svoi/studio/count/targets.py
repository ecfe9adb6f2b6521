"""What the targets of a group are called, in the reader's language, in one query for each kind."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from svoi.catalog.models import Product
from svoi.flash.models import FlashDeal
from svoi.shows.models import Show
from svoi.trust.rules import target_of


def target_names(targets: Collection[int]) -> dict[int, str]:
    """Every target has a name; what is not there any more is told by its kind and number."""
    by_kind: dict[str, dict[int, int]] = defaultdict(dict)
    for number in targets:
        kind, own_id = target_of(number)
        by_kind[kind][own_id] = number
    english = get_language() == "en"
    names: dict[int, str] = {}
    for product in Product.objects.filter(pk__in=by_kind["product"]):
        names[by_kind["product"][product.pk]] = (product.name_en if english else "") or product.name
    for show in Show.objects.filter(pk__in=by_kind["show"]):
        title = (show.title_en if english else "") or show.title_ru
        names[by_kind["show"][show.pk]] = _("Show “%(title)s”") % {"title": title}
    for deal in FlashDeal.objects.filter(pk__in=by_kind["deal"]).select_related("variant__product"):
        product = deal.variant.product
        title = (product.name_en if english else "") or product.name
        names[by_kind["deal"][deal.pk]] = _("Flash deal “%(title)s”") % {"title": title}
    for own_id, number in by_kind["envelope"].items():
        names[number] = _("Envelope %(id)s") % {"id": own_id}
    for number in by_kind["community"].values():
        names[number] = _("The community itself")
    return {number: names.get(number) or _("Something removed") for number in targets}
