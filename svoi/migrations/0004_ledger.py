"""Double entry: accounts, transfers and their entries."""

from pathlib import Path

import django.db.models.functions.datetime
from django.db import migrations, models
from django.db.models import PROTECT, F, Q

import svoi.db.fields

SQL = Path(__file__).resolve().parents[1] / "db" / "sql"
KINDS = ("transfer", "hold", "posting", "voiding")
ENDINGS = ("posting", "voiding")
LAYERS = ("posted", "held", "released")


def identity():
    return ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"))


class Migration(migrations.Migration):
    dependencies = [("svoi", "0003_category_name_en")]
    operations = [
        migrations.CreateModel(
            name="Account",
            fields=[
                identity(),
                ("key", models.CharField(max_length=80, unique=True)),
                ("currency", models.CharField(max_length=3)),
                ("may_go_negative", models.BooleanField()),
                ("keeps_balance", models.BooleanField()),
                ("opened_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
            ],
            options={
                "db_table": "svoi_account",
                "constraints": [
                    models.CheckConstraint(
                        condition=Q(keeps_balance=True) | Q(may_go_negative=True), name="account_floor_needs_a_balance"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="AccountBalance",
            fields=[
                (
                    "account",
                    models.OneToOneField(
                        on_delete=PROTECT,
                        primary_key=True,
                        related_name="stored",
                        serialize=False,
                        to="svoi.account",
                    ),
                ),
                ("posted_minor", models.BigIntegerField()),
                ("held_minor", models.BigIntegerField()),
                ("may_go_negative", models.BooleanField()),
            ],
            options={
                "db_table": "svoi_accountbalance",
                "constraints": [
                    models.CheckConstraint(condition=Q(held_minor__gte=0), name="account_holds_are_not_negative"),
                    models.CheckConstraint(
                        condition=Q(may_go_negative=True) | Q(posted_minor__gte=F("held_minor")),
                        name="account_never_below_zero",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Transfer",
            fields=[
                identity(),
                ("key", models.CharField(max_length=128, unique=True)),
                ("kind", models.CharField(choices=[(kind, kind) for kind in KINDS], max_length=8)),
                ("reason", models.CharField(max_length=40)),
                ("subject", models.CharField(blank=True, max_length=40)),
                (
                    "hold",
                    models.ForeignKey(
                        db_index=False, null=True, on_delete=PROTECT, related_name="endings", to="svoi.transfer"
                    ),
                ),
                ("at", models.DateTimeField()),
                ("xid", svoi.db.fields.TransactionIdField()),
            ],
            options={
                "db_table": "svoi_transfer",
                "constraints": [
                    models.CheckConstraint(condition=Q(kind__in=KINDS), name="transfer_kind_is_known"),
                    models.CheckConstraint(
                        condition=Q(kind__in=ENDINGS, hold__isnull=False)
                        | (~Q(kind__in=ENDINGS) & Q(hold__isnull=True)),
                        name="only_endings_name_a_hold",
                    ),
                    models.UniqueConstraint(fields=["hold"], condition=Q(hold__isnull=False), name="hold_ends_once"),
                ],
                "indexes": [
                    models.Index(fields=["subject", "id"], condition=~Q(subject=""), name="transfers_of_subject")
                ],
            },
        ),
        migrations.CreateModel(
            name="Entry",
            fields=[
                identity(),
                (
                    "transfer",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=PROTECT,
                        related_name="entries",
                        to="svoi.transfer",
                    ),
                ),
                (
                    "account",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=PROTECT,
                        related_name="entries",
                        to="svoi.account",
                    ),
                ),
                ("layer", models.CharField(choices=[(layer, layer) for layer in LAYERS], max_length=8)),
                ("amount_minor", models.BigIntegerField()),
            ],
            options={
                "db_table": "svoi_entry",
                "constraints": [
                    models.CheckConstraint(condition=Q(layer__in=LAYERS), name="entry_layer_is_known"),
                    models.CheckConstraint(condition=~Q(amount_minor=0), name="entry_moves_something"),
                    models.UniqueConstraint(fields=["transfer", "account", "layer"], name="entry_once"),
                ],
                "indexes": [
                    models.Index(
                        fields=["account", "id"],
                        include=["amount_minor"],
                        condition=Q(layer="posted"),
                        name="entries_posted",
                    ),
                    models.Index(fields=["account"], condition=~Q(layer="posted"), name="entries_promised"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Checkpoint",
            fields=[
                identity(),
                (
                    "account",
                    models.ForeignKey(
                        db_index=False, on_delete=PROTECT, related_name="checkpoints", to="svoi.account"
                    ),
                ),
                ("entry_id", models.BigIntegerField()),
                ("balance_minor", models.BigIntegerField()),
                ("at", models.DateTimeField()),
            ],
            options={
                "db_table": "svoi_checkpoint",
                "constraints": [models.UniqueConstraint(fields=["account", "entry_id"], name="checkpoint_once")],
            },
        ),
        *[
            migrations.RunSQL((SQL / name).read_text(encoding="utf-8"), migrations.RunSQL.noop)
            for name in ("ledger_guard_v1.sql", "ledger_post_v1.sql", "ledger_checkpoint_v1.sql")
        ],
    ]
