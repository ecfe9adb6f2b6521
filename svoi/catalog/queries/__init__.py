"""What is read from the catalogue."""

from svoi.catalog.queries.allotments import admit_of_allotment, allotments_of, latest_allotment_changes, shows_out_of
from svoi.catalog.queries.cards import ProductCard, cards, picture_address
from svoi.catalog.queries.counts import CountChange, CountsSeen, look_over_counts
from svoi.catalog.queries.outgoing import OutgoingCatalogue, outgoing_catalogue, outgoing_stamp
from svoi.catalog.queries.prices import PriceBefore, lowest_price, lowest_prices, prices_before
from svoi.catalog.queries.products import Offer, Offered, ProductPage, product_page
from svoi.catalog.queries.searching import Found, meant_by, search_products
from svoi.catalog.queries.shelves import Aisle, Shelf, aisle, shelf, shelves_of

__all__ = [
    "Aisle",
    "CountChange",
    "CountsSeen",
    "Found",
    "Offer",
    "Offered",
    "OutgoingCatalogue",
    "PriceBefore",
    "ProductCard",
    "ProductPage",
    "Shelf",
    "admit_of_allotment",
    "aisle",
    "allotments_of",
    "cards",
    "latest_allotment_changes",
    "look_over_counts",
    "lowest_price",
    "lowest_prices",
    "meant_by",
    "outgoing_catalogue",
    "outgoing_stamp",
    "picture_address",
    "prices_before",
    "product_page",
    "search_products",
    "shelf",
    "shelves_of",
    "shows_out_of",
]
