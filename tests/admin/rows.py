"""Rows for every table an operator sees, filled column by column; what must stay hidden carries a dagger."""

from __future__ import annotations

from datetime import timedelta
from itertools import count
from typing import Any
from uuid import UUID, uuid4

from django.db import IntegrityError, models, transaction

from svoi.admin.shown import MASKED, is_shown, path_of
from svoi.admin.tables import SITE, own_tables
from svoi.catalog.models import Allotment, AllotmentChange
from svoi.envelopes.models import Envelope, EnvelopeShare
from svoi.kernel.money import Money
from svoi.ledger.actions import take_checkpoint, transfer
from svoi.ledger.models import Account, AccountBalance, Checkpoint, Entry, Transfer
from svoi.members.models import Member
from svoi.shows.models import Show
from tests.cast import NOON

DAGGER = "†"
NUMBERS = count(1)
SMALLEST_MAX = 32_000
# Values the tables themselves insist on.
FITTING: dict[str, dict[str, Any]] = {
    "Member": {
        "email": lambda: f"a{DAGGER}{next(NUMBERS)}@example.com",
        "phone": lambda: f"+7{DAGGER}{next(NUMBERS)}00",
    },
    "Payment": {"state": "succeeded", "captured_minor": 10**6, "amount_minor": 10**6},
    "Receipt": {"kind": "prepayment", "customer": f"a{DAGGER}b@example.com"},
    "Refund": {"amount_minor": 1},
    "ReceiptLine": {"vat_code": 1},
    "RelayPosition": {"id": 1, "xid": 1},
    "OutboxEvent": {"payload": {"name": DAGGER, "names": [DAGGER], "deep": {"name": DAGGER}, "order_id": 7}},
    "Letter": {"error": f"550 no such a{DAGGER}b@example.com", "withheld_for": "no_mail"},
    "Show": {"went_live_at": None},
    "WatchSample": {"raw": 9, "counted": 4, "reactions_raw": 5, "reactions_counted": 4},
    "Recount": {
        "viewers_raw": 9,
        "viewers_counted": 4,
        "peak_raw": 9,
        "peak_counted": 4,
        "reactions_raw": 5,
        "reactions_counted": 4,
    },
    "Order": {"currency": "RUB", "withdrawn_for": "", "receipt_to": f"a{DAGGER}b@example.com"},
    "BulkStep": {"refused_for": ""},
    "PointsPolicy": {"earn_percent": 5, "spend_percent": 30, "life_days": 365},
    "Envelope": {"total": 50, "shares": 5, "least": 1, "commitment": "a" * 64},
    "EnvelopeDeal": {"seed": bytes(32), "amounts": [10] * 5},
    "CartLine": {"quantity": 1, "currency": "RUB"},
    "ReturnLine": {"quantity": 1},
    "FlashDeal": {
        "price_minor": 1,
        "lowest_minor": 2,
        "quantity": 5,
        "per_person": 1,
        "countdown_s": 30,
        "runs_s": 300,
        "reserve_s": 600,
        "age_days": 0,
    },
    "FlashClaim": {"position": 1, "quantity": 1, "of": 5},
    "AllotmentChange": {"deed": "set", "before": None, "taken": 1},
    "Studio": {"turn_around_min": 30},
    "PlanningTerms": {"rest_min": 60, "day_max_min": 240, "week_max_min": 1_200},
    "Sample": {"pieces": 2},
    "ShowTemplate": {"length_min": 60, "preparation_min": 30},
    "Series": {"length_min": 60, "preparation_min": 30, "weekdays": 3, "weeks_ahead": 4},
    "Slot": {"begins_at": NOON, "ends_at": NOON + timedelta(hours=1), "preparation_min": 30},
    "Shift": {"begins_at": NOON, "ends_at": NOON + timedelta(hours=1)},
    "SlotApproval": {"decision": "declined"},
    "Reminder": {"ahead_min": 15, "recalled_at": None},
    "Rundown": {"show": lambda: fill(Show)},
    "Segment": {
        "position": lambda: next(NUMBERS) % SMALLEST_MAX,
        "length_s": 60,
        "target": 5,
        "envelope_total": 5,
        "envelope_shares": 5,
        "flash_currency": "",
    },
    "Evidence": {"reference": "https://example.com/report"},
    "StoryStep": {"reason": "", "fingerprint": "a" * 64},
    "Clip": {
        "begins_at": NOON,
        "ends_at": NOON + timedelta(seconds=30),
        "place_of_show": 1,
        "place_of_product": 1,
        "failed_for": "",
    },
    "DebriefNote": {"kind": "keep"},
    "Poll": {
        "options": [["a", ""], ["b", ""]],
        "runs_s": 60,
        "fired_at": NOON,
        "fired_by": lambda: fill(Member),
        "closes_at": NOON + timedelta(days=1),
    },
    "PollVote": {"place": 0, "voted_at": NOON},
    "RuleMode": {"mode": "shadow", "why": ""},
    "Search": {"mode": "shadow", "since": NOON, "until": NOON + timedelta(days=2)},
    "FoundGroup": {
        "key": lambda: f"{next(NUMBERS):064x}",
        "began_at": NOON,
        "ended_at": NOON + timedelta(minutes=40),
        "q_value": 0.001,
        "targets": [18, 34],
    },
}
# Written by the database or by the ledger's own actions alone.
OF_THE_LEDGER = (Account, AccountBalance, Checkpoint, Entry, Transfer)
ONE_ALONE = {"RelayPosition"}


def seen_tables() -> list[type[models.Model]]:
    return list(SITE._registry)


def fill(model: type[models.Model], **given: Any) -> models.Model:
    """One row more, and whatever it stands on."""
    if model is Allotment:
        stated = fill(AllotmentChange)
        return Allotment.objects.get(show_id=stated.show_id, product_id=stated.product_id)
    values = {**_kept_together(model), **given}
    for name, value in FITTING.get(model.__name__, {}).items():
        values.setdefault(name, value() if callable(value) else value)
    for field in model._meta.concrete_fields:
        if field.name not in values and (value := _value(field)) is not None:
            values[field.name] = value
    try:
        with transaction.atomic():
            return model._default_manager.create(**values)
    except IntegrityError:
        # A text that may be empty belongs to a moment this row has not: without it, what must be hidden still is.
        bare = {name: value for name, value in values.items() if name in given or not _may_be_empty(model, name)}
        return model._default_manager.create(**bare)


def _kept_together(model: type[models.Model]) -> dict[str, Any]:
    """Columns that must agree: a share lies in the community of its envelope."""
    if model is not EnvelopeShare:
        return {}
    envelope = Envelope.objects.get(pk=fill(Envelope).pk)
    return {"envelope": envelope, "community_id": envelope.community_id}


def fill_all() -> None:
    """One row more in every table of the house that takes one, those nobody sees among them."""
    _move_money()
    for model in own_tables():
        alone = model.__name__ in ONE_ALONE and model._default_manager.exists()
        if model not in OF_THE_LEDGER and not alone:
            fill(model)


def contents() -> dict[str, list[tuple[Any, ...]]]:
    """Every row of every table, sessions left out: each request may renew its own."""
    tables = [model for model in own_tables() if model.__name__ != "MemberSession"]
    return {model.__name__: list(model._default_manager.order_by("pk").values_list()) for model in tables}


def _move_money() -> None:
    number = next(NUMBERS)
    transfer(
        key=f"{DAGGER}{number}",
        debit="provider:fake",
        credit=f"due:order:{number}",
        amount=Money(100),
        reason="payment",
        subject=f"order:{number}",
        at=NOON,
    )
    take_checkpoint(account="provider:fake", at=NOON)


def _may_be_empty(model: type[models.Model], name: str) -> bool:
    field = model._meta.get_field(name)
    return isinstance(field, models.CharField) and field.blank


def _value(field: models.Field[Any, Any]) -> Any:
    """None where the column can do without."""
    if field.generated:
        return None
    hidden_text = isinstance(field, (models.CharField, models.TextField)) and not is_shown(field) and not field.choices
    if hidden_text and field.remote_field is None:
        return f"{DAGGER}{next(NUMBERS)}"[: field.max_length or None]
    if field.null or field.has_default() or field.db_default is not models.NOT_PROVIDED:
        return None
    if isinstance(field, models.AutoField):
        return None
    if field.remote_field is not None:
        return fill(field.related_model)
    return _plain(field)


def _plain(field: models.Field[Any, Any]) -> Any:
    number = next(NUMBERS)
    if field.choices:
        return field.choices[0][0]
    if isinstance(field, models.UUIDField):
        return uuid4()
    if isinstance(field, models.DateTimeField):
        return NOON + timedelta(seconds=number)
    if isinstance(field, models.TimeField):
        return NOON.time()
    if isinstance(field, models.DateField):
        return NOON.date() + timedelta(days=number)
    if isinstance(field, models.BooleanField):
        return True
    if isinstance(field, models.JSONField):
        return {}
    if isinstance(field, (models.IntegerField, models.FloatField)):
        return number % SMALLEST_MAX + 1
    if isinstance(field, (models.CharField, models.TextField)):
        return f"w{number}"[: field.max_length or None]
    return ""


def hidden_uuids(row: models.Model) -> list[str]:
    """Keys of a row as a page would write them."""
    found = [getattr(row, field.attname) for field in row._meta.concrete_fields]
    return [str(value) for value in found if isinstance(value, UUID)]


def masked_fields() -> set[str]:
    return {path_of(field) for model in own_tables() for field in model._meta.concrete_fields} & set(MASKED)
