"""What this room knows about a member."""

from __future__ import annotations

from svoi.db.personal import Part
from svoi.letters.models import Letter

PARTS = (Part("letters", Letter, "member", leave_out=frozenset({"key", "html"}), words="text"),)
EXEMPT: dict[str, str] = {}
