"""Feeds made by hand for the checks: small, and each wrong in one way at most."""

from __future__ import annotations

import io
from collections.abc import Iterator
from datetime import datetime
from html import escape
from pathlib import Path
from typing import Any

from svoi.catalog.actions import Imported, import_feed
from svoi.catalog.models import Category, Picture, Product, Stock, Variant
from svoi.communities.models import Community
from tests import cast

CATEGORIES = '<category id="1">Всё</category><category id="2" parentId="1">Кружки</category>'
TABLES = (Category, Product, Variant, Stock, Picture)


def offer(id_: str = "mug", *, attributes: str = "", more: str = "", **fields: object) -> str:
    """An offer; fields are elements, None leaves one out, a list repeats it; `more` is XML as it is."""
    said: dict[str, object] = {"name": "Кружка", "price": 1490, "currencyId": "RUB", "categoryId": 2, "count": 5}
    said |= fields
    elements = ""
    for name, value in said.items():
        for each in value if isinstance(value, list) else [value]:
            elements += "" if each is None else f"<{name}>{escape(str(each))}</{name}>"
    return f'<offer id="{id_}" {attributes}>{elements}{more}</offer>'


def param(name: str, value: str, unit: str = "") -> str:
    return f'<param name="{name}" unit="{unit}">{escape(value)}</param>'


def document(*offers: str, categories: str = CATEGORIES, encoding: str = "UTF-8") -> bytes:
    """A whole feed in this encoding."""
    text = (
        f'<?xml version="1.0" encoding="{encoding}"?><yml_catalog date="2026-11-22 10:00"><shop><name>Кромка</name>'
        f"<categories>{categories}</categories><offers>{''.join(offers)}</offers></shop></yml_catalog>"
    )
    return text.encode(encoding)


def take_in(place: Community, feed: bytes, *, at: datetime = cast.NOON, **options: Any) -> Imported:
    """Import this feed."""
    options = {"source": "feed.xml", "folder": None, **options}
    return import_feed(community=place, file=io.BytesIO(feed), at=at, **options)


def totals(done: Imported) -> tuple[int, int, int, int]:
    """Created, changed, withdrawn, refused."""
    return done.record.created, done.record.changed, done.record.withdrawn, done.refused.count


def complaints(done: Imported) -> list[tuple[str, str]]:
    return [(each.offer_id, each.reason) for each in done.refused.kept]


def picture_file(folder: Path, name: str = "mug.png", body: bytes = b"clay") -> bytes:
    """A file that begins as a PNG does."""
    content = b"\x89PNG\r\n\x1a\n" + body
    (folder / name).parent.mkdir(parents=True, exist_ok=True)
    (folder / name).write_bytes(content)
    return content


def versions() -> dict[str, list[tuple[Any, Any]]]:
    """Every catalogue row with the transaction that wrote it: equal means that nothing was written."""
    from django.db import connection

    found = {}
    with connection.cursor() as cursor:
        for model in TABLES:
            cursor.execute(f"select ctid::text, xmin::text, t::text from {model._meta.db_table} t order by 1")
            found[model.__name__] = cursor.fetchall()
    return found


def long_feed(offers: int) -> Iterator[bytes]:
    """A large feed piece by piece."""
    head, tail = document("@").split(b"@")
    yield head
    for place in range(offers):
        told = f"<p>{'Каменная масса, обжиг 1230 °C. ' * 25}</p>"
        params = "".join(param(f"Свойство {n}", f"Значение {place % 7}") for n in range(8))
        yield offer(f"m{place}", name=f"Кружка {place}", description=told, more=params).encode()
    yield tail
