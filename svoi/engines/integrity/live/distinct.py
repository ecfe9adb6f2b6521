"""How many different keys came, in 256 bytes (HyperLogLog, Flajolet et al., 2007): standard error 6.5 per cent."""

from __future__ import annotations

from math import log

BITS = 8
REGISTERS = 1 << BITS
ALPHA = 0.7213 / (1 + 1.079 / REGISTERS)
HALVES = tuple(2.0**-power for power in range(66))
STANDARD_ERROR = 1.04 / REGISTERS**0.5
_FEW = 2.5 * REGISTERS


def raised(registers: bytearray, begin: int, key: int) -> float:
    """Note a 64-bit hash in the registers from `begin` on; return by how much the harmonic sum changed (0 or less)."""
    place = begin + (key & (REGISTERS - 1))
    rank = 65 - BITS - (key >> BITS).bit_length()
    before = registers[place]
    if rank <= before:
        return 0.0
    registers[place] = rank
    return HALVES[rank] - HALVES[before]


def estimate(harmonic: float, empty: int) -> float:
    """Distinct keys from the sum of 2^-register and the number of empty registers; linear counting while few."""
    guess = ALPHA * REGISTERS * REGISTERS / harmonic
    return REGISTERS * log(REGISTERS / empty) if guess <= _FEW and empty else guess


class Distinct:
    """One sketch standing alone, that can be merged with others."""

    __slots__ = ("registers",)

    def __init__(self) -> None:
        self.registers = bytearray(REGISTERS)

    def add(self, key: int) -> None:
        """A 64-bit hash, as `mix` gives."""
        raised(self.registers, 0, key)

    def merge(self, other: Distinct) -> None:
        """Hold what either has seen."""
        self.registers[:] = bytes(map(max, self.registers, other.registers))

    def __len__(self) -> int:
        return round(estimate(sum(HALVES[rank] for rank in self.registers), self.registers.count(0)))
