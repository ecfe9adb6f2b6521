"""Why an event weighs less: codes for machines; the words for people live with the surfaces."""

from __future__ import annotations

from enum import StrEnum


class Reason(StrEnum):
    """What was seen. The first four are independent families of evidence; a network is only named beside another."""

    SURGE = "surge"  # more within a minute than the target's day and what was shown explain
    SHARED_DEVICE = "shared_device"  # more accounts at this target than one device has hands
    SHARED_PAYMENT = "shared_payment"  # the same for a means of payment
    METRONOME = "metronome"  # the account's pauses are the same pause again and again
    SHARED_NETWORK = "shared_network"  # many accounts behind one network; said beside another reason, never alone


Verdict = tuple[float, tuple[Reason, ...]]

SURGE, DEVICE, PAYMENT, METRONOME, NETWORK = 1, 2, 4, 8, 16
_LOWERING = SURGE | DEVICE | PAYMENT | METRONOME
_WEIGHTS = (1.0, 0.5, 0.0)


def _verdict(seen: int) -> Verdict:
    families = (seen & _LOWERING).bit_count()
    if not families:
        return 1.0, ()
    named = tuple(reason for place, reason in enumerate(Reason) if seen & (1 << place))
    return _WEIGHTS[min(families, 2)], named


VERDICTS: tuple[Verdict, ...] = tuple(_verdict(seen) for seen in range(1 << len(Reason)))
