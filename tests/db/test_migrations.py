"""A new house takes one step where an old one took many: both end with the same tables and the same statements."""

from django.apps import apps
from django.db.migrations import RunSQL
from django.db.migrations.autodetector import MigrationAutodetector
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.state import ProjectState
from django.utils import translation

ONE_STEP, LAST_OLD = ("svoi", "0001_squashed_0024_control"), ("svoi", "0024_control")
# Filled a new column of rows that a new house has not got.
ONLY_FOR_OLD_ROWS = "update svoi_orderline l set origin_kind"


def statements(loader: MigrationLoader, last: tuple[str, str]) -> list[str]:
    plan = [loader.graph.nodes[key] for key in loader.graph.forwards_plan(last)]
    steps = [step for migration in plan for step in migration.operations if isinstance(step, RunSQL)]
    return [str(step.sql).strip() for step in steps]


def test_both_ways_make_the_same_tables() -> None:
    loader = MigrationLoader(None, replace_migrations=False)
    old, new = loader.project_state(LAST_OLD), loader.project_state(ONE_STEP)
    assert len(new.models) > 100
    assert MigrationAutodetector(old, new)._detect_changes() == {}
    assert MigrationAutodetector(new, old)._detect_changes() == {}


def test_both_ways_run_the_same_statements_in_the_same_order() -> None:
    loader = MigrationLoader(None, replace_migrations=False)
    old = [told for told in statements(loader, LAST_OLD) if not told.startswith(ONLY_FOR_OLD_ROWS)]
    new = statements(loader, ONE_STEP)
    assert sorted(new) == sorted(old)
    assert new[:-1] == [told for told in old if told != new[-1]]


def test_no_model_was_changed_without_a_migration() -> None:
    loader = MigrationLoader(None)
    with translation.override("en"):  # a label of Django's own is kept as it is written
        now = ProjectState.from_apps(apps)
        changes = MigrationAutodetector(loader.project_state(), now).changes(loader.graph)
    assert changes.get("svoi", []) == []
