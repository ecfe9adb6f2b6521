"""The board of a rundown: its address, a form filled in, and what an answer shows."""

from __future__ import annotations

import re


def home(show) -> str:
    return f"/studio/shows/{show.pk}/rundown"


def text(answer) -> str:
    return answer.content.decode()


def code(answer) -> str:
    return re.search(r'data-refused="(\w+)"', text(answer))[1]


def titles(answer) -> list[str]:
    return re.findall(r'<h3 class="segment-title">([^<]*)</h3>', text(answer))


def filled(**changes) -> dict[str, str]:
    good = {"seen": "0", "kind": "talk", "length": "5:30", "title_ru": "Разговор"}
    return {**good, **{name: str(value) for name, value in changes.items()}}
