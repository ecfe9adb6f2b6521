"""What changes points and parcels."""

from svoi.pickup.actions.carriers import (
    apply_news,
    book_parcel,
    import_carrier_points,
    note_travel,
    receive_news,
    refresh_parcel,
    refresh_point,
)
from svoi.pickup.actions.handing import hand_over
from svoi.pickup.actions.points import PointsImported, describe_point, import_points
from svoi.pickup.actions.returning import expire_parcels, give_back, send_back, take_back
from svoi.pickup.actions.travelling import prepare_parcel, receive_parcel, send_parcel
from svoi.pickup.actions.workers import call_worker, release_worker

__all__ = [
    "PointsImported",
    "apply_news",
    "book_parcel",
    "call_worker",
    "describe_point",
    "expire_parcels",
    "give_back",
    "hand_over",
    "import_carrier_points",
    "import_points",
    "note_travel",
    "prepare_parcel",
    "receive_news",
    "receive_parcel",
    "refresh_parcel",
    "refresh_point",
    "release_worker",
    "send_back",
    "send_parcel",
    "take_back",
]
