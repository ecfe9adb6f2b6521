"""Transactions by what they mean: an action is one, and an action called by an action joins it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from django.db import connection, transaction

Verb = TypeVar("Verb", bound=Callable[..., Any])


def atomic(verb: Verb) -> Verb:
    """All or nothing: no savepoint, so that a failure inside never leaves the outer half behind."""
    return transaction.atomic(savepoint=False)(verb)


def after_commit(step: Callable[[], Any]) -> None:
    """Run a step that must not happen when the transaction is rolled back, such as waking another process."""
    transaction.on_commit(step)


def required() -> None:
    """State that the caller holds a transaction, for example because it relies on a row lock."""
    assert connection.in_atomic_block, "this needs the caller's transaction"


def one_moment() -> None:
    """Make the open transaction read one moment of the database, however many queries it takes, and write nothing.

    PostgreSQL takes the order only before the first query, so inside an outer transaction it is left out.
    """
    if connection.savepoint_ids:
        return
    with connection.cursor() as cursor:
        cursor.execute("set transaction isolation level repeatable read, read only")
