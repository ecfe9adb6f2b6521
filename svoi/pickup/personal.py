"""What this room knows about a member; parcels are told with the orders they carry."""

from __future__ import annotations

from svoi.db.personal import Part
from svoi.pickup.models import PointWorker

PARTS = (Part("point_work", PointWorker, "member"),)
EXEMPT = {
    "PointWorker.called_by": "it is the row of the one who was called to the point",
    "Parcel.handed_over_by": "what a worker did for the shop; the parcel is its buyer's",
    "ReturnTaken.taken_by": "what a worker did for the shop; the return is its buyer's",
    "WrongCode.typed_by": "what a worker did for the shop; the try is about a parcel",
}
