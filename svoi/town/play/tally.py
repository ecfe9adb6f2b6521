"""What was asked of the house, and what it answered."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

# "sent" is what a room takes without saying what it makes of it.
OUTCOMES = ("accepted", "refused", "limited", "failed", "sent")
# Refusals that say "not so fast", whichever part of the house says them.
LIMITS = {"too_fast", "buying_too_fast", "slow_mode", "try_again", "sign_in_locked", "claims_too_fast", "house_full"}
TOO_MANY = 429


@dataclass(slots=True)
class Tally:
    """Counts by (what, outcome), reasons by (what, code), and the room's own counts as it told them."""

    counts: Counter[tuple[str, str]] = field(default_factory=Counter)
    reasons: Counter[tuple[str, str]] = field(default_factory=Counter)
    counted_most: int = 0
    lines_most: int = 0
    lines: int = 0

    def note(self, what: str, outcome: str, reason: str = "") -> None:
        self.counts[what, outcome] += 1
        if reason:
            self.reasons[what, reason] += 1

    def answered(self, what: str, status: int, code: str = "") -> bool:
        """Note the answer to a request; True when it was accepted."""
        outcome = _outcome(status, code)
        self.note(what, outcome, code or (f"HTTP {status}" if outcome != "accepted" else ""))
        return outcome == "accepted"

    def refused(self, what: str, code: str, wait_s: float | None = None) -> None:
        """Note what a room refused."""
        self.note(what, "limited" if wait_s or code in LIMITS else "refused", code)

    def line_opened(self) -> None:
        self.lines += 1
        self.lines_most = max(self.lines_most, self.lines)

    def line_closed(self) -> None:
        self.lines -= 1

    def rows(self) -> list[tuple[str, list[int]]]:
        """What was done, with a number for each outcome."""
        return [(what, [self.counts[what, outcome] for outcome in OUTCOMES]) for what in self.done()]

    def done(self) -> list[str]:
        """In the order in which it first happened."""
        return list(dict.fromkeys(what for what, _ in self.counts))


def _outcome(status: int, code: str) -> str:
    if status == TOO_MANY or (status >= 400 and code in LIMITS):
        return "limited"
    if status >= 500 or status == 0:
        return "failed"
    return "refused" if status >= 400 or code else "accepted"
