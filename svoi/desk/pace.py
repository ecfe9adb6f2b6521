"""How many claims go into one commit, and how long the first of them waits for company."""

from __future__ import annotations

from dataclasses import dataclass

SIZE_MIN, SIZE_FIRST, SIZE_MAX = 64, 512, 900
COMMIT_S_GOOD = 0.05
WINDOW_S_MAX = 0.005
WINDOW_OF_COMMIT = 0.25


@dataclass(slots=True)
class Pace:
    """Follows the database: a full commit that was quick makes room for more, a slow one for fewer.

    Nobody waits at a quiet desk. At a busy one the first waits a quarter of the last commit at most: what comes
    meanwhile costs no flush of its own.
    """

    size: int = SIZE_FIRST
    window_s: float = 0.0

    def took(self, claims: int, seconds: float) -> None:
        """A commit of so many claims is over."""
        self.window_s = min(WINDOW_S_MAX, seconds * WINDOW_OF_COMMIT) if claims > 1 else 0.0
        if claims >= self.size and seconds <= COMMIT_S_GOOD:
            self.size = min(SIZE_MAX, self.size * 2)
        elif seconds > 2 * COMMIT_S_GOOD:
            self.size = max(SIZE_MIN, self.size // 2)
