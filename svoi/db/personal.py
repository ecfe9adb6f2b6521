"""How a room tells which of its rows are about a member: the pieces an export is made of."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db import models

ROWS_A_TIME = 500
Whose = str | Callable[[int], models.Q]


@dataclass(frozen=True, slots=True)
class Part:
    """Rows of one table about a member.

    `whose` is the path from a row to the member (`order__buyer`), or a condition made from her id where no key leads
    there. `leave_out` names columns that would harm if they left the house, such as keys. `words` names a column of
    text that is also laid beside as a file; `file` one that holds the name of a file in the media folder.
    """

    name: str
    model: type[models.Model]
    whose: Whose
    leave_out: frozenset[str] = frozenset()
    words: str = ""
    file: str = ""

    def rows(self, member_id: int) -> Iterator[dict[str, Any]]:
        """Her rows, oldest first, column by column."""
        condition = self.whose(member_id) if callable(self.whose) else models.Q(**{self.whose: member_id})
        columns = self.model._meta.concrete_fields  # noqa: SLF001 - Django's documented way to list them
        names = [column.attname for column in columns if column.name not in self.leave_out]
        found = self.model._default_manager.filter(condition).order_by("pk").values(*names)  # noqa: SLF001 - the same
        yield from found.iterator(chunk_size=ROWS_A_TIME)
