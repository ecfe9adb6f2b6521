"""What a module may not do, as functions from a module to the sentences that say where it does."""

from __future__ import annotations

import ast

from tests.house.tree import ROOMS, Module, functions

FILE_LINES_MAX = 400
FUNCTION_LINES_MAX = 59
WRITING = {"save", "create", "bulk_create", "bulk_update", "get_or_create", "update_or_create", "delete", "update"}
CLOCKS = {"now", "utcnow", "today", "time", "monotonic"}
# Whoever stands for the outside world or for Django itself writes its own book.
WRITES_BY_TRADE = ("db/", "payments/providers/fake/", "members/sessions.py")
BELOW_SURFACES = ("kernel", "engines", "db", *ROOMS)


def too_long(module: Module) -> list[str]:
    """Files of more than 400 lines, functions of 60 and more."""
    found = []
    if module.text.count("\n") > FILE_LINES_MAX:
        found.append(f"{module.path}: more than {FILE_LINES_MAX} lines")
    for function in functions(module):
        lines = (function.end_lineno or function.lineno) - function.lineno + 1
        if lines > FUNCTION_LINES_MAX:
            found.append(f"{module.path}: {function.name} has {lines} lines")
    return found


def untold(module: Module) -> list[str]:
    """Modules that do not begin with a sentence about themselves."""
    if not module.text.strip() or ast.get_docstring(module.tree):
        return []
    return [f"{module.path}: no docstring"]


def positional_actions(module: Module) -> list[str]:
    """Public functions of actions that take anything by position."""
    if not module.is_actions or module.floor not in ROOMS:
        return []
    return [
        f"{module.path}: {node.name} takes positional arguments"
        for node in module.tree.body
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef))
        and not node.name.startswith("_")
        and (node.args.args or node.args.posonlyargs)
        and _is_verb(node)
    ]


def writes_outside_actions(module: Module) -> list[str]:
    """Rows written, or events recorded, anywhere but in actions."""
    if module.is_actions or module.path.startswith(WRITES_BY_TRADE):
        return []
    found = []
    for node in ast.walk(module.tree):
        if not isinstance(node, ast.Call):
            continue
        if isinstance(node.func, ast.Name) and node.func.id == "record" and "svoi.db.outbox" in module.text:
            found.append(f"{module.path}:{node.lineno}: records an event")
        if isinstance(node.func, ast.Attribute) and node.func.attr in WRITING and _is_rows(node.func.value):
            found.append(f"{module.path}:{node.lineno}: writes by .{node.func.attr}()")
    return found


def reads_a_clock(module: Module) -> list[str]:
    """Clocks read below the surfaces, where time is an argument."""
    if module.floor not in BELOW_SURFACES:
        return []
    return [
        f"{module.path}:{node.lineno}: reads a clock"
        for node in ast.walk(module.tree)
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr in CLOCKS
        and isinstance(node.func.value, ast.Name)
        and node.func.value.id in {"datetime", "timezone", "time", "date"}
    ]


def _is_verb(node: ast.FunctionDef | ast.AsyncFunctionDef) -> bool:
    """Helpers shared between the files of an actions package take what they work on; verbs are decorated or act."""
    return not (len(node.args.args) == 1 and node.args.args[0].arg in {"show_id", "show", "key", "typed", "password"})


def _is_rows(value: ast.expr) -> bool:
    """Does the expression end in a manager or a filtered set of rows?"""
    while isinstance(value, (ast.Call, ast.Attribute)):
        if isinstance(value, ast.Attribute) and value.attr == "objects":
            return True
        value = value.func if isinstance(value, ast.Call) else value.value
    return False
