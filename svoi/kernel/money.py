"""Money in minor units: exact, never a float, never across currencies."""

from __future__ import annotations

from dataclasses import dataclass

MINOR_PER_MAJOR = 100


@dataclass(frozen=True, slots=True, order=True)
class Money:
    """An amount in minor units (kopecks, cents) of one ISO 4217 currency."""

    minor: int
    currency: str = "RUB"

    def __post_init__(self) -> None:
        if isinstance(self.minor, bool) or not isinstance(self.minor, int):
            raise TypeError("Money takes whole minor units, not " + type(self.minor).__name__)
        if len(self.currency) != 3 or not self.currency.isupper():
            raise ValueError(f"not an ISO 4217 currency: {self.currency!r}")

    def __add__(self, other: Money) -> Money:
        return Money(self.minor + self._same(other).minor, self.currency)

    def __sub__(self, other: Money) -> Money:
        return Money(self.minor - self._same(other).minor, self.currency)

    def __mul__(self, times: int) -> Money:
        if isinstance(times, bool) or not isinstance(times, int):
            raise TypeError("Money is multiplied by whole numbers only")
        return Money(self.minor * times, self.currency)

    __rmul__ = __mul__

    def __neg__(self) -> Money:
        return Money(-self.minor, self.currency)

    def __bool__(self) -> bool:
        return self.minor != 0

    def _same(self, other: Money) -> Money:
        if other.currency != self.currency:
            raise ValueError(f"{self.currency} and {other.currency} do not add up")
        return other

    @classmethod
    def parse(cls, text: str, currency: str = "RUB") -> Money:
        """Read a decimal such as `1490`, `1490.5` or `1490,50`; raise ValueError for anything else.

        More than two decimals are refused rather than rounded: a feed that says 10.005 is mistaken.
        """
        whole, _, fraction = text.strip().replace(",", ".").partition(".")
        digits = whole.removeprefix("-")
        if not (digits.isascii() and digits.isdigit()) or len(digits) > 12 or len(fraction) > 2:
            raise ValueError(f"not an amount of money: {text!r}")
        if fraction and not (fraction.isascii() and fraction.isdigit()):
            raise ValueError(f"not an amount of money: {text!r}")
        minor = int(digits) * MINOR_PER_MAJOR + int(fraction.ljust(2, "0") or 0)
        return cls(-minor if whole.startswith("-") else minor, currency)

    def decimal(self) -> str:
        """The amount with a point and two decimals, as payment providers and feeds write it."""
        sign = "-" if self.minor < 0 else ""
        major, minor = divmod(abs(self.minor), MINOR_PER_MAJOR)
        return f"{sign}{major}.{minor:02d}"


def total(amounts: list[Money], currency: str = "RUB") -> Money:
    """Sum amounts of one currency; an empty list is zero in `currency`."""
    result = Money(0, amounts[0].currency if amounts else currency)
    for amount in amounts:
        result = result + amount
    return result
