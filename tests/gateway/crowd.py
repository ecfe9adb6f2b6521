"""People with phones in a room without sockets: each watches honestly, and taps when told to."""

from __future__ import annotations

from dataclasses import replace
from heapq import heappop, heappush

from svoi.gateway.inbound import Beat
from svoi.gateway.room import Room
from svoi.gateway.tickets import Pass
from svoi.shows.rules.weighing import Traces
from tests.gateway.people import AT, holder

BEAT_EVERY_S = 10.0


class Phone:
    """Somebody who came at a moment; `watches` beats every ten seconds, a little late as real ones are."""

    def __init__(self, room: Room, name: str, *, at: float = AT, device: int = -1, network: int = -1) -> None:
        self.room = room
        self.holder: Pass = replace(holder("", 0, viewer=name), traces=Traces(device, network))
        self.watch = room.presence.arrive(name)
        self.token = room.presence.next_token(self.watch, at=at)

    def beat(self, at: float) -> int | None:
        heard = self.room.beat(self.holder, self.watch, Beat(self.token, int(at * 1000), True, True), at=at)
        self.token = self.room.presence.next_token(self.watch, at=at)
        return heard.seen if heard is not None else None


class Crowd:
    """So many people who come one after the other and stay, each beating every ten seconds; `at` is the room's now."""

    def __init__(self, room: Room, people: int, *, at: float = AT, gap_s: float = 0.2, **traces: int) -> None:
        self.room = room
        self.phones: list[Phone] = []
        self.at = at
        self._due: list[tuple[float, int]] = []
        for number in range(people):
            self.stay_until(at + number * gap_s)
            self.phones.append(Phone(room, f"v{number}", at=self.at, **{"device": number, **traces}))
            heappush(self._due, (self.at + BEAT_EVERY_S, number))
        self.stay(2 * BEAT_EVERY_S + 1)

    def stay(self, seconds: float) -> None:
        self.stay_until(self.at + seconds)

    def stay_until(self, at: float) -> None:
        """Everybody goes on watching."""
        while self._due and self._due[0][0] <= at:
            moment, number = heappop(self._due)
            self.phones[number].beat(moment)
            heappush(self._due, (moment + BEAT_EVERY_S, number))
        self.at = at

    def tap(self, *, within_s: float = 1.0) -> list[int | None]:
        """Everybody taps once; what each tap weighs less for."""
        taps = [
            self.room.react(phone.holder, at=self.at + number * within_s / len(self.phones))
            for number, phone in enumerate(self.phones)
        ]
        self.at += within_s
        return [tap.seen for tap in taps if tap is not None]
