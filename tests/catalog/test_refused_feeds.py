"""Files that are no feed, or mean harm: each is refused with one reason, and nothing of it is taken."""

from __future__ import annotations

import gzip
import io
import random
from collections.abc import Callable

import pytest

from svoi.catalog.models import FeedImport
from svoi.catalog.providers.yml.head import ENCODINGS
from svoi.catalog.providers.yml.reader import YmlFeed
from svoi.catalog.rules import feeds as limits
from svoi.catalog.rules.feeds import ELEMENT_BYTES_MAX, FeedRefused
from svoi.communities.models import Community
from tests import cast
from tests.catalog.feeds import TABLES, document, offer, take_in, versions

SOUND = document(*[offer(f"m{n}") for n in range(400)])
ENTITIES = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 10))
BOMB = f'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY e0 "ха">{ENTITIES}]><yml_catalog date="&e9;">&e9;</yml_catalog>'
OLD = b'<!DOCTYPE yml_catalog SYSTEM "shops.dtd">'
OUTSIDE = '<!DOCTYPE yml_catalog [<!ENTITY x SYSTEM "file:///etc/passwd">]><yml_catalog><shop>&x;</shop></yml_catalog>'
LOADED = '<!DOCTYPE yml_catalog SYSTEM "http://169.254.169.254/feed.dtd"><yml_catalog/>'
PARAMETER = '<!DOCTYPE yml_catalog [<!ENTITY % p SYSTEM "file:///etc/hostname">%p;]><yml_catalog/>'
LATE = document("<!DOCTYPE x>")
LONG_TEXT = "ж" * 5_000_000


def within(inside: str) -> bytes:
    return document("@").replace(b"@", inside.encode())


CASES: dict[str, tuple[bytes, str]] = {
    "nothing": (b"", "empty"),
    "blanks": (b" \n\t ", "empty"),
    "an entity bomb": (BOMB.encode(), "doctype"),
    "an entity bomb in windows-1251": (BOMB.replace("?>", ' encoding="windows-1251"?>', 1).encode("cp1251"), "doctype"),
    "an outside entity": (OUTSIDE.encode(), "doctype"),
    "an outside document type": (LOADED.encode(), "doctype"),
    "a parameter entity": (PARAMETER.encode(), "doctype"),
    "a document type behind a comment": (b"<!-- x --><?a b?>\n<!DoCtYpE yml_catalog><yml_catalog/>", "doctype"),
    "the old document type with more in it": (OLD.replace(b">", b" [<!ENTITY x 'y'>]>") + SOUND, "doctype"),
    "the old document type twice": (OLD + OLD + b"<yml_catalog/>", "doctype"),
    "a document type that comes late": (LATE, "not_xml"),
    "an entity without a declaration": (within(offer(more="<model>&nope;</model>")), "not_xml"),
    "UTF-16": (document(offer()).decode().replace("UTF-8", "UTF-16").encode("utf-16"), "encoding"),
    "UTF-16 without a mark": (document(offer()).decode().encode("utf-16-le"), "encoding"),
    "UTF-7, which hides a document type": (b'<?xml version="1.0" encoding="UTF-7"?>+ADw-!DOCTYPE x+AD4-', "encoding"),
    "a web page": (b"<!doctype html><html><body>Sign in</body></html>", "html_page"),
    "an old web page": (b"<HTML><body>", "html_page"),
    "another root": (b'<?xml version="1.0"?><rss version="2.0"><channel/></rss>', "not_a_feed"),
    "a table": ("id;name;price\n1;Кружка;1490".encode(), "not_xml"),
    "a picture": (b"\x89PNG\r\n\x1a\n" + random.Random(1).randbytes(5_000), "not_xml"),
    "a byte of another encoding": (SOUND.replace("Кружка".encode(), b"\xca\xf0", 1), "not_xml"),
    "tags that cross": (within("<offer id='1'><name>a</offer></name>"), "not_xml"),
    "something after the end": (SOUND + b"<yml_catalog/>", "not_xml"),
    "cut in the middle": (SOUND[: len(SOUND) // 2], "truncated"),
    "cut before the last tag": (SOUND[:-14], "truncated"),
    "cut in the head": (SOUND[:70], "truncated"),
    "cut gzip": (gzip.compress(SOUND)[:-50], "truncated"),
    "damaged gzip": (gzip.compress(SOUND)[:40] + b"\x00" * 40 + gzip.compress(SOUND)[80:], "compressed_badly"),
    "a text of ten megabytes": (within(offer(name=LONG_TEXT)), "element_too_large"),
    "the same outside of offers": (document(categories=f"<x>{LONG_TEXT}</x>"), "element_too_large"),
    "a long comment": (within(f"<!--{'x' * (ELEMENT_BYTES_MAX + 500_000)}-->"), "element_too_large"),
    "an endless offer": (within(f"<offer id='1'>{'<offers><offer/></offers>' * 200_000}"), "element_too_large"),
    "a deep well": (within("<a>" * 5_000), "not_xml"),
    "no offer": (document(), "no_offers"),
    "no sound offer": (document(offer(price=0)), "no_offers"),
}  # fmt: skip


@pytest.mark.parametrize(("feed", "reason"), CASES.values(), ids=list(CASES))
def test_it_is_refused_and_nothing_is_taken(table: Community, feed: bytes, reason: str) -> None:
    take_in(table, document(offer("old", picture="https://brand.example/1.jpg")))
    before, told = versions(), cast.recorded()

    with pytest.raises(FeedRefused) as caught:
        take_in(table, feed)

    assert caught.value.facts["reason"] == reason
    assert (versions(), cast.recorded()) == (before, told)
    assert FeedImport.objects.count() == 1


def test_a_refused_feed_leaves_no_tables_behind(table: Community) -> None:
    with pytest.raises(FeedRefused):
        take_in(table, SOUND[:-14])

    assert take_in(table, SOUND).record.created == 400


@pytest.mark.parametrize(
    ("limit", "value", "reason"),
    [("OFFERS_MAX", 2, "too_many_offers"), ("CATEGORIES_MAX", 1, "too_many_categories")],
)
def test_limits(monkeypatch: pytest.MonkeyPatch, limit: str, value: int, reason: str) -> None:
    assert hasattr(limits, limit)
    monkeypatch.setattr(f"svoi.catalog.providers.yml.reader.{limit}", value)
    assert refusal(document(offer("a"), offer("b"), offer("c"))) == reason


def test_a_small_file_that_swells_is_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("svoi.catalog.providers.yml.unpacking.FEED_BYTES_MAX", 1_000_000)
    swelling = gzip.compress(document(*[offer("a" * 64)] * 40_000), 9)
    assert len(swelling) < 100_000
    assert refusal(swelling) == "too_large"


@pytest.mark.parametrize("encoding", sorted(ENCODINGS - {"ascii", "us-ascii"}))
@pytest.mark.parametrize("pack", [bytes, gzip.compress, lambda it: gzip.compress(it[:99]) + gzip.compress(it[99:])])
def test_known_encodings_plain_and_packed(encoding: str, pack: Callable[[bytes], bytes]) -> None:
    (found,) = YmlFeed(io.BytesIO(pack(document(offer(name="Ёлка"), encoding=encoding))), lambda _: None)
    assert found.name == "Ёлка"  # type: ignore[union-attr]


def test_a_byte_order_mark_is_welcome() -> None:
    assert len(list(YmlFeed(io.BytesIO(b"\xef\xbb\xbf" + document(offer())), lambda _: None))) == 1


def test_the_document_type_of_old_feeds_is_struck_out() -> None:
    declaration, rest = document(offer()).split(b"?>", 1)
    old = declaration + b"?>\r\n" + OLD + b"\r\n<!-- x -->" + rest
    assert len(list(YmlFeed(io.BytesIO(old), lambda _: None))) == 1


@pytest.mark.parametrize("step", [1, 7, 4_096])
def test_the_size_of_pieces_does_not_matter(step: int) -> None:
    class Dripping(io.BytesIO):
        def read(self, size: int | None = -1) -> bytes:
            return super().read(step)

    told = document(*[offer(f"m{n}", name=f"Кружка {n}") for n in range(30)])
    assert list(YmlFeed(Dripping(told), lambda _: None)) == list(YmlFeed(io.BytesIO(told), lambda _: None))


def refusal(feed: bytes) -> str:
    with pytest.raises(FeedRefused) as caught:
        list(YmlFeed(io.BytesIO(feed), lambda _: None))
    return str(caught.value.facts["reason"])


def test_every_table_of_the_catalogue_is_watched() -> None:
    assert [model.__name__ for model in TABLES] == ["Category", "Product", "Variant", "Stock", "Picture"]
