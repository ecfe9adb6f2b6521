"""No page carries a script, a style or a handler inside it: the content policy forbids them."""

import re

import pytest

from tests.ui.files import MODULES, PRODUCT, TEMPLATES

FORBIDDEN = {
    "inline script": r"<script(?![^>]*\bsrc=)(?![^>]*type=\"application/json\")",
    "inline style": r"<style\b|\sstyle\s*=",
    "inline handler": r"<[^>]*\son[a-z]+\s*=",
    "script address": r"javascript:",
    "evaluated attribute": r"\bhx-on|\bhx-\w+=[\"']\s*js:",
    "unescaped value": r"\|safe\b|autoescape off",
    "foreign address": r"(?:src|href)=\"(?:https?:)?//",
}


@pytest.mark.parametrize("fault", FORBIDDEN)
def test_templates_are_clean(fault: str) -> None:
    found = [path for path in TEMPLATES if re.search(FORBIDDEN[fault], path.read_text())]
    assert [path.relative_to(PRODUCT).as_posix() for path in found] == []


def test_modules_write_no_markup_and_evaluate_nothing() -> None:
    fault = r"\.innerHTML\s*[+]?=|insertAdjacentHTML|document\.write|\beval\(|new Function|setAttribute\(\"style\""
    assert [path.relative_to(PRODUCT).as_posix() for path in MODULES if re.search(fault, path.read_text())] == []


def test_one_custom_element_a_file() -> None:
    counted = {path.name: len(re.findall(r"customElements\.define", path.read_text())) for path in MODULES}
    assert {name: count for name, count in counted.items() if count > 1} == {}


# An import map counts for no worker: there a module names its neighbour, and the storage puts in the hashed name.
RELATIVE = re.compile(r"""(?:from|import)\s*\(?\s*["'](\.[^"']*|/[^"']*)["']""")


def test_modules_import_by_the_names_of_the_import_map() -> None:
    imports = {
        path: {(path.parent / name).resolve() for name in RELATIVE.findall(path.read_text())} for path in MODULES
    }
    workers = {path.resolve() for path in MODULES if path.name == "worker.js"}
    while more := {neighbour for path in imports if path.resolve() in workers for neighbour in imports[path]} - workers:
        workers |= more
    found = [path for path in imports if imports[path] and path.resolve() not in workers]
    assert [path.relative_to(PRODUCT).as_posix() for path in found] == []
