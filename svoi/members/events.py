"""What happened to members."""

from __future__ import annotations

from dataclasses import dataclass

from svoi.kernel.events import Event


@dataclass(frozen=True, kw_only=True)
class MemberSignedUp(Event):
    """A new person has an account."""

    member_id: int


@dataclass(frozen=True, kw_only=True)
class OperatorCalled(Event):
    """A member looks after the installation from now on; nobody called her when it was done at the terminal."""

    member_id: int
    called_by_id: int | None


@dataclass(frozen=True, kw_only=True)
class OperatorWithdrawn(Event):
    """A member no longer looks after the installation."""

    member_id: int
    withdrawn_by_id: int | None
