"""Every module keeps the rules, and each rule catches a module that does not."""

from __future__ import annotations

import pytest

from tests.house import checks
from tests.house.tree import Module, modules

LONG_FILE = Module("orders/queries.py", '"""Long."""\n' + "x = 1\n" * 400)
LONG_FUNCTION = Module("orders/queries.py", '"""Long."""\ndef f():\n' + "    x = 1\n" * 60)
PLANTS = [
    (checks.too_long, LONG_FILE),
    (checks.too_long, LONG_FUNCTION),
    (checks.untold, Module("orders/queries.py", "x = 1\n")),
    (checks.positional_actions, Module("orders/actions.py", '"""A."""\ndef sell(order, at):\n    pass\n')),
    (checks.writes_outside_actions, Module("web/views/a.py", '"""A."""\nOrder.objects.filter(pk=1).update(x=1)\n')),
    (checks.writes_outside_actions, Module("orders/queries.py", '"""A."""\nOrder.objects.create(x=1)\n')),
    (
        checks.writes_outside_actions,
        Module("web/views/a.py", '"""A."""\nfrom svoi.db.outbox import record\nrecord(OrderPaid())\n'),
    ),
    (checks.reads_a_clock, Module("orders/rules.py", '"""A."""\nx = datetime.now()\n')),
    (checks.reads_a_clock, Module("payments/actions.py", '"""A."""\nx = timezone.now()\n')),
]


@pytest.mark.parametrize(
    "check",
    [checks.too_long, checks.untold, checks.positional_actions, checks.writes_outside_actions, checks.reads_a_clock],
)
def test_every_module_keeps_it(check):
    assert [sentence for module in modules() for sentence in check(module)] == []


@pytest.mark.parametrize(("check", "plant"), PLANTS)
def test_a_planted_violation_is_caught(check, plant: Module):
    assert len(check(plant)) == 1
