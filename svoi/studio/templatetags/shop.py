"""The shop's states and reasons in the keeper's words."""

from __future__ import annotations

from django import template
from django.utils.functional import Promise
from django.utils.safestring import SafeString

from svoi.studio.shop import words
from svoi.ui.templatetags.ui import pill
from svoi.ui.typography import decimal_text

register = template.Library()

_WORDS: dict[str, dict[str, str | Promise]] = {
    "stage": words.STAGE_WORDS,
    "origin": words.ORIGIN_WORDS,
    "payment": words.PAYMENT_WORDS,
    "refund": words.REFUND_WORDS,
    "receipt": words.RECEIPT_WORDS,
    "receipt_kind": words.RECEIPT_KINDS,
    "method": words.METHOD_WORDS,
    "return": words.RETURN_WORDS,
    "return_reason": words.RETURN_REASON_WORDS,
    "money_reason": words.MONEY_REASONS,
}
# Pine is for what is proven: money and goods are where they belong.
_PROVEN = {("stage", "kept"), ("stage", "collected"), ("payment", "succeeded"), ("refund", "succeeded")}
_SOON = {("stage", "to_pack"), ("stage", "held"), ("return", "asked"), ("payment", "held")}


@register.filter
def said(code: str, of: str) -> str | Promise:
    """`{{ order.origin_kind|said:"origin" }}`; an unknown code stands for itself."""
    return _WORDS[of].get(code, code)


@register.filter
def decimal(minor: int) -> str:
    """A sum as a form takes it."""
    return decimal_text(minor)


@register.simple_tag
def state_pill(code: str, of: str) -> SafeString:
    """A state in one word."""
    kind = "proven" if (of, code) in _PROVEN else "soon" if (of, code) in _SOON else "plain"
    return pill(kind, str(said(code, of)))
