"""Empties the tables between tests that commit: only those that hold something, and nothing that never changes.

Django would truncate every table and write all permissions anew after each such test, which took most of a run.
"""

from __future__ import annotations

from typing import Any

from django.db import connections
from django.test.testcases import TransactionTestCase

# What migrations leave and no test changes.
KEPT = frozenset({"django_migrations", "django_content_type", "auth_permission"})
# Triggers sleep meanwhile: facts are append-only, and keys would ask for an order.
EMPTY = """
do $$ declare name text; holds boolean; begin
  set local session_replication_role = replica;
  foreach name in array array[{names}] loop
    execute format('select exists (select from %I)', name) into holds;
    if holds then execute format('delete from %I', name); end if;
  end loop;
end $$
"""


def empty_tables(alias: str) -> None:
    """Delete all rows of the installed models, whatever refers to whatever."""
    connection = connections[alias]
    with connection.cursor() as cursor:
        standing = connection.introspection.django_table_names(only_existing=True, include_views=False)
        names = ", ".join(f"'{name}'" for name in sorted(set(standing) - KEPT))
        cursor.execute(EMPTY.format(names=names))


def _teardown(case: Any) -> None:
    for alias in case._databases_names(include_mirrors=False):
        empty_tables(alias)


def quicken() -> None:
    """From now on, in place of Django's flush."""
    TransactionTestCase._fixture_teardown = _teardown
