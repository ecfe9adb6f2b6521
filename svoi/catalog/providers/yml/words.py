"""Text of a feed made plain: one line for names, paragraphs without mark-up for descriptions."""

from __future__ import annotations

import html

_BLOCKS = ("p", "div", "li", "ul", "ol", "tr", "h1", "h2", "h3", "h4", "h5", "h6")
_BREAKS = frozenset({"br", "br/", "br /", "BR", "BR/", "BR /", *(f"/{each}" for each in _BLOCKS),
                     *(f"/{each.upper()}" for each in _BLOCKS)})  # fmt: skip
_BLOCKS_BEGUN = frozenset(_BLOCKS)  # most tags there are: known at a glance


def one_line(text: str) -> str:
    """Words with single spaces between them."""
    return " ".join(text.split())


def plain_text(text: str) -> str:
    """A description as people read it, a line for each paragraph.

    Pages escape it again, so what looks like mark-up stays harmless; they also fold blanks, so those stay too.
    """
    if "<" in text:
        text = _without_tags(text)
    if "&" in text:
        text = html.unescape(text)
    return "\n".join([line for line in map(str.strip, text.split("\n")) if line])


def _without_tags(text: str) -> str:
    """Drop tags, ending the line where a block ends. A bare `<`, as in "a < b", is no tag and stays."""
    first, *parts = text.split("<")
    kept = [first]
    for part in parts:
        tag, closed, rest = part.partition(">")
        if tag in _BREAKS:
            kept.append("\n")
        elif not closed or (tag not in _BLOCKS_BEGUN and not _is_tag(tag)):
            rest = f"<{part}"
        kept.append(rest)
    return "".join(kept)


def _is_tag(text: str) -> bool:
    return text[:1].isalpha() or text.startswith(("/", "!"))
