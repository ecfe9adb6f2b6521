"""Reading points and parcels."""

from svoi.pickup.queries.doors import carrier_door
from svoi.pickup.queries.parcels import (
    carrier_cities,
    code_kept_for,
    locked_parcel,
    parcel_of,
    parcels_at,
    parcels_of,
    pickup_code,
    travelling_parcels,
)
from svoi.pickup.queries.searching import (
    ON_MAP_MOST,
    POINTS_MOST,
    PointsOnMap,
    local_time,
    points_on_map,
    search_points,
)
from svoi.pickup.queries.workers import clerks_of

__all__ = [
    "ON_MAP_MOST",
    "POINTS_MOST",
    "PointsOnMap",
    "carrier_cities",
    "carrier_door",
    "clerks_of",
    "code_kept_for",
    "local_time",
    "locked_parcel",
    "parcel_of",
    "parcels_at",
    "parcels_of",
    "pickup_code",
    "points_on_map",
    "search_points",
    "travelling_parcels",
]
