"""What the database holds by itself, whoever writes."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import psycopg
import pytest
from django.conf import settings
from django.db import IntegrityError, connection, transaction
from psycopg import sql

from svoi.planning.models import Reminder, Shift, Slot, TrainingMark, TrainingStep
from svoi.shows.models import Show
from tests import cast
from tests.cast import NOON
from tests.planning.desk import after, planned, studio

SQL = Path(__file__).resolve().parents[2] / "svoi" / "db" / "sql" / "planning_v1.sql"


SAYS = 'Svoi needs the PostgreSQL extension btree_gist, and the user "narrow" of DATABASE_URL may not create it.'
ADVISES = (
    "Let the owner of the database run once: create extension btree_gist; "
    "or: grant create on database narrow to narrow;"
)


def held(name: str, write) -> None:
    with pytest.raises(IntegrityError) as broken, transaction.atomic():
        write()
    assert broken.value.__cause__.diag.constraint_name == name


def bare_show(place, host) -> Show:
    return Show.objects.create(community=place, host=host, title_ru="Эфир", starts_at=after(24))


def test_two_plans_never_share_a_studio_at_one_moment(room, table, anna):
    slot = planned(room, anna)
    fields = {"community": table, "studio": room, "preparation_min": 0, "planned_by": anna}

    def write(begins_at):
        return Slot.objects.create(
            show=bare_show(table, anna), begins_at=begins_at, ends_at=begins_at + timedelta(hours=1), **fields
        )

    held("slot_studio_is_free", lambda: write(slot.ends_at - timedelta(microseconds=1)))
    write(slot.ends_at)
    Slot.objects.filter(pk=slot.pk).update(removed_at=NOON)
    write(slot.begins_at)


def test_a_host_stands_in_one_show_at_a_time(room, table, anna, host):
    slot, other = planned(room, anna), planned(studio(table, anna, name="Малая"), host, by=anna)
    fields = {"slot": other, "member": anna, "assigned_by": anna, "changed_at": NOON}
    when = {"begins_at": slot.begins_at, "ends_at": slot.ends_at}
    held("shift_host_is_free", lambda: Shift.objects.create(role="host", **when, **fields))
    Shift.objects.create(role="producer", **when, **fields)
    Shift.objects.create(role="host", begins_at=slot.ends_at, ends_at=after(26), **fields)


def test_a_series_has_one_show_a_date(room, table, anna):
    from tests.planning.test_series import friday_series

    series = friday_series(room, anna)
    slot = planned(room, anna)
    later = planned(room, anna, hours=48)
    Slot.objects.filter(pk=slot.pk).update(series=series, local_date=NOON.date())
    held("series_date_once", lambda: Slot.objects.filter(pk=later.pk).update(series=series, local_date=NOON.date()))
    held("slot_of_series_has_its_date", lambda: Slot.objects.filter(pk=later.pk).update(series=series))


def test_nobody_confirms_her_own_training(table, anna, host):
    step = TrainingStep.objects.create(community=table, title_ru="Шаг", position=0, added_by=anna, added_at=NOON)
    mark = {"step": step, "member": host, "done_at": NOON}
    held(
        "training_confirmed_by_another",
        lambda: TrainingMark.objects.create(confirmed_by=host, confirmed_at=NOON, **mark),
    )
    held("training_confirmed_by_another", lambda: TrainingMark.objects.create(confirmed_at=NOON, **mark))
    TrainingMark.objects.create(confirmed_by=anna, confirmed_at=NOON, **mark)


def test_a_reminder_rings_once(room, anna, vera):
    show = planned(room, anna).show
    reminder = Reminder.objects.create(show=show, member=vera, ahead_min=15, asked_at=NOON, rung_at=NOON)
    with pytest.raises(IntegrityError), transaction.atomic():
        Reminder.objects.filter(pk=reminder.pk).update(rung_at=None)
    with pytest.raises(IntegrityError), transaction.atomic():
        Reminder.objects.filter(pk=reminder.pk).update(rung_at=after(1))
    held("reminder_once", lambda: Reminder.objects.create(show=show, member=vera, ahead_min=5, asked_at=NOON))


def test_a_show_called_off_was_never_on_air(table, anna):
    show = cast.live_show(table, anna)
    held("show_called_off_never_aired", lambda: Show.objects.filter(pk=show.pk).update(called_off_at=NOON))


@pytest.mark.django_db(transaction=True)
def test_a_user_without_the_right_is_told_what_to_do():
    """The extension's part of the migration, run by somebody who may sign in to a database and create nothing there."""
    told = connection.get_connection_params()
    address = {name: told[name] for name in ("host", "port", "password") if told.get(name)}
    make = SQL.read_text(encoding="utf-8").partition("$$;")[0] + "$$;"
    with psycopg.connect(
        **address, user=told["user"], dbname=settings.DATABASES["default"]["NAME"], autocommit=True
    ) as own:
        own.execute("create role narrow login password 'narrow'")
        own.execute("create database narrow")
        try:
            with psycopg.connect(**{**address, "password": "narrow"}, user="narrow", dbname="narrow") as narrow:
                with pytest.raises(psycopg.errors.InsufficientPrivilege) as refused:
                    narrow.execute(make)
                narrow.rollback()
                assert (refused.value.diag.message_primary, refused.value.diag.message_hint) == (
                    SAYS,
                    ADVISES,
                )
            # Trusted extensions need no superuser: the right to create in the database is enough.
            own.execute("grant create on database narrow to narrow")
            with psycopg.connect(**{**address, "password": "narrow"}, user="narrow", dbname="narrow") as narrow:
                narrow.execute(make)
                narrow.execute(make)
                found = narrow.execute("select extname from pg_extension where extname = 'btree_gist'").fetchall()
            assert found == [("btree_gist",)]
        finally:
            own.execute("drop database narrow")
            own.execute(sql.SQL("drop role narrow"))
