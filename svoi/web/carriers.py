"""A carrier gets a buyer's name and contacts only when she agreed to it, whichever page she orders on."""

from __future__ import annotations

from django.conf import settings
from django.utils.translation import gettext as _

from svoi.law.queries.consents import has_agreed
from svoi.members.models import Member
from svoi.pickup.models import PickupPoint
from svoi.web.purchase_form import TakenForm


def awaits_transfer(*, buyer: Member, community_id: int, pickup_point_id: int) -> bool:
    """Does this point wait for a consent she has not given? Only where the law asks for one."""
    if settings.LEGAL_PROFILE != "ru":
        return False
    chosen = PickupPoint.objects.filter(pk=pickup_point_id, community_id=community_id).exclude(carrier="")
    return chosen.exists() and not has_agreed(member=buyer, kind="transfer")


def is_ready(form: TakenForm, *, buyer: Member, community_id: int) -> bool:
    """Whether a single purchase can be ordered as filled in; these pages have no box to agree in, the checkout has."""
    if not form.is_valid():
        return False
    point_id = form.cleaned_data["pickup_point"]
    if awaits_transfer(buyer=buyer, community_id=community_id, pickup_point_id=point_id):
        words = _(
            "This point belongs to a carrier. Add the goods to the cart and agree there, or choose another point."
        )
        form.add_error("pickup_point", words)
        return False
    return True
