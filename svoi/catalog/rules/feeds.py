"""What a product feed may be: its limits, and the refusals that keep a bad one out whole."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from svoi.kernel.refused import Refused

FEED_BYTES_MAX = 4 * 1024**3
ELEMENT_BYTES_MAX = 2 * 1024**2
HEAD_BYTES_MAX = 64 * 1024
ID_LENGTH_MAX = 64
GROUP_ID_LENGTH_MAX = 56
OFFERS_MAX = 1_000_000
CATEGORIES_MAX = 50_000
CATEGORY_NAME_LENGTH_MAX = 250
GROUP_OFFERS_MAX = 300
PICTURES_MAX = 30
PARAMS_MAX = 100
PARAM_LENGTH_MAX = 1_000
DESCRIPTION_LENGTH_MAX = 20_000
PICTURE_ADDRESS_LENGTH_MAX = 512
LINE_LENGTHS_MAX = {"name": 250, "name_en": 250, "title_ru": 120, "title_en": 120, "vendor": 120, "vendorCode": 64,
                    "barcode": 32, "categoryId": 64}  # fmt: skip
COUNT_DIGITS_MAX = 6
PICTURE_BYTES_MAX = 10 * 1024**2
REFUSALS_KEPT_MAX = 1_000
# How many pieces an offer has that is available and names no count: enough to sell, few enough to notice.
COUNT_WHEN_UNSAID = 100


class FeedRefused(Refused):
    """The whole file cannot be taken (`reason`), and nothing of it was.

    Reasons: empty, compressed_badly, not_xml, truncated, html_page, doctype, encoding, not_a_feed, too_large,
    element_too_large, too_many_offers, too_many_categories, no_offers.
    """

    code: ClassVar[str] = "feed_refused"


class ImportUnderWay(Refused):
    """Another import of the same community is at work; two would undo each other."""

    code: ClassVar[str] = "import_under_way"


@dataclass(frozen=True, slots=True)
class Complaint:
    """What is wrong with one offer: its id as the feed says it, the reason, and the piece at fault."""

    offer_id: str
    reason: str
    detail: str = ""
