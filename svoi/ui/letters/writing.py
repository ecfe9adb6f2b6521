"""From facts to a letter: words from a template, put into the frame twice, as plain text and as a page.

A template of words gives plain paragraphs; the first is the title. Both parts are made of the same words, so that
the plain part never says less. Mail programs read no stylesheets: the frame's classes are written out as styles.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from django.conf import settings
from django.template.loader import render_to_string

from svoi.ui.letters.about import About, AboutShow
from svoi.ui.letters.look import NIGHT, STYLES

_CLASS = re.compile(r'\bclass="([a-z-]+)"')
_BLANK = re.compile(r"\n\s*\n")


@dataclass(frozen=True, slots=True)
class Written:
    """A letter in its three parts."""

    title: str
    text: str
    html: str


def write(kind: str, about: About | AboutShow) -> Written:
    """The letter of this kind in the language that is active now."""
    facts = {"about": about, "told": about.told, "link": f"{settings.PUBLIC_URL}{about.link}", **about.facts()}
    said = render_to_string(f"ui/letters/words/{kind}.txt", facts)
    title, *paragraphs = [" ".join(one.split(" \n")).strip() for one in _BLANK.split(said.strip())]
    shown = {**facts, "kind": kind, "title": title, "paragraphs": paragraphs, "shop": settings.PUBLIC_URL}
    return Written(
        title=title,
        text=_plain(render_to_string("ui/letters/frame.txt", shown)),
        html=styled(render_to_string("ui/letters/frame.html", shown)),
    )


def _plain(text: str) -> str:
    return re.sub(r"\n{3,}", "\n\n", text).strip() + "\n"


def styled(page: str) -> str:
    """Every class of the frame as a style beside it; the dark look follows the reader's system where it can."""
    styled = _CLASS.sub(lambda one: f'class="{one[1]}" style="{STYLES[one[1]]}"', page)
    return styled.replace("</head>", f"<style>{NIGHT}</style></head>", 1)
