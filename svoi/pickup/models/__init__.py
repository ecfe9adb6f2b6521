"""Points, the parcels handed over there, who works there, and what carriers told us."""

from svoi.pickup.models.parcels import Parcel, ReturnTaken, WrongCode
from svoi.pickup.models.points import CarrierNotice, PickupPoint, PointWorker

__all__ = ["CarrierNotice", "Parcel", "PickupPoint", "PointWorker", "ReturnTaken", "WrongCode"]
