"""A feed is laid out in tables of this session before anything of the shop is touched.

Every step is a statement of its own, outside a transaction: a feed may take minutes to read, and an open
transaction would hold the relay back all that time.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from itertools import groupby, islice
from operator import itemgetter
from pathlib import Path
from typing import Any

from django.db import Error, connection

from svoi.catalog.providers.pictures import PictureMissing, keep_picture
from svoi.catalog.providers.yml.offers import Offer
from svoi.catalog.rules.dictionary import Dictionary
from svoi.catalog.rules.feeds import Complaint
from svoi.catalog.rules.naming import Sister, name_sisters
from svoi.db import statements

SQL = Path(__file__).resolve().parents[1] / "sql" / "feed"
BATCH_OFFERS = 1_000
BATCH_GROUPS = 200
OFFER_COLUMNS = (
    "feed_offer (place, offer_id, product_key, is_grouped, category_id, name, name_en, title, title_en, vendor,"
    " description, description_en, price_minor, old_price_minor, vendor_code, barcode, count, params, position)"
)
PICTURE_COLUMNS = "feed_picture (offer_id, position, source)"
CATEGORY_COLUMNS = "feed_category (place, external_id, parent_id, name, name_en)"
NAME_COLUMNS = "feed_name (offer_id, name, name_en, title, title_en, position)"


@contextmanager
def stage() -> Iterator[None]:
    """The feed's tables, empty, for as long as the import lasts."""
    run(name="unstage")
    run(name="stage")
    try:
        yield
    finally:
        # After a failure inside somebody's transaction nothing can be dropped; it goes with the session.
        with suppress(Error):
            run(name="unstage")


def run(*, name: str, **parameters: Any) -> None:
    """One file of statements."""
    with connection.cursor() as cursor:
        cursor.execute(statements.load(SQL / f"{name}.sql"), parameters)


def rows(*, name: str, **parameters: Any) -> list[dict[str, Any]]:
    """The rows that a file's statement returns."""
    return statements.rows(SQL / f"{name}.sql", parameters)


def put_offers(*, offers: Iterable[Offer], words: Dictionary, count_when_unsaid: int) -> int:
    """Lay offers out in batches; return how many."""
    put = 0
    stream = iter(offers)
    while batch := list(islice(stream, BATCH_OFFERS)):
        _copy(OFFER_COLUMNS, [_row(offer, put + n, words, count_when_unsaid) for n, offer in enumerate(batch)])
        _copy(PICTURE_COLUMNS, [(o.offer_id, n, each) for o in batch for n, each in enumerate(o.pictures)])
        put += len(batch)
    return put


def put_categories(*, categories: dict[str, tuple[str, str]], words: Dictionary) -> None:
    """Lay the shelves out, with their English names where they are known."""
    shelves = enumerate(categories.items())
    _copy(CATEGORY_COLUMNS, [(n, id_, parent, name, words.category(name)) for n, (id_, (parent, name)) in shelves])


def put_kept(*, offer_ids: Iterable[str]) -> None:
    """Remember ids that are in the feed though their offers are broken."""
    _copy("feed_kept (offer_id)", [(each,) for each in offer_ids])


def refuse_unknown_categories() -> list[Complaint]:
    """Take out offers whose category the feed never names."""
    refused = rows(name="refuse_unknown_categories")
    return [Complaint(row["offer_id"], "unknown_category", row["category_id"]) for row in refused]


def name_groups() -> None:
    """Name products of several offers and the variants in them, some groups at a time."""
    run(name="settle")
    after = ""
    while batch := rows(name="groups", after=after, most=BATCH_GROUPS):
        named: list[Sequence[object]] = []
        for _, members in groupby(batch, key=itemgetter("product_key")):
            named += _named(list(members))
        _copy(NAME_COLUMNS, named)
        after = batch[-1]["product_key"]
    run(name="rename")


def copy_pictures(*, folder: Path | None, kept_in: Path, watch: Callable[[int], None]) -> list[Complaint]:
    """Take copies of pictures that lie beside the feed; a picture that cannot be had is complained about."""
    complaints = []
    for place, row in enumerate(rows(name="local_pictures")):
        watch(place)
        try:
            file = keep_picture(row["source"], folder=folder, kept_in=kept_in)
        except PictureMissing as missing:
            complaints.append(Complaint(row["offer_id"], missing.reason, row["source"]))
        else:
            _copy("feed_file (source, file)", [(row["source"], file)])
    run(name="place_pictures")
    return complaints


def _row(offer: Offer, place: int, words: Dictionary, count_when_unsaid: int) -> Sequence[object]:
    is_grouped = bool(offer.group_id)
    # An id may look like a group's: the prefix keeps an offer and a group of the same name apart.
    key = f"group:{offer.group_id}" if is_grouped else offer.offer_id
    params = [words.param(*param) for param in offer.params]
    return (
        place, offer.offer_id, key, is_grouped, offer.category_id, offer.name, offer.name_en, offer.title,
        offer.title_en, offer.vendor, offer.description, offer.description_en, offer.price_minor, offer.old_price_minor,
        offer.vendor_code, offer.barcode, count_when_unsaid if offer.pieces is None else offer.pieces,
        json.dumps(params, ensure_ascii=False), 0,
    )  # fmt: skip


def _named(members: list[dict[str, Any]]) -> list[Sequence[object]]:
    sisters = [
        Sister(
            name=row["name"],
            name_en=row["name_en"],
            title_en=row["title_en"],
            params=json.loads(row["params"]),
            mark=row["vendor_code"] or row["offer_id"],
            title=row["title"],
        )
        for row in members
    ]
    return [
        (row["offer_id"], named.product, named.product_en, named.title, named.title_en, position)
        for position, (row, named) in enumerate(zip(members, name_sisters(sisters), strict=True))
    ]


def _copy(columns: str, table: Iterable[Sequence[object]]) -> None:
    with connection.cursor() as cursor, cursor.copy(f"copy {columns} from stdin") as copy:
        for row in table:
            copy.write_row(row)
