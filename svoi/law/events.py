"""What happened to consents and to what is known about people. None of it carries personal data."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from svoi.kernel.events import Event


@dataclass(frozen=True, kw_only=True)
class ConsentGiven(Event):
    """A member agreed to a text."""

    member_id: int
    consent: str
    sha256: str


@dataclass(frozen=True, kw_only=True)
class ConsentWithdrawn(Event):
    """A member took a consent back; whoever works by it stops."""

    member_id: int
    consent: str


@dataclass(frozen=True, kw_only=True)
class ExportAsked(Event):
    """A member wants all that is known about her."""

    export_id: int


@dataclass(frozen=True, kw_only=True)
class ErasureAsked(Event):
    """A member wants to be forgotten; she may change her mind until `due_at`."""

    member_id: int
    due_at: datetime


@dataclass(frozen=True, kw_only=True)
class ErasureRecalled(Event):
    """She changed her mind."""

    member_id: int


@dataclass(frozen=True, kw_only=True)
class MemberErased(Event):
    """Name, e-mail, phone, password, sessions and letters are gone for good."""

    member_id: int
