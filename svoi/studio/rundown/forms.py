"""The forms of a rundown: a segment with its plans, a claim, a piece of evidence."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from svoi.kernel.money import Money
from svoi.kernel.refused import Refused
from svoi.rundowns.queries import SegmentRead
from svoi.rundowns.rules import EnvelopePlan, FlashWish, Wording, beats_in
from svoi.studio.gifts import MODES
from svoi.studio.rundown.offering import Offer
from svoi.studio.rundown.times import length_text, read_length
from svoi.studio.rundown.words import CLAIM_WORDS, EVIDENCE_WORDS, KIND_WORDS, TARGET_WORDS
from svoi.ui.refusals import say

TYPED_MAX = 20_000  # longer than anything that fits, so that what does not fit comes back as it was typed
# Which field a refusal is about; the others are told above the form.
ABOUT = {"length_s": "length", "beats": "beats_ru"}
ABOUT_CODE = {"price_not_lower": "flash_price", "no_longer_sold": "product", "rundown_too_many_beats": "beats_ru"}
LENGTH_HINT = _("Minutes and seconds, for example 5:30.")


class RefusableForm(forms.Form):
    """A form that puts a refusal beside the field it is about."""

    def refuse(self, refused: Refused) -> int:
        """Say a refusal; returns its status."""
        told = say(refused)
        named = str(refused.facts.get("name", ""))
        name = ABOUT_CODE.get(refused.code) or ABOUT.get(named, named)
        self.add_error(name if name in self.fields else None, told.sentence())
        return told.status


class SegmentForm(RefusableForm):
    """A whole segment; `seen` is the version of the plan it was opened from."""

    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    kind = forms.ChoiceField(label=pgettext_lazy("of a segment", "Kind"), choices=list(KIND_WORDS.items()))
    length = forms.CharField(label=_("Length"), max_length=12, help_text=LENGTH_HINT)
    title_ru = forms.CharField(label=_("Title in Russian"), max_length=TYPED_MAX)
    title_en = forms.CharField(label=_("Title in English"), max_length=TYPED_MAX, required=False)
    product = forms.TypedChoiceField(label=_("Product"), coerce=int, empty_value=None, required=False)
    beats_ru = forms.CharField(
        label=_("Lines for the host, in Russian"), widget=forms.Textarea, max_length=TYPED_MAX, required=False,
        help_text=_("One short line each. They are not read out, they remind."),
    )  # fmt: skip
    beats_en = forms.CharField(
        label=_("The same in English, line by line"), widget=forms.Textarea, max_length=TYPED_MAX, required=False
    )
    props = forms.CharField(label=_("Props"), max_length=TYPED_MAX, required=False)
    offer = forms.CharField(label=_("Offer, as it is said"), max_length=TYPED_MAX, required=False)
    fallback = forms.CharField(label=_("If it fails"), max_length=TYPED_MAX, required=False)
    target = forms.IntegerField(label=_("Target"), min_value=1, max_value=1_000_000, required=False)
    target_unit = forms.ChoiceField(label=_("Counted in"), required=False, choices=[("", "—"), *TARGET_WORDS.items()])
    flash_variant = forms.TypedChoiceField(label=_("Deal for"), coerce=int, empty_value=None, required=False)
    flash_price = forms.CharField(
        label=_("Price of the deal"),
        max_length=16,
        required=False,
        help_text=_("Below the lowest of the last 30 days."),
    )
    flash_quantity = forms.IntegerField(label=_("Pieces"), min_value=1, max_value=10_000, required=False)
    flash_per_person = forms.IntegerField(label=_("For one person"), min_value=1, max_value=20, required=False)
    envelope_mode = forms.ChoiceField(label=_("How it is shared"), required=False, choices=[("", "—"), *MODES])
    envelope_total = forms.IntegerField(label=_("Points, all together"), min_value=1, required=False)
    envelope_shares = forms.IntegerField(label=pgettext_lazy("how many", "Shares"), min_value=1, required=False)

    def __init__(self, *args: Any, offer: Offer, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.choice = offer.choice
        self.fields["product"].choices = [("", "—"), *offer.choice.products]  # type: ignore[attr-defined]
        self.fields["flash_variant"].choices = [("", "—"), *offer.variants]  # type: ignore[attr-defined]

    def clean_length(self) -> int:
        length_s = read_length(self.cleaned_data["length"])
        if length_s is None:
            raise forms.ValidationError(LENGTH_HINT)
        return length_s

    def clean_flash_price(self) -> Money | None:
        """An amount of money as people write it."""
        typed = "".join(self.cleaned_data["flash_price"].split())
        try:
            return Money.parse(typed) if typed else None
        except ValueError:
            raise forms.ValidationError(gettext("Write a price in digits, for example 990.")) from None

    def clean(self) -> dict[str, Any]:
        """A plan is whole or is none."""
        told = self.cleaned_data
        for names in (
            ("flash_variant", "flash_price", "flash_quantity"),
            ("envelope_mode", "envelope_total", "envelope_shares"),
        ):
            given = [name for name in names if told.get(name)]
            for name in set(names) - set(given) - set(self.errors) if given else ():
                self.add_error(name, gettext("A plan is whole, or there is none."))
        return told

    def wording(self) -> Wording:
        told = self.cleaned_data
        return Wording(
            kind=told["kind"],
            title_ru=told["title_ru"],
            title_en=told["title_en"],
            length_s=told["length"],
            product_id=told["product"],
            beats=beats_in(told["beats_ru"], told["beats_en"]),
            props=told["props"],
            offer=told["offer"],
            fallback=told["fallback"],
            target=told["target"],
            target_unit=told["target_unit"],
        )

    def flash(self) -> FlashWish | None:
        told = self.cleaned_data
        if not told["flash_variant"]:
            return None
        return FlashWish(
            variant_id=told["flash_variant"],
            price_minor=told["flash_price"].minor,
            quantity=told["flash_quantity"],
            per_person=told["flash_per_person"] or 1,
        )

    def envelope(self) -> EnvelopePlan | None:
        told = self.cleaned_data
        if not told["envelope_mode"]:
            return None
        return EnvelopePlan(mode=told["envelope_mode"], total=told["envelope_total"], shares=told["envelope_shares"])


def typed_as(segment: SegmentRead) -> dict[str, Any]:
    """A segment as its form shows it."""
    flash, envelope = segment.flash, segment.envelope
    return {
        "kind": segment.kind,
        "length": length_text(segment.length_s),
        "title_ru": segment.title_ru,
        "title_en": segment.title_en,
        "product": segment.product_id,
        "beats_ru": "\n".join(beat.ru for beat in segment.beats),
        "beats_en": "\n".join(beat.en for beat in segment.beats).rstrip("\n"),
        "props": segment.props,
        "offer": segment.offer,
        "fallback": segment.fallback,
        "target": segment.target,
        "target_unit": segment.target_unit,
        **({"flash_variant": flash.variant_id, "flash_quantity": flash.quantity} if flash else {}),
        **({"flash_price": _plain(flash.price_minor), "flash_per_person": flash.per_person} if flash else {}),
        **({"envelope_mode": envelope.mode, "envelope_total": envelope.total} if envelope else {}),
        **({"envelope_shares": envelope.shares} if envelope else {}),
    }


class ClaimForm(RefusableForm):
    """A sentence about a product."""

    text = forms.CharField(
        label=_("What is said"), max_length=TYPED_MAX, help_text=_("One sentence that can be proved.")
    )
    text_en = forms.CharField(label=_("The same in English"), max_length=TYPED_MAX, required=False)
    claim_kind = forms.ChoiceField(label=_("About"), choices=list(CLAIM_WORDS.items()))


class EvidenceForm(RefusableForm):
    """What stands behind a claim."""

    evidence_kind = forms.ChoiceField(label=_("Evidence"), choices=list(EVIDENCE_WORDS.items()))
    reference = forms.CharField(
        label=_("Where it is found"), max_length=TYPED_MAX,
        help_text=_("An address that begins with https://, or the number of a document."),
    )  # fmt: skip
    says = forms.CharField(label=_("What it says"), max_length=TYPED_MAX)
    valid_until = forms.DateField(
        label=_("Valid until"), required=False, widget=forms.DateInput(attrs={"type": "date"}),
        help_text=_("The last day. Empty if it has no end."),
    )  # fmt: skip

    def clean_valid_until(self) -> datetime | None:
        """The moment the last day is over, by the clock of the studio."""
        day = self.cleaned_data["valid_until"]
        if day is None:
            return None
        if not 2000 <= day.year <= 2200:
            raise forms.ValidationError(gettext("Check the year."))
        return timezone.make_aware(datetime.combine(day + timedelta(days=1), time.min))


def _plain(minor: int) -> str:
    whole, rest = divmod(minor, 100)
    return f"{whole}.{rest:02d}" if rest else str(whole)
