"""The source tree as the checks read it: modules with their syntax trees."""

from __future__ import annotations

import ast
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
ROOMS = (
    "members",
    "letters",
    "communities",
    "catalog",
    "ledger",
    "pickup",
    "payments",
    "orders",
    "shows",
    "planning",
    "rundowns",
    "control",
    "trust",
    "law",
)
SURFACES = ("web", "studio", "admin", "api", "jobs", "town", "ui")


@dataclass(frozen=True)
class Module:
    """One Python file under svoi/, by its path from there."""

    path: str
    text: str

    @property
    def tree(self) -> ast.Module:
        return ast.parse(self.text)

    @property
    def floor(self) -> str:
        return self.path.split("/")[0].removesuffix(".py")

    @property
    def is_actions(self) -> bool:
        return "actions" in self.path.removesuffix(".py").split("/")


def modules() -> list[Module]:
    """All of the product's own modules, migrations left out."""
    files = sorted((ROOT / "svoi").rglob("*.py"))
    found = [Module(str(file.relative_to(ROOT / "svoi")), file.read_text(encoding="utf-8")) for file in files]
    return [module for module in found if not module.path.startswith("migrations/")]


def functions(module: Module) -> list[ast.FunctionDef | ast.AsyncFunctionDef]:
    """Every function and method of a module."""
    return [node for node in ast.walk(module.tree) if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef))]
