"""The first bytes of a feed, judged before any XML parser sees them.

A document type is where entity bombs and outside entities live, and no feed needs one, so it is refused by
its letters alone. That holds only in encodings that write ASCII as ASCII; all others are refused too. The one
exception are the words every YML feed once began with: they are struck out, so that no parser looks for the
file they name.
"""

from __future__ import annotations

import re

from svoi.catalog.rules.feeds import FeedRefused

ENCODINGS = frozenset({"utf-8", "utf8", "windows-1251", "cp1251", "koi8-r", "us-ascii", "ascii"})
_UTF8_MARK = b"\xef\xbb\xbf"
_OTHER_MARKS = (b"\xff\xfe", b"\xfe\xff", b"\x00", b"<\x00")
_DECLARATION = re.compile(rb"""<\?xml\s[^>]*?encoding\s*=\s*["']([^"']*)["'][^>]*>""")
_SPACE_OR_ASIDE = re.compile(rb"\s+|<\?.*?\?>|<!--.*?-->", re.DOTALL)
_CUSTOM_DOCTYPE = re.compile(rb"""<!DOCTYPE\s+yml_catalog\s+SYSTEM\s+["']shops\.dtd["']\s*>""")
_DOCTYPE = re.compile(rb"<!doctype\s+(\w*)", re.IGNORECASE)
_ROOT = re.compile(rb"<([A-Za-z_][\w.:-]*)")


def admit_head(head: bytes) -> bytes:
    """A feed's first bytes as the parser may see them; raise `FeedRefused` with the reason."""
    if not head.strip():
        raise FeedRefused(reason="empty")
    if head.startswith(_OTHER_MARKS):
        raise FeedRefused(reason="encoding", encoding="UTF-16")
    head = head.removeprefix(_UTF8_MARK)
    _admit_encoding(head)
    asides = _asides(head)
    if custom := _CUSTOM_DOCTYPE.match(head, asides):
        head = head[:asides] + head[custom.end() :]
        asides += _asides(head[asides:])
    _admit_root(head[asides:])
    return head


def _admit_root(rest: bytes) -> None:
    if doctype := _DOCTYPE.match(rest):
        raise FeedRefused(reason="html_page" if doctype[1].lower() == b"html" else "doctype")
    root = _ROOT.match(rest)
    if root is None:
        raise FeedRefused(reason="not_xml", line=1)
    if root[1].lower() == b"html":
        raise FeedRefused(reason="html_page")
    if root[1] != b"yml_catalog":
        raise FeedRefused(reason="not_a_feed", root=root[1].decode("ascii", "replace")[:40])


def _admit_encoding(head: bytes) -> None:
    declared = _DECLARATION.match(head)
    encoding = declared[1].decode("ascii", "replace") if declared else "utf-8"
    if encoding.lower() not in ENCODINGS:
        raise FeedRefused(reason="encoding", encoding=encoding[:40])


def _asides(head: bytes) -> int:
    """How long the declaration, comments and instructions are; the document type or the root follows."""
    at = 0
    while aside := _SPACE_OR_ASIDE.match(head, at):
        at = aside.end()
    return at
