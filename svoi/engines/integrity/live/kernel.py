"""What the watch does with one event, compiled; each function has its namesake in plain Python, and they must agree."""

from __future__ import annotations

from math import exp, sqrt
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from svoi.engines.integrity.compiled import compiled
from svoi.engines.integrity.live import counting, mixing, reasons, regularity, targets
from svoi.engines.integrity.live.distinct import BITS, HALVES, REGISTERS

Bytes = npt.NDArray[np.uint8]
Words = npt.NDArray[np.uint64]
Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Memory = tuple[Bytes, Bytes, Bytes, Bytes, Floats, Bytes, Floats, Words, Floats, Floats, Bytes, Bytes, Bytes]

NONE = -1


class Numbers(NamedTuple):
    """Limits and constants, handed in: compiled code is kept by the stamp of this file, and must not keep old ones."""

    surge_least: float
    surge_deviations: float
    shown_fade_s: float
    device_accounts_max: int
    network_accounts_max: int
    payment_accounts_max: int
    pairs_max: float
    until_s: float
    minute_s: float = targets.MINUTE_S
    young_s: float = targets.YOUNG_S
    hour_s: float = targets.HOUR_S
    day_s: float = targets.DAY_S
    pause_s_min: float = regularity.PAUSE_S_MIN
    alike: float = regularity.ALIKE


_HALVES = np.array(HALVES)
_ONE, _TWO, _ADD, _LAST = (np.uint64(word) for word in (mixing.ONE, mixing.TWO, mixing.ADD, mixing.LAST))


@compiled
def _mix(first: Any, second: Any) -> Any:
    word = np.uint64(first) * _ONE + np.uint64(second) * _TWO + _ADD
    word = (word ^ (word >> np.uint64(32))) * _LAST
    word = (word ^ (word >> np.uint64(29))) * _ONE
    return word ^ (word >> np.uint64(32))


@compiled
def _count(cells: Bytes, key: Any, step: int) -> int:
    width = len(cells) // counting.ROWS
    mask = np.uint64(width - 1)
    least: int = counting.MOST
    low, high = key & np.uint64(0xFFFFFFFF), (key >> np.uint64(32)) | np.uint64(1)
    for row in range(counting.ROWS):
        place = row * width + np.int64((low + np.uint64(row) * high) & mask)
        now: Any = min(np.int64(cells[place]) + step, counting.MOST)
        cells[place] = now
        least = min(least, now)
    return least


@compiled
def _hear(rates: Floats, place: int, at: float, counts: int, numbers: Numbers) -> bool:
    begin = place * targets.RATES
    since = at - rates[begin + targets.AT]
    if since > 0.0:
        rates[begin + targets.FAST] *= exp(-since / numbers.minute_s)
        rates[begin + targets.SLOW] *= exp(-since / numbers.day_s)
        if rates[begin + targets.AT] == 0.0:
            rates[begin + targets.BORN] = at
        rates[begin + targets.AT] = at
    elif since < -numbers.hour_s:
        rates[begin + targets.AT] = at
    if counts == 0:
        return False
    rates[begin + targets.FAST] += 1.0
    rates[begin + targets.SLOW] += 1.0
    fast = rates[begin + targets.FAST]
    if fast <= numbers.surge_least:
        return False
    known = 1.0 - exp(-max(at - rates[begin + targets.BORN], numbers.young_s) / numbers.day_s)
    expected = max(rates[begin + targets.SLOW] - fast, 0.0) * numbers.minute_s / (numbers.day_s * known)
    if rates[begin + targets.SHOWN] != 0.0:
        faded = exp((rates[begin + targets.SHOWN_AT] - at) / numbers.shown_fade_s)
        expected += rates[begin + targets.SHOWN] * min(faded, 1.0)
    return bool(fast - expected > numbers.surge_least + numbers.surge_deviations * sqrt(expected))


@compiled
def _note(registers: Bytes, harmonic: Floats, at: int, key: Any) -> None:
    place = at * REGISTERS + np.int64(key & np.uint64(REGISTERS - 1))
    rest, rank = key >> np.uint64(BITS), 65 - BITS
    while rest:
        rest >>= np.uint64(1)
        rank -= 1
    before = registers[place]
    if rank > before:
        registers[place] = rank
        harmonic[at] += _HALVES[rank] - _HALVES[before]


@compiled
def _note_pause(
    who: Words, at: Floats, gap: Floats, seen: Bytes, alike: Bytes, actor: int, now: float, surprising: Bytes,
    numbers: Numbers,
) -> bool:  # fmt: skip
    mark = _mix(actor, 7) | np.uint64(1)
    place = np.int64((mark >> np.uint64(1)) & np.uint64(len(who) - 1))
    if who[place] != mark:
        who[place], at[place], gap[place] = mark, now, 0.0
        seen[place] = alike[place] = 0
        return False
    pause = now - at[place]
    if pause >= numbers.pause_s_min:
        before = gap[place]
        gap[place] = pause
        at[place] = now
        if before != 0.0:
            if seen[place] == regularity.SEEN_MAX:
                seen[place] //= 2
                alike[place] //= 2
            seen[place] += 1
            if abs(pause - before) <= numbers.alike * before:
                alike[place] += 1
    return bool(surprising[np.int64(seen[place]) * (regularity.SEEN_MAX + 1) + np.int64(alike[place])] == 1)


@compiled
def _shared(sketch: Bytes, key: Any, trace: int, step: int, most: float, reason: int) -> int:
    return reason if trace != NONE and _count(sketch, key, step) > most else 0


@compiled
def weigh_rows(
    at_s: Floats, actor: Ints, target: Ints, places: Ints, device: Ints, network: Ints, payment: Ints, exposure: Ints,
    seen: Bytes, came: Bytes, devices: Bytes, networks: Bytes, payments: Bytes, rates: Floats, registers: Bytes,
    harmonic: Floats, who: Words, at: Floats, gap: Floats, paused: Bytes, alike: Bytes,
    surprising: Bytes, numbers: Numbers, pairs: int,
) -> tuple[int, int]:  # fmt: skip
    """Weigh until the columns end or the window does; returns how many were weighed, and the pairs of the window."""
    for row in range(len(at_s)):
        if at_s[row] >= numbers.until_s or pairs >= numbers.pairs_max:
            return row, pairs
        own = _mix(actor[row], target[row])
        is_new = _count(came, own, 1) == 1
        step = 1 if is_new else 0
        counts = step if exposure[row] == NONE else 0
        found = reasons.SURGE if _hear(rates, places[row], at_s[row], counts, numbers) else 0
        of_device = own if device[row] == NONE else _mix(device[row], target[row])
        of_network = own if network[row] == NONE else _mix(network[row], target[row])
        if is_new:
            pairs += 1
            begin = places[row] * targets.KINDS
            _note(registers, harmonic, begin, own)
            _note(registers, harmonic, begin + 1, of_device)
            _note(registers, harmonic, begin + 2, of_network)
        found |= _shared(devices, of_device, device[row], step, numbers.device_accounts_max, reasons.DEVICE)
        found |= _shared(networks, of_network, network[row], step, numbers.network_accounts_max, reasons.NETWORK)
        found |= _shared(
            payments, _mix(payment[row], target[row]), payment[row], step, numbers.payment_accounts_max, reasons.PAYMENT
        )
        if _note_pause(who, at, gap, paused, alike, actor[row], at_s[row], surprising, numbers):
            found |= reasons.METRONOME
        seen[row] = found
    return len(at_s), pairs
