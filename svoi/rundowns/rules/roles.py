"""Who writes rundowns, and who checks what is said in them."""

from __future__ import annotations

MAY_WRITE_RUNDOWNS = frozenset({"owner", "producer", "host", "editor"})
MAY_CHECK_FACTS = frozenset({"owner", "producer", "editor"})
MAY_READ_RUNDOWNS = MAY_WRITE_RUNDOWNS | {"moderator"}
