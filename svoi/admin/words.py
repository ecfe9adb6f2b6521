"""How rooms, tables and columns are called on the operators' pages."""

from __future__ import annotations

from typing import Any, cast

from django.db import models
from django.utils.functional import Promise
from django.utils.text import capfirst, format_lazy
from django.utils.translation import pgettext_lazy

# In the order of the house: people first, the spine last.
ROOMS = {
    "members": pgettext_lazy("room", "People"),
    "communities": pgettext_lazy("room", "Communities"),
    "law": pgettext_lazy("room", "Law"),
    "letters": pgettext_lazy("room", "Letters"),
    "catalog": pgettext_lazy("room", "Catalogue"),
    "orders": pgettext_lazy("room", "Orders"),
    "payments": pgettext_lazy("room", "Payments"),
    "ledger": pgettext_lazy("room", "Ledger"),
    "pickup": pgettext_lazy("room", "Pickup"),
    "points": pgettext_lazy("room", "Points"),
    "shows": pgettext_lazy("room", "Shows"),
    "planning": pgettext_lazy("room", "Calendar"),
    "rundowns": pgettext_lazy("room", "Rundowns"),
    "replays": pgettext_lazy("room", "After the show"),
    "control": pgettext_lazy("room", "Control room"),
    "flash": pgettext_lazy("room", "Flash deals"),
    "envelopes": pgettext_lazy("room", "Envelopes"),
    "trust": pgettext_lazy("room", "Honest count"),
    "db": pgettext_lazy("room", "Journal"),
}
# A column's ending says in what it is measured, or in which language it is written.
ENDINGS = {
    "_minor": pgettext_lazy("column", "minor units"),
    "_bytes": pgettext_lazy("column", "bytes"),
    "_days": pgettext_lazy("column", "days"),
    "_s": pgettext_lazy("column", "seconds"),
    "_min": pgettext_lazy("column", "minutes"),
    "_ru": pgettext_lazy("column", "Russian"),
    "_en": pgettext_lazy("column", "English"),
}
# Where one English word is two Russian ones.
OF_PEOPLE = {"Member.name": "full name"}
IRREGULAR = {
    "AllotmentChange": "Changes of allotments",
    "Category": "Categories",
    "ClaimSaid": "Claims said on air",
    "Community": "Communities",
    "ConsequenceDone": "Consequences done",
    "Duties": "Duties",
    "Entry": "Entries",
    "EnvelopeLimits": "Limits of envelopes",
    "Evidence": "Evidence",
    "FeedImport": "Feeds taken in",
    "IngestRefusal": "Refused publishers",
    "MessageHiding": "Hidden messages",
    "OutboxEvent": "Events",
    "PlanningTerms": "Limits of planning",
    "PointsPolicy": "Rules of points",
    "ReturnTaken": "Returns taken in",
    "RundownChange": "Changes of rundowns",
    "Search": "Searches",
    "Series": "Series",
    "SeriesSkip": "Skipped dates",
    "ConflictAcceptance": "Accepted warnings",
    "SlotApproval": "Approvals",
    "SegmentAuthor": "Authors of segments",
    "SegmentClaim": "Claims of segments",
    "Stock": "Stock",
    "StoryStep": "Steps of stories",
}
Word = str | Promise


def room_of(model: type[models.Model]) -> str:
    """`svoi.orders.models` -> `orders`."""
    return model.__module__.split(".")[1]


def room_name(room: str) -> Word:
    return ROOMS.get(room) or room.capitalize()


def table_word(model: type[models.Model]) -> str:
    """`PickupPoint` -> `Pickup points`: what is translated."""
    regular = str(model._meta.verbose_name_plural).capitalize()  # noqa: SLF001 - Django's documented Meta
    return IRREGULAR.get(model.__name__, regular)


def table_name(model: type[models.Model]) -> Word:
    return pgettext_lazy("table", table_word(model))


def column_words(field: models.Field[Any, Any]) -> tuple[str, Word]:
    """`price_minor` -> `price` and its ending; a name without one has an empty ending."""
    name = OF_PEOPLE.get(f"{field.model.__name__}.{field.name}", field.name)
    for ending, word in ENDINGS.items():
        if name.endswith(ending) and name != ending[1:]:
            return name.removesuffix(ending).replace("_", " "), word
    return name.replace("_", " "), ""


def column_name(field: models.Field[Any, Any]) -> Word:
    word, ending = column_words(field)
    said = pgettext_lazy("column", word)
    return format_lazy("{}, {}", said, ending) if ending else said


def column_title(field: models.Field[Any, Any]) -> Any:
    """The name as a heading."""
    return capfirst(cast(str, column_name(field)))  # a lazy text stays lazy


class Named:
    """A model's Meta under the names people know, or under a row's own title; everything else is the Meta's own."""

    def __init__(self, model: type[models.Model], title: Word = "") -> None:
        self._meta = model._meta  # noqa: SLF001 - Django's documented Meta
        self.verbose_name = self.verbose_name_plural = title or table_name(model)
        self.app_config = Room(room_name(room_of(model)))

    def __getattr__(self, name: str) -> Any:
        return getattr(self._meta, name)


class Room:
    """What Unfold asks of an app: its name."""

    def __init__(self, name: Word) -> None:
        self.verbose_name = name
