"""The nouns of the catalogue: what is sold, what a show may sell, prices and how long they held, search, programs."""

from svoi.catalog.models.allotments import Allotment, AllotmentChange
from svoi.catalog.models.goods import Category, FeedImport, Picture, Product, ProductQuerySet, Stock, Variant
from svoi.catalog.models.prices import PriceRecord
from svoi.catalog.models.searching import ProductText, SearchWord
from svoi.catalog.models.tokens import ApiCall, ApiToken

__all__ = [
    "Allotment",
    "AllotmentChange",
    "ApiCall",
    "ApiToken",
    "Category",
    "FeedImport",
    "Picture",
    "PriceRecord",
    "Product",
    "ProductQuerySet",
    "ProductText",
    "SearchWord",
    "Stock",
    "Variant",
]
