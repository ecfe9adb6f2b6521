"""What the clock brings round for parcels and the points that hand them out."""

from __future__ import annotations

import logging

from django.utils import timezone

from svoi.jobs.tasks.running import every
from svoi.kernel.refused import Refused
from svoi.pickup.actions import expire_parcels, import_carrier_points, refresh_parcel
from svoi.pickup.providers import KNOWN, carrier_named
from svoi.pickup.queries import carrier_cities, travelling_parcels

log = logging.getLogger(__name__)


@every("*/5 * * * *", "expire parcels")
def expire_stored(timestamp: int) -> None:
    """Send back what lay at its point for all its days."""
    gone = expire_parcels(at=timezone.now())
    if gone:
        log.info("%s parcels were not collected", gone)


@every("*/20 * * * *", "ask carriers")
def ask_carriers(timestamp: int) -> None:
    """Ask where parcels are, so that lost news is not a lost parcel."""
    for parcel_id in travelling_parcels(carriers=_carriers()):
        try:
            refresh_parcel(parcel_id=parcel_id, at=timezone.now())
        except Refused as no:
            log.warning("the carrier of parcel %s says: %s", parcel_id, no)


@every("41 3 * * *", "refresh points")
def refresh_points(timestamp: int) -> None:
    """Read carriers' points again, in the cities that shops show."""
    for community_id, carrier, city in carrier_cities():
        if carrier not in _carriers():
            continue
        try:
            import_carrier_points(community_id=community_id, carrier=carrier, city=city, at=timezone.now())
        except Refused as no:
            log.warning("points of %s in city %s stay as they are: %s", carrier, city, no)


def _carriers() -> list[str]:
    return [name for name in KNOWN if carrier_named(name).is_set_up()]
