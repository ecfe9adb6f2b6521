"""The nouns of the catalogue: what is sold, what it cost when, how it is found, which programs speak for the shop."""

from svoi.catalog.models.goods import Category, FeedImport, Picture, Product, ProductQuerySet, Stock, Variant
from svoi.catalog.models.prices import PriceRecord
from svoi.catalog.models.searching import ProductText, SearchWord
from svoi.catalog.models.tokens import ApiCall, ApiToken

__all__ = [
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
