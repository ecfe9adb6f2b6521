"""The watch over live events: each is weighed as it comes, in constant time and fixed memory; nothing is punished."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from svoi.engines.integrity.live import reasons
from svoi.engines.integrity.live.counting import CountMin
from svoi.engines.integrity.live.limits import LiveLimits
from svoi.engines.integrity.live.mixing import mix
from svoi.engines.integrity.live.reasons import VERDICTS, Verdict
from svoi.engines.integrity.live.regularity import Pauses
from svoi.engines.integrity.live.targets import Targets

NONE = -1
OWN_BYTES = 4_096
FILL_MAX = 0.5  # a fuller sketch would begin to accuse by mistake, so it is emptied instead


class LiveWatch:
    """Weighs events by actor, target, moment (unix seconds), and by device, network, payment, exposure (-1: none).

    Ids are whole numbers below 2^63. Events should come in order of time; late ones are taken as of now. Made of four
    count-min sketches, three counts of distinct and two rates for each target, and a table of accounts' pauses.
    """

    def __init__(self, limits: LiveLimits | None = None) -> None:
        self.limits = limits or LiveLimits()
        self.targets = Targets(self.limits)
        self.pauses = Pauses(self.limits.actors_max)
        self.came, self.devices, self.networks, self.payments = (CountMin(self.limits.pairs_max) for _ in range(4))
        self.until_s = float("-inf")
        self.pairs = 0

    def weigh(
        self,
        actor: int,
        target: int,
        at_s: float,
        device: int = NONE,
        network: int = NONE,
        payment: int = NONE,
        exposure: int = NONE,
    ) -> Verdict:
        """How much the event counts: (1.0, 0.5 or 0.0, the reasons, none where it counts in full).

        One family of evidence halves, two independent ones take away. An account counts once a window for its device,
        network and payment at a target, so saying much or coming again lowers nothing.
        """
        if at_s >= self.until_s or self.pairs >= FILL_MAX * self.limits.pairs_max:
            self.turn(at_s)
        place, own = self.targets.place_of(target), mix(actor, target)
        is_new = self.came.count(own, 1) == 1
        seen = reasons.SURGE if self.targets.hear(place, at_s, counts=is_new and exposure == NONE) else 0
        of_device = own if device == NONE else mix(device, target)
        of_network = own if network == NONE else mix(network, target)
        if is_new:
            self.pairs += 1
            self.targets.note(place, own, of_device, of_network)
        limits = self.limits
        if device != NONE and self.devices.count(of_device, is_new) > limits.device_accounts_max:
            seen |= reasons.DEVICE
        if network != NONE and self.networks.count(of_network, is_new) > limits.network_accounts_max:
            seen |= reasons.NETWORK
        if payment != NONE and self.payments.count(mix(payment, target), is_new) > limits.payment_accounts_max:
            seen |= reasons.PAYMENT
        if self.pauses.hear(actor, at_s):
            seen |= reasons.METRONOME
        return VERDICTS[seen]

    def weigh_many(self, **columns: npt.ArrayLike) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.uint8]]:
        """The same for whole columns named as in `weigh`; weights and places in `VERDICTS`, shape (events,).

        The first call compiles, or reads what an earlier process compiled.
        """
        from svoi.engines.integrity.live.batch import weigh_batch  # noqa: PLC0415 - a process that weighs singly needs no compiler

        return weigh_batch(self, columns)

    def show(self, target: int, reach: float, at_s: float) -> None:
        """A push, a slot of a show, a raffle led `reach` people to the target: a burst of so many is expected now."""
        self.targets.show(self.targets.place_of(target), reach, at_s)

    def distinct(self, target: int) -> tuple[float, float, float]:
        """About how many actors, devices and networks the target had in this window (within some 6.5 per cent)."""
        return self.targets.distinct(target)

    def turn(self, at_s: float) -> None:
        """Begin a new window: sharing and distinct are counted anew, rates and pauses go on."""
        self.until_s = at_s + self.limits.window_s
        self.pairs = 0
        for sketch in self._sketches:
            sketch.clear()
        self.targets.forget_distinct()

    @property
    def _sketches(self) -> tuple[CountMin, ...]:
        return self.came, self.devices, self.networks, self.payments

    @property
    def memory_bytes(self) -> int:
        """The most this watch will ever hold, whatever comes."""
        sketches = sum(sketch.memory_bytes for sketch in self._sketches)
        return sketches + self.targets.memory_bytes + self.pauses.memory_bytes + OWN_BYTES

    def __reduce__(self) -> Any:
        raise TypeError("a watch stays in its process: facts can be read again, sketches cannot be checked")
