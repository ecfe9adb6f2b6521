"""What a reader looks for on the shelf, as the address of the page says it."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy

from svoi.catalog.rules.searching import QUERY_LENGTH_MAX, SORTS, Wanted
from svoi.kernel.money import MINOR_PER_MAJOR
from svoi.web.purchase_form import kept_number

ROUBLES_MAX = 10**9
SORT_WORDS: dict[str, str | Promise] = {
    "best": pgettext_lazy("sort", "Best first"),
    "cheap": pgettext_lazy("sort", "Cheap first"),
    "dear": pgettext_lazy("sort", "Dear first"),
    "new": pgettext_lazy("sort", "New first"),
}


@dataclass(frozen=True, slots=True)
class Sift:
    """The words, the range of prices in roubles, the order and the shelf; what cannot be read is left out."""

    text: str
    low: int | None
    high: int | None
    sort: str
    category_id: int | None
    after: int | None

    @property
    def wanted(self) -> Wanted:
        return Wanted(
            text=self.text,
            category_id=self.category_id,
            from_minor=None if self.low is None else self.low * MINOR_PER_MAJOR,
            to_minor=None if self.high is None else self.high * MINOR_PER_MAJOR,
            sort=self.sort,
            after=self.after or 0,
        )

    @property
    def kept(self) -> str:
        """The rest of the address when another shelf or the next page is asked for; begins with `&` unless empty."""
        said = {"q": self.text, "from": self.low, "to": self.high, "sort": self.sort if self.sort != "best" else ""}
        kept = {name: value for name, value in said.items() if value not in {"", None}}
        return f"&{urlencode(kept)}" if kept else ""

    @property
    def has_limits(self) -> bool:
        """Does it leave out things that have the words?"""
        return self.low is not None or self.high is not None or self.category_id is not None

    @property
    def sorts(self) -> list[tuple[str, str | Promise]]:
        return list(SORT_WORDS.items())


def sift_of(data: QueryDict) -> Sift:
    """Read the address; a sort or a price that makes no sense is as if unsaid."""
    text = data.get("q", "").replace("\0", " ").encode("utf-8", "ignore").decode()
    sort = data.get("sort", "")
    return Sift(
        text=" ".join(text.split())[:QUERY_LENGTH_MAX],
        low=_roubles(data, "from"),
        high=_roubles(data, "to"),
        sort=sort if sort in SORTS else "best",
        category_id=kept_number(data, "category"),
        after=kept_number(data, "after"),
    )


def _roubles(data: QueryDict, name: str) -> int | None:
    said = kept_number(data, name)
    return None if said is None else min(said, ROUBLES_MAX)
