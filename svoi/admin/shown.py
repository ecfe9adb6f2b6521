"""Which columns an operator sees. Nothing that is text is shown unless it stands here; secrets never are.

Numbers, moments, yes and no, choices and keys to other tables show themselves, so a table that is new to this page
can be looked at, and only its texts wait until somebody has thought about them.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from django.db import models

from svoi.admin.masks import mask_addresses, mask_email, mask_payload, mask_phone, mask_reached

# What opens something. Not even a number under such a name shows itself.
SECRET = re.compile(r"(^|_)(key|keys|token|hash|hint|secret|password|session|seed|salt|nonce|cookie|sha256)(_|$)")
NOT_SECRET = {"Account.key": "it is the account's name, and names no person"}
WORDS = {
    "Account": ("key", "currency"),
    "ApiCall": ("scope",),
    "ApiToken": ("name", "scopes"),
    "BudgetChange": ("reason",),
    "BulkStep": ("refused_for",),
    "CarrierNotice": ("carrier",),
    "Category": ("name", "name_en", "external_id"),
    "ChatMessage": ("text",),
    "Claim": ("text", "text_en"),
    "ClaimSaid": ("text",),
    "Clip": ("failed_for",),
    "Community": ("slug", "name_ru", "name_en", "about_ru", "about_en", "charter_ru", "charter_en", "cover"),
    "ConflictAcceptance": ("conflict", "reason"),
    "ConsequenceDone": ("consequence",),
    "DebriefNote": ("text",),
    "CrewNote": ("text",),
    "Earning": ("subject",),
    "Envelope": ("greeting", "commitment"),
    "EventSequence": ("stream",),
    "Evidence": ("reference", "says"),
    "FeedImport": ("source", "feed_date", "refused"),
    "FlashDeal": ("currency",),
    "FoundGroup": ("sentence_ru", "sentence_en"),
    "GroupVerdict": ("reason",),
    "Ingest": ("reason", "signal"),
    "IngestRefusal": ("code",),
    "LegalText": ("language", "title", "body"),
    "Incident": ("note",),
    "Letter": ("kind", "subject", "language", "title"),
    "Member": ("name",),
    "Order": ("number", "currency", "method", "cancelled_for"),
    "OrderLine": ("name", "name_en"),
    "OutboxEvent": ("kind", "stream"),
    "Parcel": ("subject", "carrier", "carrier_id", "tracking"),
    "Payment": ("subject", "provider", "provider_id", "currency", "purpose", "declined_for"),
    "PaymentNotice": ("provider", "sender"),
    "PickupPoint": (
        "code", "name", "name_en", "city", "city_en", "address", "address_en", "metro", "metro_en", "hours", "features",
        "carrier", "carrier_city", "time_zone",
    ),
    "Picture": ("source", "file"),
    "PlanningTerms": ("time_zone",),
    "PriceRecord": ("currency",),
    "Product": ("name", "name_en", "vendor", "external_id", "description", "description_en"),
    "Receipt": ("provider_id", "failed_for"),
    "ReceiptLine": ("name", "about"),
    "Refund": ("reason", "provider_id", "failed_for"),
    "Poll": ("question_ru", "question_en", "options"),
    "Return": ("dropped_for",),
    "ReturnTaken": ("claim",),
    "RuleMode": ("why",),
    "Rundown": ("name_ru", "name_en"),
    "RundownChange": ("names",),
    "Search": ("engine",),
    "SearchWord": ("word",),
    "Series": ("title_ru", "title_en", "about_ru", "about_en", "time_zone", "local_time"),
    "SeriesSkip": ("reason",),
    "Segment": ("title_ru", "title_en", "beats", "props", "offer", "fallback", "flash_currency"),
    "Show": ("title_ru", "title_en", "about_ru", "about_en", "poster"),
    "ShowTemplate": ("title_ru", "title_en", "about_ru", "about_en"),
    "Slot": ("removed_for",),
    "SlotApproval": ("reason",),
    "StreamHead": ("stream",),
    "Studio": ("name_ru", "name_en", "time_zone"),
    "TrainingStep": ("title_ru", "title_en"),
    "StoryStep": ("reason",),
    "Transfer": ("reason", "subject"),
    "Variant": ("title", "title_en", "external_id", "currency", "vendor_code", "barcode", "params"),
}  # fmt: skip
MASKED: dict[str, Callable[[Any], Any]] = {
    "Letter.error": mask_addresses,
    "Member.email": mask_email,
    "Member.phone": mask_phone,
    "OutboxEvent.payload": mask_payload,
    "Order.receipt_to": mask_reached,
    "Receipt.customer": mask_reached,
}
# Tables no operator has to see.
UNSEEN = {
    "BankPage": "the demo bank's own book, whose numbers open its pages",
    "BankRefund": "the demo bank's own book",
    "CartLine": "what somebody thinks of buying concerns nobody",
    "EnvelopeDeal": "what an envelope holds for whom is nobody's to know before it is over; its page proves it then",
    "FoundMember": "who stands behind a number is opened by a step on record, never looked up",
    "MemberSession": "the key of a session opens the account",
    "MessageWeight": "what somebody's message weighed concerns nobody; the recount tells how many and why",
    "Reaction": "who sent hearts to what and when concerns nobody; how many did is told by the samples",
    "SignInFailure": "who tried to sign in as whom is kept only as a hash",
    "StoryDraft": "what somebody is still writing is hers until she hands it over",
    "WatchBeat": "who watched what and when concerns nobody; how many did is told by the samples",
}
KEY_MAX = 2**63 - 1
SHOWS_ITSELF = (models.IntegerField, models.FloatField, models.DecimalField, models.BooleanField, models.DateField)


def path_of(field: models.Field[Any, Any]) -> str:
    return f"{field.model.__name__}.{field.name}"


def is_shown(field: models.Field[Any, Any]) -> bool:
    """By name where it is text, by kind where it is not; a key to another table only when that is a number."""
    path = path_of(field)
    if path in MASKED or field.name in WORDS.get(field.model.__name__, ()):
        return True
    if field.remote_field is not None:
        return isinstance(_last_target(field), models.IntegerField)
    return not SECRET.search(field.name) and (isinstance(field, SHOWS_ITSELF) or bool(field.choices))


def shown_fields(model: type[models.Model]) -> list[models.Field[Any, Any]]:
    """The columns of a table that are shown, in the order of the table."""
    return [field for field in model._meta.concrete_fields if is_shown(field)]  # noqa: SLF001 - Django's documented Meta


def is_seen(model: type[models.Model]) -> bool:
    """Whether a table stands on the operators' pages. The key of its rows, which addresses carry, has to be shown."""
    return model.__name__ not in UNSEEN and is_shown(model._meta.pk)  # noqa: SLF001 - the same


def may_be_key(field: models.Field[Any, Any], text: str) -> bool:
    """Whether the database can be asked for it: numbers beyond its own and zero bytes would be faults, not answers."""
    if isinstance(_last_target(field), models.IntegerField):
        return text.isascii() and text.isdigit() and int(text[:20]) <= KEY_MAX
    return "\0" not in text


def _last_target(field: models.Field[Any, Any]) -> models.Field[Any, Any]:
    while isinstance(field, models.ForeignKey):
        field = field.target_field
    return field
