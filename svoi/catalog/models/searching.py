"""How products are found: their words, and the words a shop knows. Both are derived and can be made again."""

from __future__ import annotations

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import Q

from svoi.catalog.models.goods import Category, Product
from svoi.communities.models import Community


class ProductText(models.Model):
    """What a product is found by: its words in both languages and the community's own mark, in one indexed vector.

    The mark (`place:12`) keeps a search inside its community without leaving the index. A row that is behind
    its product (`stale_since`) is made anew by the worker.
    """

    product = models.OneToOneField(Product, on_delete=models.CASCADE, primary_key=True, related_name="text")
    community = models.ForeignKey(Community, on_delete=models.CASCADE, related_name="+", db_index=False)
    category = models.ForeignKey(Category, on_delete=models.SET_NULL, null=True, related_name="+", db_index=False)
    lowest_minor = models.BigIntegerField()
    highest_minor = models.BigIntegerField()
    words = SearchVectorField()
    stale_since = models.DateTimeField(null=True)

    class Meta:
        db_table = "svoi_producttext"
        indexes = [
            # Without the pending list: a search right after an import would read all of it.
            GinIndex(fields=["words"], name="product_words", fastupdate=False),
            models.Index(fields=["community"], name="product_text_stale", condition=Q(stale_since__isnull=False)),
        ]


class SearchWord(models.Model):
    """A word of a community's products, by which misspelt ones are understood. Made anew every night."""

    community = models.ForeignKey(Community, on_delete=models.CASCADE, related_name="+", db_index=False)
    word = models.CharField(max_length=40)
    spread = models.IntegerField(help_text="in how many products it stands")

    class Meta:
        db_table = "svoi_searchword"
        constraints = [models.UniqueConstraint(fields=["community", "word"], name="search_word_once")]
        indexes = [GinIndex(fields=["word"], opclasses=["gin_trgm_ops"], name="search_word_alike", fastupdate=False)]
