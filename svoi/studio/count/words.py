"""What rules, modes, deeds and evidence are called on the pages of honest counting."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext, ngettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

Said = str | Promise

RULE_WORDS: dict[str, tuple[Said, Said]] = {
    "live_weights": (
        _("Weights of live viewers"),
        _("Viewers, hearts and messages that look made by a machine count for less in the numbers of a show."),
    ),
    "groups": (
        _("Search for groups"),
        _("Looks for accounts that do the same things at the same times, more than shows and habits explain."),
    ),
    "room_habit": (
        _("Habit of the rooms"),
        _(
            "Compares those who watch with those who speak or react within ten minutes, as your earlier shows did. "
            "People who listen quietly look the same, so it is only watched: nobody is taken off for it."
        ),
    ),
}
MODE_WORDS: dict[str, Said] = {
    "off": pgettext_lazy("rule", "Off"),
    "shadow": pgettext_lazy("rule", "In shadow"),
    "live": pgettext_lazy("rule", "In force"),
}
MODE_MEANING: dict[str, Said] = {
    "off": _("It does nothing."),
    "shadow": _("It watches and shows the owner what it would say. Nothing else happens."),
    "live": _("It holds for everybody."),
}
SWITCH_WORDS: dict[str, Said] = {
    "off": _("Switch off at once"),
    "shadow": _("Put into shadow"),
    "live": pgettext_lazy("rule", "Put in force"),
}
VERDICT_WORDS: dict[str, Said] = {
    "dismissed": pgettext_lazy("verdict", "Dismissed"),
    "confirmed": pgettext_lazy("verdict", "Confirmed"),
}
VERB_WORDS: dict[str, Said] = {
    "watch": pgettext_lazy("deed", "came to watch"),
    "say": pgettext_lazy("deed", "wrote in the chat"),
    "order": pgettext_lazy("deed", "ordered"),
    "paid": pgettext_lazy("deed", "paid"),
    "returned": pgettext_lazy("deed", "asked to give back"),
    "take": pgettext_lazy("deed", "opened an envelope"),
    "claim": pgettext_lazy("deed", "took in a flash deal"),
    "join": pgettext_lazy("deed", "joined"),
}
FAMILY_WORDS: dict[str, Said] = {
    "time": _("The same things within the same time"),
    "device": _("Shared devices"),
    "payment": _("Shared means of payment"),
}
ACCOUNTED_WORDS: dict[str, Said] = {
    "activity": _("how busy these hours are for everybody, and how much each of them does anyway"),
    "popularity": _("how popular each of these things is"),
    "exposures": _("what was shown: shows, reminders, pinned products, envelopes, flash deals, and to how many"),
}
CERTAIN_NATS, LIKELY_NATS = 20.0, 7.0
RATE_LEAST = 1e-6


def strength_words(nats: float) -> str:
    """How strongly a family speaks, without its figure."""
    if nats >= CERTAIN_NATS:
        return gettext("Chance does not do this.")
    return gettext("Hardly chance.") if nats >= LIKELY_NATS else gettext("Weak by itself.")


def rate_words(q_value: float) -> str:
    """The false discovery rate as people read it: of how many such groups one would be chance."""
    if q_value < RATE_LEAST:
        return gettext("Of a million groups reported like this one, less than one would be chance.")
    of = max(1, round(1 / q_value))
    said = ngettext(
        "Of %(of)s group reported like this one, at most one would be chance.",
        "Of %(of)s groups reported like this one, at most one would be chance.",
        of,
    )
    return said % {"of": f"{of:,}".replace(",", "\u202f")}


def number_words(number: float, language: str) -> str:
    """A whole number, or one place after the comma for what is small."""
    if number < 0.05:
        return gettext("less than 0.1")
    if number >= 10 or abs(number - round(number)) < 0.05:
        return str(round(number))
    told = f"{number:.1f}"
    return told.replace(".", ",") if language == "ru" else told
