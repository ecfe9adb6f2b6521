"""A seller's description as safe HTML: words are escaped, and only a few tags without attributes are written anew."""

from __future__ import annotations

import re
from html import escape
from html.parser import HTMLParser

from django.utils.safestring import SafeString, mark_safe

DESCRIPTION_LENGTH_MAX = 20_000
BLOCKS = {
    "p": "p",
    "div": "p",
    "section": "p",
    "h1": "p",
    "h2": "p",
    "h3": "p",
    "h4": "p",
    "h5": "p",
    "h6": "p",
    "li": "li",
}
LISTS = {"ul", "ol"}
INLINE = {"b": "strong", "strong": "strong", "i": "em", "em": "em"}
SILENT = {"script", "style", "template", "iframe", "object", "svg", "math", "noscript", "textarea", "title", "select"}
_MARKUP = re.compile(r"<\s*/?\s*[a-zA-Z!]")
_EMPTY = re.compile(r"<(strong|em|p|li|ul|ol)>\s*</\1>")
TAGS_DEEP_MAX = 4  # a list, its item, and both kinds of emphasis


def described(text: str) -> SafeString:
    """Paragraphs, lists and emphasis; nothing else of the source's markup survives."""
    text = text[:DESCRIPTION_LENGTH_MAX].replace("\0", "").replace("\r\n", "\n").strip()
    if not _MARKUP.search(text):
        return _plain(text)
    writer = _Writer()
    writer.feed(text)
    writer.close()
    return mark_safe(writer.finish())  # noqa: S308 - built below from escaped words and fixed tags


def _plain(text: str) -> SafeString:
    paragraphs = (escape(line.strip()) for line in text.splitlines() if line.strip())
    return mark_safe("".join(f"<p>{words}</p>" for words in paragraphs))  # noqa: S308 - every line is escaped


class _Writer(HTMLParser):
    """Writes its own tags as it reads somebody else's, and closes every one of them itself."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._written: list[str] = []
        self._block = ""  # the tag of the open paragraph or list item
        self._list = ""
        self._inline: list[str] = []
        self._silent = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if self._silent:
            return
        if tag in SILENT:
            self._silent = tag
        elif tag == "br" and self._block:
            self._written.append("<br>")
        elif tag in LISTS:
            self._close_list()
            self._list = tag
            self._written.append(f"<{tag}>")
        elif tag in BLOCKS:
            self._open_block(BLOCKS[tag])
        elif tag in INLINE and INLINE[tag] not in self._inline:
            if not self._block:
                self._open_block("p")
            self._inline.append(INLINE[tag])
            self._written.append(f"<{INLINE[tag]}>")

    def handle_endtag(self, tag: str) -> None:
        if self._silent:
            self._silent = "" if tag == self._silent else self._silent
        elif tag in LISTS:
            self._close_list()
        elif BLOCKS.get(tag) == "li" or (tag in BLOCKS and self._block == "p"):
            self._close_block()
        elif tag in INLINE and self._inline and self._inline[-1] == INLINE[tag]:
            self._written.append(f"</{self._inline.pop()}>")

    def handle_data(self, data: str) -> None:
        if self._silent:
            return
        if not self._block:
            if not data.strip():
                return
            self._open_block("p")
        self._written.append(escape(data))

    def _open_block(self, tag: str) -> None:
        if tag == "p" and self._block == "li":
            # Paragraphs inside a list item become lines of it.
            if not self._written[-1].startswith("<"):
                self._written.append("<br>")
            return
        self._close_block()
        if tag == "p" or not self._list:
            self._close_list()
            tag = "p"
        self._block = tag
        self._written.append(f"<{tag}>")

    def _close_block(self) -> None:
        while self._inline:
            self._written.append(f"</{self._inline.pop()}>")
        if self._block:
            self._written.append(f"</{self._block}>")
            self._block = ""

    def _close_list(self) -> None:
        self._close_block()
        if self._list:
            self._written.append(f"</{self._list}>")
            self._list = ""

    def finish(self) -> str:
        """Everything written, with all tags closed and empty ones dropped, the innermost first."""
        self._close_list()
        whole = "".join(self._written)
        for _ in range(TAGS_DEEP_MAX):
            whole = _EMPTY.sub("", whole)
        return whole
