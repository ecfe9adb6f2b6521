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
    pieces = _without_tags(text) if "<" in text else [text]
    if "&" in text:
        pieces = [html.unescape(piece) for piece in pieces]
    lines: list[str] = []
    for piece in map(str.strip, pieces):
        if "\n" in piece:
            lines += [line for line in map(str.strip, piece.split("\n")) if line]
        elif piece:
            lines.append(piece)
    return "\n".join(lines)


def _without_tags(text: str) -> list[str]:
    """The text cut where its blocks end, without tags. A bare `<`, as in "a < b", is no tag and stays."""
    piece, *parts = text.split("<")
    pieces: list[str] = []
    for part in parts:
        tag, closed, rest = part.partition(">")
        if tag in _BREAKS:
            pieces.append(piece)
            piece = rest
        elif closed and (tag in _BLOCKS_BEGUN or _is_tag(tag)):
            piece += rest
        else:
            piece += f"<{part}"
    pieces.append(piece)
    return pieces


def _is_tag(text: str) -> bool:
    return text[:1].isalpha() or text.startswith(("/", "!"))
