"""A feed as a stream of finished elements, in memory that does not grow with the file."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain
from typing import Any, Literal

from lxml import etree

from svoi.catalog.providers.yml.head import admit_head
from svoi.catalog.rules.feeds import ELEMENT_BYTES_MAX, HEAD_BYTES_MAX, FeedRefused

ROOT = "yml_catalog"
WANTED = frozenset({"offer", "category"})


def elements(pieces: Iterator[bytes]) -> Iterator[Any]:
    """The root as it begins, then each `offer` and `category` as it ends; valid until the next is asked for.

    Raises `FeedRefused` for whatever is not a well-formed feed, at the latest after the last byte.
    """
    head = admit_head(_gathered(pieces))
    root = _root(head)
    yield root
    parser = _hardened("end", *WANTED)
    edge, silent_bytes = None, 0
    for piece in chain([head], pieces):
        ended = _fed(parser, piece)
        yield from ended
        if ended:
            root = ended[0].getroottree().getroot()
        was_pruned, reached = _prune(root)
        silent_bytes = 0 if was_pruned or reached is not edge else silent_bytes + len(piece)
        edge = reached
        if silent_bytes > ELEMENT_BYTES_MAX:
            raise FeedRefused(reason="element_too_large", bytes_max=ELEMENT_BYTES_MAX)
    _close(parser)


def _hardened(event: Literal["start", "end"], *tags: str) -> Any:
    """No document type, entities or network; libxml2's own limits on depth and text stay on."""
    return etree.XMLPullParser(
        events=(event,),
        tag=tags,
        load_dtd=False,
        no_network=True,
        resolve_entities=False,
        huge_tree=False,
        remove_blank_text=True,
        collect_ids=False,
        remove_comments=True,
        remove_pis=True,
    )


def _root(head: bytes) -> Any:
    """The root with its attributes, from a parser of its own: the other is asked for fewer events, for speed."""
    begun = _fed(_hardened("start", ROOT), head)
    if not begun:
        raise FeedRefused(reason="truncated", line=0)
    if begun[0].getroottree().docinfo.internalDTD is not None:
        raise FeedRefused(reason="doctype")
    return begun[0]


def _gathered(pieces: Iterator[bytes]) -> bytes:
    head = b""
    for piece in pieces:
        head += piece
        if len(head) >= HEAD_BYTES_MAX:
            break
    return head


def _fed(parser: Any, piece: bytes) -> list[Any]:
    """What began or ended in this piece, as the parser was asked to tell."""
    try:
        parser.feed(piece)
    except etree.XMLSyntaxError as error:
        raise FeedRefused(reason="not_xml", line=error.lineno or 0) from None
    return [element for _, element in parser.read_events()]


def _prune(root: Any) -> tuple[bool, Any]:
    """Forget what is finished: all that stands before the elements still open.

    Tells whether there was something, and how far it came: an element that stays the edge while bytes flow
    by is too large.
    """
    was_pruned = False
    node = root
    while len(node) and node.tag not in WANTED:
        if len(node) > 1:
            del node[:-1]
            was_pruned = True
        node = node[-1]
    return was_pruned, node


def _close(parser: Any) -> None:
    try:
        parser.close()
    except etree.XMLSyntaxError as error:
        # An unknown entity is told only now; whatever else is told at the end is the end itself.
        for told in parser.feed_error_log:
            if told.type == etree.ErrorTypes.ERR_UNDECLARED_ENTITY:
                raise FeedRefused(reason="not_xml", line=told.line) from None
        raise FeedRefused(reason="truncated", line=error.lineno or 0) from None
