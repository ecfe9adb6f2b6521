"""What happened to orders. Those that began in a show are told to its room."""

from __future__ import annotations

from dataclasses import dataclass

from svoi.kernel.events import Event


@dataclass(frozen=True, kw_only=True)
class OrderEvent(Event):
    """An order and where it came from."""

    order_id: int
    buyer_id: int
    origin_kind: str
    origin_id: int | None

    def stream(self) -> str:
        return f"show:{self.origin_id}" if self.origin_kind == "show" else ""


@dataclass(frozen=True, kw_only=True)
class OrderPlaced(OrderEvent):
    """Stock is reserved and the price is frozen; money is asked for next."""

    total_minor: int


@dataclass(frozen=True, kw_only=True)
class OrderPaid(OrderEvent):
    """The provider confirmed the money: it is ours.

    `product_id` and `quantity` are of the first line that came from where the order began. `name` is told to the
    room only if the buyer agreed.
    """

    total_minor: int
    product_id: int
    quantity: int
    name: str | None


@dataclass(frozen=True, kw_only=True)
class OrderCancelled(OrderEvent):
    """The order fell away before it was paid, and its stock went back."""

    reason: str


@dataclass(frozen=True, kw_only=True)
class OrderLater(Event):
    """What happens to an order after it was paid: no room is told of it."""

    order_id: int
    buyer_id: int


@dataclass(frozen=True, kw_only=True)
class OrderHeld(OrderLater):
    """The money is held on her card and is taken when the order is packed; until then nothing was bought."""

    total_minor: int


@dataclass(frozen=True, kw_only=True)
class OrderPacked(OrderLater):
    """Its parcel is made up; held money is taken now."""

    by_id: int


@dataclass(frozen=True, kw_only=True)
class OrderWithdrawn(OrderLater):
    """A paid order was called off, or nobody collected it (`reason`); `refund_minor` goes back."""

    reason: str
    refund_minor: int


@dataclass(frozen=True, kw_only=True)
class OrderCollected(OrderLater):
    """The buyer has the goods; `kept_minor` was paid for them and did not go back."""

    kept_minor: int


@dataclass(frozen=True, kw_only=True)
class OrderKept(OrderLater):
    """The days to return it are over; `kept_minor` of money was paid for what she kept."""

    kept_minor: int


@dataclass(frozen=True, kw_only=True)
class OrderReturned(OrderLater):
    """All of it came back."""


@dataclass(frozen=True, kw_only=True)
class ReturnEvent(OrderLater):
    """Goods of an order on their way back."""

    return_id: int


@dataclass(frozen=True, kw_only=True)
class ReturnAsked(ReturnEvent):
    """She asked to give goods back; `is_right` when nobody has to agree."""

    reason: str
    amount_minor: int
    is_right: bool


@dataclass(frozen=True, kw_only=True)
class ReturnAccepted(ReturnEvent):
    """The goods can be given in at the point of the order; `by_id` decided, None when the law did."""

    by_id: int | None


@dataclass(frozen=True, kw_only=True)
class ReturnDeclined(ReturnEvent):
    """The shop said no, in words that stand beside the return."""

    by_id: int


@dataclass(frozen=True, kw_only=True)
class ReturnDropped(ReturnEvent):
    """She changed her mind, or nobody brought the goods (`reason`)."""

    reason: str


@dataclass(frozen=True, kw_only=True)
class ReturnReceived(ReturnEvent):
    """The shop has the goods; the money is on its way back."""

    amount_minor: int


@dataclass(frozen=True, kw_only=True)
class BulkEvent(Event):
    """The same is done to many orders."""

    run_id: int


@dataclass(frozen=True, kw_only=True)
class BulkAsked(BulkEvent):
    """Somebody of the shop chose orders, and what is to be done to them."""


@dataclass(frozen=True, kw_only=True)
class BulkWentOn(BulkEvent):
    """A piece of the run is done, and more is left."""


@dataclass(frozen=True, kw_only=True)
class BulkEnded(BulkEvent):
    """Every order of the run was done or refused."""
