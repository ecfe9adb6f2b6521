"""How many are connected, and from where: nobody may take all the seats."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import ClassVar

from svoi.gateway.config import Config
from svoi.kernel.refused import Refused


class HouseFull(Refused):
    """This process holds all the connections it may."""

    code: ClassVar[str] = "house_full"


class RoomFull(Refused):
    """The room holds all the connections it may."""

    code: ClassVar[str] = "room_full"


class AddressFull(Refused):
    """Too many connections from one address."""

    code: ClassVar[str] = "address_full"


@dataclass(slots=True)
class Census:
    """Connections by room and by address; the loopback address is not limited, a proxy of ours lives there."""

    config: Config
    total: int = 0
    rooms: Counter[int] = field(default_factory=Counter)
    addresses: Counter[str] = field(default_factory=Counter)

    def enter(self, show_id: int, address: str) -> None:
        """Take a seat, or raise the refusal."""
        if self.total >= self.config.connections_max:
            raise HouseFull()
        if self.rooms[show_id] >= self.config.room_connections_max:
            raise RoomFull(show_id=show_id)
        if self.addresses[address] >= self.config.address_connections_max and not is_loopback(address):
            raise AddressFull()
        self.total += 1
        self.rooms[show_id] += 1
        self.addresses[address] += 1

    def leave(self, show_id: int, address: str) -> None:
        self.total -= 1
        self.rooms[show_id] -= 1
        if not self.rooms[show_id]:
            del self.rooms[show_id]
        self.addresses[address] -= 1
        if not self.addresses[address]:
            del self.addresses[address]


def is_loopback(address: str) -> bool:
    return address in ("::1", "") or address.startswith(("127.", "::ffff:127."))


def seen_address(peer: str, forwarded_for: str | None) -> str:
    """Who is really there: a proxy on this machine is believed about its visitors, nobody else is."""
    if forwarded_for and is_loopback(peer):
        return forwarded_for.rsplit(",", 1)[-1].strip()[:45]
    return peer
