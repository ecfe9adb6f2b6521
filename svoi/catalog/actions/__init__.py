"""What changes the catalogue: feeds in and out, lists, prices, stock, allotments, words, and a shop's programs."""

from svoi.catalog.actions.allotments import (
    close_allotments,
    hold_stock_of,
    return_to_allotments,
    state_allotment,
    take_from_allotments,
    tighten_allotment,
)
from svoi.catalog.actions.exporting import Exported, export_feed
from svoi.catalog.actions.feeds import Imported, import_feed
from svoi.catalog.actions.kept_feeds import KeptFeed, keep_feed
from svoi.catalog.actions.pricing import change_price
from svoi.catalog.actions.searching import Refreshed, index_products, refresh_category, refresh_search
from svoi.catalog.actions.stock import reserve_stock, return_stock, set_aside_stock
from svoi.catalog.actions.stock_lists import Taken, set_counts
from svoi.catalog.actions.tokens import forget_old_calls, hear_call, issue_token, revoke_token
from svoi.catalog.actions.wording import describe_category, describe_product, describe_variant

__all__ = [
    "Exported",
    "Imported",
    "KeptFeed",
    "Refreshed",
    "Taken",
    "change_price",
    "close_allotments",
    "describe_category",
    "describe_product",
    "describe_variant",
    "export_feed",
    "forget_old_calls",
    "hear_call",
    "hold_stock_of",
    "import_feed",
    "index_products",
    "issue_token",
    "keep_feed",
    "refresh_category",
    "refresh_search",
    "reserve_stock",
    "return_stock",
    "return_to_allotments",
    "revoke_token",
    "set_aside_stock",
    "set_counts",
    "state_allotment",
    "take_from_allotments",
    "tighten_allotment",
]
