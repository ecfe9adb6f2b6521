"""The measures of a show in words: what each is, how it is worked out, and what to do when it was poor."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.formats import number_format
from django.utils.functional import Promise
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from svoi.replays.rules import MEASURE_NAMED, MEASURES
from svoi.studio.replays.span_words import span_words
from svoi.studio.templatetags.crew import percent, whole_money
from svoi.ui.typography import grouped

COUNTS = {
    "people": pgettext_lazy("what a figure counts", "people"),
    "events": pgettext_lazy("what a figure counts", "events"),
    "money": pgettext_lazy("what a figure counts", "money"),
    "time": pgettext_lazy("what a figure counts", "time"),
}
RATES = frozenset({"interaction_rate", "ctr", "ctor", "pay_rate", "conversion", "return_rate"})
ADVICE: dict[str, Promise] = {
    "average_watch_s": _("Say in the first minute what will be shown and when, and keep one thing for the end."),
    "interaction_rate": _("Ask one question an hour that everybody can answer in a word, and read answers aloud."),
    "chat_rate": _("Let the assistant pin a question when the chat falls silent, and answer by name."),
    "pay_rate": _("See where unpaid orders stop: the pickup point, the way of paying, or the time that ran out."),
    "conversion": _("Show the product in use, say for whom it is not, and keep it pinned while you speak of it."),
    "net_minor": _(
        "Look at products by minutes and sales: give the time of those nobody took to those people asked for."
    ),
    "net_hour_minor": _(
        "Shorten the talk without a product, and repeat the best product of the day in the last half hour."
    ),
    "gpm_minor": _("Begin with the product people came for, and put the dearer one beside it."),
    "basket_minor": _("Show things that belong together one after the other."),
    "return_rate": _("Read the reasons of the returns, and say that very thing on air before anybody buys."),
    "late_s": _("Put the camera on line a quarter of an hour earlier, and agree who presses start."),
    "ctr": _("Keep the pinned card on the screen while you speak of the product."),
    "ctor": _("Compare what is said on air with what the product's page says: price, sizes, when it comes."),
}


@dataclass(frozen=True, slots=True)
class Figure:
    """A measure as a page shows it; `number` is empty where nothing was measured."""

    name: str
    number: str
    counts: str | Promise

    @property
    def key(self) -> str:
        return f"after_{self.name}"


def figure_of(name: str, value: float | None) -> Figure:
    """One measure with its number in the reader's language."""
    return Figure(name, "" if value is None else value_words(name, value), COUNTS[MEASURE_NAMED[name].counts])


def figures_of(values: dict[str, float | None]) -> list[Figure]:
    """All measures in the order of the house."""
    return [figure_of(measure.name, values[measure.name]) for measure in MEASURES]


def value_words(name: str, value: float) -> str:
    """A number with its unit: money in whole roubles, shares in percent, time in minutes and seconds."""
    if name.endswith("_minor"):
        return whole_money(round(value))
    if name.endswith("_s"):
        return span_words(value)
    if name in RATES:
        return percent(value)
    if name == "chat_rate":
        return str(number_format(round(value, 1), decimal_pos=1, use_l10n=True))
    return grouped(round(value), get_language() or "")
