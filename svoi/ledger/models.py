"""Accounts, transfers and their entries, and the two sums that the database keeps of them by itself."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now

from svoi.db.fields import TransactionIdField
from svoi.ledger.rules import ENDINGS, KINDS_OF_TRANSFER, LAYERS


class Account(models.Model):
    """A pot that money or points move in and out of, opened on first use and never changed.

    Without a stored balance nothing can hold an account above zero, so one that only collects may go negative.
    """

    key = models.CharField(max_length=80, unique=True)
    currency = models.CharField(max_length=3)
    may_go_negative = models.BooleanField()
    keeps_balance = models.BooleanField()
    opened_at = models.DateTimeField(db_default=Now())

    class Meta:
        db_table = "svoi_account"
        constraints = [
            models.CheckConstraint(
                condition=Q(keeps_balance=True) | Q(may_go_negative=True), name="account_floor_needs_a_balance"
            )
        ]

    def __str__(self) -> str:
        return self.key


class AccountBalance(models.Model):
    """What an account holds and what of it is promised, kept by a trigger on entries: any other writer is refused.

    The key is no foreign key of the database: only the trigger that opens an account writes it.
    """

    account = models.OneToOneField(
        Account, on_delete=models.PROTECT, primary_key=True, related_name="stored", db_constraint=False
    )
    posted_minor = models.BigIntegerField()
    held_minor = models.BigIntegerField()
    may_go_negative = models.BooleanField()

    class Meta:
        db_table = "svoi_accountbalance"
        constraints = [
            models.CheckConstraint(condition=Q(held_minor__gte=0), name="account_holds_are_not_negative"),
            models.CheckConstraint(
                condition=Q(may_go_negative=True) | Q(posted_minor__gte=F("held_minor")),
                name="account_never_below_zero",
            ),
        ]


class Transfer(models.Model):
    """Amounts moved, or promised, between accounts under one key.

    A hold ends by a transfer of its own, a posting or a voiding (`hold` names what it ends), and ends once.
    """

    key = models.CharField(max_length=128, unique=True)
    kind = models.CharField(max_length=8, choices=[(kind, kind) for kind in KINDS_OF_TRANSFER])
    reason = models.CharField(max_length=40)
    subject = models.CharField(max_length=40, blank=True)
    hold = models.ForeignKey("self", on_delete=models.PROTECT, null=True, db_index=False, related_name="endings")
    at = models.DateTimeField()
    xid = TransactionIdField()

    class Meta:
        db_table = "svoi_transfer"
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=KINDS_OF_TRANSFER), name="transfer_kind_is_known"),
            models.CheckConstraint(
                condition=Q(kind__in=ENDINGS, hold__isnull=False) | (~Q(kind__in=ENDINGS) & Q(hold__isnull=True)),
                name="only_endings_name_a_hold",
            ),
            models.UniqueConstraint(fields=["hold"], condition=Q(hold__isnull=False), name="hold_ends_once"),
        ]
        indexes = [models.Index(fields=["subject", "id"], condition=~Q(subject=""), name="transfers_of_subject")]

    def __str__(self) -> str:
        return self.key

    @property
    def state(self) -> str:
        """`pending` while a hold is open, then `posted` or `voided`; a plain transfer is posted from the start."""
        kind = self.kind
        if kind == "hold":
            ending = self.endings.first()
            kind = ending.kind if ending else kind
        return {"hold": "pending", "voiding": "voided"}.get(kind, "posted")


class Entry(models.Model):
    """One leg of a transfer: a credit is positive, a debit negative; each layer of a transfer sums to zero.

    Neither key is a foreign key of the database: checking one would share-lock the row of `shop:sales` for
    every order. The trigger on entries looks both up, and neither row can ever go away.
    """

    transfer = models.ForeignKey(
        Transfer, on_delete=models.PROTECT, db_constraint=False, db_index=False, related_name="entries"
    )
    account = models.ForeignKey(
        Account, on_delete=models.PROTECT, db_constraint=False, db_index=False, related_name="entries"
    )
    layer = models.CharField(max_length=8, choices=[(layer, layer) for layer in LAYERS])
    amount_minor = models.BigIntegerField()

    class Meta:
        db_table = "svoi_entry"
        constraints = [
            models.CheckConstraint(condition=Q(layer__in=LAYERS), name="entry_layer_is_known"),
            models.CheckConstraint(condition=~Q(amount_minor=0), name="entry_moves_something"),
            models.UniqueConstraint(fields=["transfer", "account", "layer"], name="entry_once"),
        ]
        indexes = [
            models.Index(
                fields=["account", "id"], include=["amount_minor"], condition=Q(layer="posted"), name="entries_posted"
            ),
            models.Index(fields=["account"], condition=~Q(layer="posted"), name="entries_promised"),
        ]


class Checkpoint(models.Model):
    """The sum of a collecting account up to an entry, worked out by the database when the row is written."""

    account = models.ForeignKey(Account, on_delete=models.PROTECT, db_index=False, related_name="checkpoints")
    entry_id = models.BigIntegerField()
    balance_minor = models.BigIntegerField()
    at = models.DateTimeField()

    class Meta:
        db_table = "svoi_checkpoint"
        constraints = [models.UniqueConstraint(fields=["account", "entry_id"], name="checkpoint_once")]
