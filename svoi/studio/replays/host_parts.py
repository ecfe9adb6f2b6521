"""The hosts' cards in words: figures with what they are worked out from, slots and formats by name."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.dates import WEEKDAYS
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext, pgettext_lazy

from svoi.replays.queries import HostCards
from svoi.replays.rules import CARD_DAYS, REST_H, RETENTION_DAYS, SHOWS_MIN, SORTS, Card, in_order
from svoi.studio.replays.measure_words import value_words
from svoi.studio.replays.span_words import span_words
from svoi.studio.templatetags.crew import percent

CARD_FACTS = {"card_days": CARD_DAYS, "shows_min": SHOWS_MIN, "rest_h": REST_H, "retention_days": RETENTION_DAYS}
FORMAT_WORDS: dict[str, Promise] = {
    "plain": pgettext_lazy("format of a show", "talk"),
    "deals": pgettext_lazy("format of a show", "with flash deals"),
    "gifts": pgettext_lazy("format of a show", "with envelopes"),
    "deals_and_gifts": pgettext_lazy("format of a show", "with flash deals and envelopes"),
}
SORT_WORDS: dict[str, Promise] = {
    "name": _("Name"),
    "hours": _("Hours on air"),
    "on_time": _("On time"),
    "net_hour": _("Net sales an hour"),
    "average_watch": _("Average watch time"),
    "retention": _("Came back"),
    "returns": _("Returned"),
    "rest": _("Rest kept"),
}


@dataclass(frozen=True, slots=True)
class Told:
    """A figure of a card: the key of its definition, and its number; empty where it is not measured."""

    key: str
    number: str


@dataclass(frozen=True, slots=True)
class CardRow:
    """A card under a name; `host_id` leads to the whole of it."""

    name: str
    card: Card
    figures: tuple[Told, ...]
    host_id: int = 0

    @property
    def shows(self) -> str:
        return ngettext("%(count)d show", "%(count)d shows", self.card.shows) % {"count": self.card.shows}


def table_of(hosts: Sequence[HostCards], *, by: str) -> dict[str, Any]:
    """All hosts in one of the orders there are; reach is none of them."""
    # Two hosts may have one name, so each stands in the order under hers and her place in the list.
    ordered = in_order([(f"{one.host.name}\n{place}", one.whole) for place, one in enumerate(hosts)], by)
    rows = [_row(hosts[int(name.rpartition("\n")[2])]) for name, _card in ordered]
    return {"rows": rows, "by": by if by in SORTS else "name", "sorts": [(name, SORT_WORDS[name]) for name in SORTS]}


def host_parts(found: HostCards | None) -> dict[str, Any]:
    """One host's page."""
    if found is None:
        return {"host": None, "row": None, "slots": [], "formats": []}
    return {
        "host": found.host,
        "row": _row(found),
        "slots": [CardRow(_slot(slot), card, figures_of(card)) for slot, card in found.by_slot],
        "formats": [CardRow(str(FORMAT_WORDS[name]), card, figures_of(card)) for name, card in found.by_format],
    }


def figures_of(card: Card) -> tuple[Told, ...]:
    """Every figure of a card; reach stands right beside what became of it."""
    return (
        Told("after_card_hours", span_words(card.hours * 3600)),
        Told("after_card_on_time", _percent(card.on_time)),
        Told("after_net_hour_minor", _value("net_hour_minor", card.net_hour_minor)),
        Told("after_average_watch_s", _value("average_watch_s", card.average_watch_s)),
        Told("after_conversion", _percent(card.conversion)),
        Told("after_viewers_counted", _value("viewers_counted", card.viewers_counted)),
        Told("after_card_retention", _percent(card.retention)),
        Told("after_return_rate", _percent(card.return_rate)),
        Told("after_card_claims", "" if card.claims is None else f"{card.claims_bare} / {card.claims}"),
        Told("after_card_rest", _percent(card.rest)),
    )


def _row(one: HostCards) -> CardRow:
    return CardRow(one.host.name, one.whole, figures_of(one.whole), one.host.pk)


def _slot(slot: tuple[int, int]) -> str:
    weekday, hour = slot
    return f"{WEEKDAYS[weekday]}, {hour:02d}:00"


def _percent(share: float | None) -> str:
    return "" if share is None else percent(share)


def _value(name: str, value: float | None) -> str:
    return "" if value is None else value_words(name, value)
