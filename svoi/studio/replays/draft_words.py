"""The first words of a draft: the facts of its clip, in the language of the show's host."""

from __future__ import annotations

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import override

from svoi.catalog.queries import cards
from svoi.replays.models import ClaimSaid, Clip
from svoi.replays.rules import DRAFT_LENGTH_MAX
from svoi.studio.replays.span_words import place_words, span_words
from svoi.studio.templatetags.crew import card_name, in_language
from svoi.ui.typography import money_text


def first_words(clip: Clip) -> tuple[str, str]:
    """The text to begin with, and the language it is in. Only what is on record stands in it."""
    language = clip.show.host.language
    with override(language):
        return "\n".join(_facts(clip, language))[:DRAFT_LENGTH_MAX], language


def _facts(clip: Clip, language: str) -> list[str]:
    card, began_at = cards([clip.product_id])[clip.product_id], clip.show.went_live_at
    assert began_at is not None
    told = {
        "show": in_language(clip.show, "title"),
        "host": clip.show.host.name,
        "day": date_format(timezone.localtime(began_at), "j E Y"),
        "place": place_words((clip.begins_at - began_at).total_seconds()),
        "length": span_words((clip.ends_at - clip.begins_at).total_seconds()),
        "price": money_text(card.price_minor, card.currency, language),
    }
    lines = [
        card_name(card),
        "",
        _("From the show “%(show)s” of %(day)s, host: %(host)s.") % told,
        _("In the recording at %(place)s, %(length)s.") % told,
        _("Price when this draft was begun: %(price)s.") % told,
    ]
    claims = ClaimSaid.objects.filter(
        show=clip.show, product_id=clip.product_id, media_at__gte=clip.begins_at, media_at__lt=clip.ends_at
    )
    said = [f"— {one.text}" for one in claims.order_by("media_at", "pk")]
    return [*lines, *(["", _("Said in this stretch and in the log of claims:"), *said] if said else [])]
