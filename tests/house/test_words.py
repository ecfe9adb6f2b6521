"""Words: every model in the glossary, every setting described, every refusal worded, every event its own name."""

from __future__ import annotations

import re
import subprocess
from collections import Counter

from svoi.consequences import CONSEQUENCES
from svoi.kernel.events import Event
from svoi.kernel.refused import Refused
from svoi.ui.refusals import WORDS
from tests.house.test_tables import own_models
from tests.house.tree import ROOT, modules

SETTING = re.compile(r"\b(?:SVOI_[A-Z][A-Z_]+[A-Z]|DATABASE_URL)\b")


def family(root: type) -> list[type]:
    found = []
    for child in root.__subclasses__():
        if child.__module__.startswith("svoi."):
            found += [child, *family(child)]
    return found


def told_kinds() -> list[type[Event]]:
    return [event for event in family(Event) if not event.__subclasses__()]


def test_every_model_is_in_the_glossary():
    glossary = (ROOT / "docs" / "glossary.md").read_text(encoding="utf-8")
    entries = {
        line.split("|")[1].strip() for line in glossary.splitlines() if line.startswith("|") and line.count("|") >= 5
    }
    assert {model.__name__ for model in own_models()} - entries == set()


def test_every_setting_is_described():
    described = set(SETTING.findall((ROOT / "docs" / "reference" / "settings.md").read_text(encoding="utf-8")))
    used = {name for module in modules() for name in SETTING.findall(module.text)}
    assert used - described == set()
    assert described - used == set()


def test_every_refusal_has_words():
    own = {refusal.code for refusal in family(Refused) if "code" in vars(refusal)}
    assert own - set(WORDS) == set()


def test_every_event_has_a_name_of_its_own():
    assert [kind for kind, times in Counter(event.kind for event in told_kinds()).items() if times > 1] == []


def test_consequences_follow_from_events_that_exist():
    assert set(CONSEQUENCES) - {event.kind for event in told_kinds()} == set()


def test_the_tree_names_no_machine_and_no_registry():
    banned = [
        re.compile(pattern)
        for pattern in (r"(?<![\w.])/wo" + "rk/", "py" + r"pi\.org", "registry\\.npm" + "js", "deb\\.deb" + "ian")
    ]
    files = subprocess.run(
        ["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=False
    ).stdout.split("\0")
    hits = []
    for name in filter(None, files):
        file = ROOT / name
        if "/vendor/" in name or not file.is_file() or file.stat().st_size > 2_000_000:
            continue
        text = file.read_bytes().decode("utf-8", errors="ignore")
        hits += [name for pattern in banned if pattern.search(text)]
    assert hits == []


def said_twice(catalogue: str) -> list[str]:
    """Messages that stand in a catalogue twice, or are translated twice in a row: readers of it take one silently."""
    entries = re.findall(r'((?:^msgctxt .+\n)?)^msgid (.+(?:\n".*)*)', catalogue, re.MULTILINE)
    doubled = re.findall(r'^msgstr .*\n(?:".*\n)*msgstr (.*)', catalogue, re.MULTILINE)
    return [words for (_, words), times in Counter(entries).items() if times > 1] + doubled


def test_no_catalogue_says_a_thing_twice():
    assert said_twice('msgid "a"\nmsgstr "б"\n\nmsgctxt "x"\nmsgid "a"\nmsgstr "в"\n') == []
    assert said_twice('msgid "a"\nmsgstr "б"\n\nmsgid "a"\nmsgstr "в"\n') == ['"a"']
    assert said_twice('msgid "a"\nmsgstr "б"\nmsgstr "в"\n') == ['"в"']
    found = {
        path.parts[-5]: said_twice(path.read_text()) for path in (ROOT / "svoi").glob("*/locale/ru/LC_MESSAGES/*.po")
    }
    assert {surface: words for surface, words in found.items() if words} == {}
