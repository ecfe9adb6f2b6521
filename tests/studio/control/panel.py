"""The control room's addresses, how each is asked, what a page answers, and what was written down."""

from __future__ import annotations

import re

from django.test import Client

from svoi.control.models import Answer, CrewNote, Cue, Duties, Hold, Incident, MessagePin, Poll
from tests.studio.stage import send

POLL = {"question_ru": "Какой?", "option_ru_0": "Синий", "option_ru_1": "Белый", "runs_s": "60"}
# Method, address and fields: what the whole crew finds, what a host finds besides, what only those who run shows do.
KEPT = [
    ("get", "control", {}),
    ("get", "plan", {}),
    ("get", "log", {}),
    ("get", "trend", {}),
    ("get", "trend/table", {}),
    ("get", "notes", {}),
    ("post", "notes", {"text": "Свет"}),
    ("get", "incidents", {}),
    ("post", "incidents", {"kind": "technical", "note": "Звук"}),
    ("post", "incidents/steps", {"do": "slow"}),
    ("get", "questions", {}),
    ("post", "questions", {"message": "{message}"}),
    ("post", "message", {"do": "pin", "message": "{message}"}),
    ("post", "message", {"do": "unpin"}),
    ("get", "polls", {}),
    ("get", "allotments", {}),
    ("get", "prompter", {}),
    ("get", "prompter/now", {}),
]
CUED = [
    ("post", "hold", {"do": "take"}),
    ("post", "hold", {"do": "stay"}),
    ("post", "cues", {"segment": "{segment}"}),
    ("post", "hold", {"do": "release"}),
]
RUN = [
    ("get", "duties", {}),
    ("post", "duties", {"member": "{keeper}", "where": "show", "do": "state", "act": "hide"}),
    ("post", "notes", {"text": "Крупнее", "audience": "host"}),
    ("post", "allotments/{product}", {"do": "set", "pieces": "5", "reason": "plan"}),
    ("post", "polls", POLL),
    ("post", "polls/{poll}", {"do": "fire", "seen": "armed"}),
]
EVERYTHING = [*KEPT, *CUED, *RUN]
Door = tuple[str, str, dict[str, str]]


def ask(browser: Client, door: Door, places: dict[str, int]) -> int:
    method, part, fields = door
    if "{poll}" in part:
        places = {**places, "poll": Poll.objects.values_list("pk", flat=True).first() or 1}
    filled = {name: value.format(**places) for name, value in fields.items()}
    return send(browser, method, f"/studio/shows/{places['show']}/{part.format(**places)}", filled).status_code


def rows() -> list[int]:
    return [model.objects.count() for model in (Answer, CrewNote, Cue, Duties, Hold, Incident, MessagePin, Poll)]


def words(answer) -> str:
    return re.sub(r"\s+", " ", answer.content.decode())


def code(answer) -> str:
    found = re.search(r'data-refused="(\w+)"', answer.content.decode())
    return found[1] if found else ""
