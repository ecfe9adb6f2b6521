"""A refusal: a rule says no, and says which fact stands in the way."""

from __future__ import annotations

from typing import Any, ClassVar


class Refused(Exception):
    """A decision against, with a stable `code` and the facts that explain it.

    Rooms subclass it beside the rule that raises it. It carries no sentence for people: surfaces own
    the words (Russian and English) and the status code, and look both up by `code`.
    """

    code: ClassVar[str] = "refused"

    def __init__(self, **facts: Any) -> None:
        super().__init__(self.code)
        self.facts: dict[str, Any] = facts

    def __str__(self) -> str:
        told = ", ".join(f"{name}={value!r}" for name, value in sorted(self.facts.items()))
        return f"{self.code}({told})"


class TryAgain(Refused):
    """Too many ask at this moment, or something changed in between: the same ask may come again in `wait_s`."""

    code: ClassVar[str] = "try_again"


class SentBefore(Refused):
    """This key stands for something else already: the page it came from must be opened afresh."""

    code: ClassVar[str] = "sent_before"
