"""A reader of bits and Exp-Golomb numbers (ISO 14496-10, section 9.1)."""

from __future__ import annotations

GOLOMB_BITS_MAX = 32


class BitReader:
    """Reads from the highest bit on; raises ValueError past the end."""

    def __init__(self, data: bytes) -> None:
        self._bits = int.from_bytes(data)
        self._left = len(data) * 8

    def take(self, count: int) -> int:
        self._left -= count
        if self._left < 0:
            raise ValueError("no more bits")
        return (self._bits >> self._left) & ((1 << count) - 1)

    def skip_golomb(self, count: int) -> None:
        for _ in range(count):
            self.golomb()

    def golomb(self) -> int:
        zeros = 0
        while not self.take(1):
            zeros += 1
            if zeros > GOLOMB_BITS_MAX:
                raise ValueError("a number too long")
        return (1 << zeros) - 1 + self.take(zeros)

    def signed_golomb(self) -> int:
        number = self.golomb()
        return (number + 1) // 2 if number & 1 else -(number // 2)
