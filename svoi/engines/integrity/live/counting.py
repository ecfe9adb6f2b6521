"""How often a key came, in fixed memory and never too few (count-min, Cormode and Muthukrishnan, 2005)."""

from __future__ import annotations

ROWS = 3
MOST = 255


class CountMin:
    """Three rows of `width` cells (a power of two) of one byte; counts stop at 255.

    Too much by more than e / width x keys with a chance below exp(-3) each time. Keys are 64-bit hashes.
    """

    __slots__ = ("cells", "mask", "width")

    def __init__(self, width: int) -> None:
        if width < 2 or width & (width - 1):
            raise ValueError(f"{width} is not a power of two")
        self.width = width
        self.mask = width - 1
        self.cells = bytearray(ROWS * width)

    def count(self, key: int, step: int) -> int:
        """Add `step` (0 to look only) and return how often the key came at most."""
        cells, mask, width = self.cells, self.mask, self.width
        low, high = key & 0xFFFFFFFF, (key >> 32) | 1
        first, second, third = low & mask, width + ((low + high) & mask), 2 * width + ((low + 2 * high) & mask)
        one, two, three = cells[first], cells[second], cells[third]
        if step:
            one, two, three = min(one + step, MOST), min(two + step, MOST), min(three + step, MOST)
            cells[first], cells[second], cells[third] = one, two, three
        if two < one:
            one = two
        return min(one, three)

    def merge(self, other: CountMin) -> None:
        """Add what another sketch of the same width counted. Raises ValueError."""
        if other.width != self.width:
            raise ValueError(f"a sketch of {other.width} cells a row does not add to one of {self.width}")
        for place, more in enumerate(other.cells):
            if more:
                self.cells[place] = min(self.cells[place] + more, MOST)

    def clear(self) -> None:
        self.cells[:] = bytes(len(self.cells))

    @property
    def memory_bytes(self) -> int:
        return len(self.cells)
