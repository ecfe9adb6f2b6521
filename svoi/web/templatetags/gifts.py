"""Points, shares and modes of envelopes in words."""

from __future__ import annotations

from django import template
from django.utils.functional import Promise
from django.utils.translation import get_language, ngettext, pgettext_lazy
from django.utils.translation import gettext as _

from svoi.envelopes.models import Envelope
from svoi.ui.templatetags.benefits import points_words
from svoi.ui.typography import HARD_SPACE, grouped
from svoi.web.templatetags.spoken import in_language

register = template.Library()
register.filter(points_words)

MINUTE_S = 60

MODE_WORDS = {
    "random": pgettext_lazy("envelope", "by lot"),
    "equal": pgettext_lazy("envelope", "equal shares"),
    "tea": pgettext_lazy("envelope", "for tea"),
    "addressed": pgettext_lazy("envelope", "for those named"),
}


@register.filter
def shares_words(count: int) -> str:
    """`{{ 3|shares_words }}`: 3 shares."""
    return _counted(ngettext("%(count)s share", "%(count)s shares", count), count)


@register.filter
def mode_words(mode: str) -> str | Promise:
    return MODE_WORDS[mode]


@register.filter
def days_words(count: int) -> str:
    return _counted(ngettext("%(count)s day", "%(count)s days", count), count)


@register.filter
def hours_words(count: int) -> str:
    return _counted(ngettext("%(count)s hour", "%(count)s hours", count), count)


@register.filter
def pause_words(seconds: int) -> str:
    """A pause in whole minutes where it is made of them, else in seconds."""
    minutes, rest = divmod(seconds, MINUTE_S)
    if minutes and not rest:
        return _counted(ngettext("%(count)s minute", "%(count)s minutes", minutes), minutes)
    return _counted(ngettext("%(count)s second", "%(count)s seconds", seconds), seconds)


@register.filter
def funder_words(envelope: Envelope) -> str:
    """Whose points these are."""
    if envelope.purse == "budget":
        return _("the budget of “%(name)s”") % {"name": in_language(envelope.community, "name")}
    return _("own points of %(name)s") % {"name": envelope.sender.name}


def _counted(form: str, count: int) -> str:
    """The number stays on the line of its noun."""
    spoken = form % {"count": grouped(count, get_language() or "")}
    return spoken.replace(" ", HARD_SPACE, 1)
