"""A feed becomes the shop's catalogue: what is new, what changed, what is gone, and what is told about it."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings as configured

from svoi.catalog.models import Category, FeedImport, Picture, Product, Variant
from svoi.catalog.rules.dictionary import Dictionary
from svoi.communities.models import Community
from tests import cast
from tests.catalog.feeds import complaints, document, offer, param, picture_file, take_in, totals, versions

LATER = cast.NOON + timedelta(days=1)
WEB = "https://brand.example"
GROUP = 'group_id="g1"'
MUGS = document(
    offer("mug-s", attributes=GROUP, price=1490, oldprice=1990, vendor="Кромка", more=param("Цвет", "Синий")),
    offer("mug-l", attributes=GROUP, price=1790, picture=[f"{WEB}/1.jpg", f"{WEB}/2.jpg"], more=param("Цвет", "Белый")),
    offer("vase", name="Ваза", categoryId=1, description="<p>Одна</p>", vendorCode="V-1", barcode="200"),
)


def test_offers_become_products_and_variants(table: Community) -> None:
    done = take_in(table, MUGS)

    assert totals(done) == (3, 0, 0, 0)
    shop = Product.objects.order_by("id").values_list("external_id", "name", "category__name", "vendor", "description")
    assert list(shop) == [("group:g1", "Кружка", "Кружки", "Кромка", ""), ("vase", "Ваза", "Всё", "", "Одна")]
    fields = ("external_id", "title", "price_minor", "old_price_minor", "currency", "position")
    assert list(Variant.objects.order_by("id").values_list(*fields)) == [
        ("mug-s", "Синий", 149_000, 199_000, "RUB", 0),
        ("mug-l", "Белый", 179_000, None, "RUB", 1),
        ("vase", "", 149_000, None, "RUB", 0),
    ]
    vase = Variant.objects.get(external_id="vase")
    assert (vase.vendor_code, vase.barcode) == ("V-1", "200")
    pictures = Picture.objects.values_list("variant__external_id", "position", "source", "file")
    assert sorted(pictures) == [("mug-l", 0, f"{WEB}/1.jpg", ""), ("mug-l", 1, f"{WEB}/2.jpg", "")]
    assert Variant.objects.get(external_id="mug-s").params == [["Цвет", "Синий", ""]]


def test_the_import_is_recorded(table: Community) -> None:
    done = take_in(table, MUGS, source="brand.xml")

    record = FeedImport.objects.get()
    assert (record.source, record.feed_date, record.offers, record.refused) == ("brand.xml", "2026-11-22 10:00", 3, [])
    told = {"import_id": done.record.pk, "community_id": table.pk, "offers": 3}
    assert cast.recorded() == [("feed_imported", told | {"created": 3, "changed": 0, "withdrawn": 0, "refused": 0})]


def test_the_same_feed_again_changes_nothing(table: Community, settings: object, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path / "kept"  # type: ignore[attr-defined]
    picture_file(tmp_path)
    cup = offer("cup", picture=["mug.png", f"{WEB}/2.jpg"], more=param("name_en", "Cup"))
    feed = document(cup, offer("bad", price=0), offer("a", attributes=GROUP), offer("b", attributes=GROUP))
    assert totals(take_in(table, feed, folder=tmp_path)) == (3, 0, 0, 1)
    before = versions()

    assert totals(take_in(table, feed, folder=tmp_path, at=LATER)) == (0, 0, 0, 1)

    assert versions() == before


def test_only_what_differs_is_written(table: Community) -> None:
    take_in(table, MUGS)
    before = versions()

    done = take_in(table, MUGS.replace("Белый".encode(), "Молочный".encode()))

    assert totals(done) == (0, 1, 0, 0)
    after = versions()
    changed = {name: [row for row in after[name] if row not in before[name]] for name in after}
    assert {name: len(rows) for name, rows in changed.items() if rows} == {"Variant": 1}
    assert Variant.objects.get(external_id="mug-l").title == "Молочный"


@pytest.mark.parametrize(
    ("before", "after", "table_"),
    [
        ({"name": "Кружка"}, {"name": "Чашка"}, "Product"),
        ({"description": "раз"}, {"description": "два"}, "Product"),
        ({"categoryId": 2}, {"categoryId": 1}, "Product"),
        ({"vendorCode": "A"}, {"vendorCode": "B"}, "Variant"),
        ({"picture": [f"{WEB}/1.jpg", f"{WEB}/2.jpg"]}, {"picture": [f"{WEB}/1.jpg"]}, "Picture"),
        ({"picture": [f"{WEB}/1.jpg"]}, {"picture": [f"{WEB}/2.jpg"]}, "Picture"),
        ({"picture": []}, {"picture": [f"{WEB}/1.jpg"]}, "Picture"),
        ({"count": 5}, {"count": 6}, "Stock"),
    ],
)
def test_a_change_in_any_part_counts_its_offer_once(
    table: Community, before: dict[str, object], after: dict[str, object], table_: str
) -> None:
    take_in(table, document(offer("a", **before), offer("b")))
    rows = versions()

    assert totals(take_in(table, document(offer("a", **after), offer("b")))) == (0, 1, 0, 0)

    assert [name for name, now in versions().items() if now != rows[name]] == [table_]
    assert totals(take_in(table, document(offer("a", **before), offer("b")))) == (0, 1, 0, 0)


def test_gone_offers_are_withdrawn_and_returning_ones_restored(table: Community) -> None:
    take_in(table, MUGS)

    done = take_in(table, document(offer("mug-l", attributes=GROUP, price=1790)), at=LATER)

    assert totals(done) == (0, 1, 2, 0)
    withdrawn = dict(Variant.objects.values_list("external_id", "withdrawn_at"))
    assert withdrawn == {"mug-s": LATER, "vase": LATER, "mug-l": None}
    assert dict(Product.objects.values_list("external_id", "withdrawn_at")) == {"group:g1": None, "vase": LATER}
    assert [kind for kind, _ in cast.recorded()] == ["feed_imported", "stock_ran_out", "stock_ran_out", "feed_imported"]

    assert totals(take_in(table, MUGS)) == (0, 3, 0, 0)
    assert Variant.objects.filter(withdrawn_at=None).count() == 3
    assert Product.objects.filter(withdrawn_at=None).count() == 2
    assert [kind for kind, _ in cast.recorded()][4:] == ["stock_returned", "stock_returned", "feed_imported"]


def test_what_cannot_be_read_stays_as_it_is(table: Community) -> None:
    take_in(table, MUGS)
    before = versions()

    done = take_in(table, MUGS.replace("Ваза</name><price>1490".encode(), "Ваза</name><price>".encode()))

    assert (totals(done), complaints(done)) == ((0, 0, 0, 1), [("vase", "no_price")])
    assert versions() == before


def test_other_communities_are_left_alone(table: Community, cellar: Community) -> None:
    take_in(cellar, MUGS)

    assert totals(take_in(table, document(offer("mug-s", name="Другая")))) == (1, 0, 0, 0)

    assert Product.objects.filter(community=cellar, withdrawn_at=None).count() == 2
    assert sorted(Category.objects.values_list("community__slug", "name")) == [
        ("cellar", "Всё"),
        ("cellar", "Кружки"),
        ("table", "Всё"),
        ("table", "Кружки"),
    ]


def test_a_changed_price_is_told(table: Community) -> None:
    take_in(table, document(offer("a", price=1000), offer("b", price=2000), offer("c", price=3000, oldprice=4000)))

    done = take_in(
        table, document(offer("a", price=900, oldprice=1000), offer("b", price=2000), offer("c", price=3000))
    )

    assert totals(done) == (0, 2, 0, 0)
    ids = {variant.external_id: variant for variant in Variant.objects.all()}
    assert cast.recorded("price_changed") == [
        (
            "price_changed",
            {
                "variant_id": ids[name].pk,
                "product_id": ids[name].product_id,
                "price_minor": price,
                "old_price_minor": old_price,
            },
        )
        for name, price, old_price in [("a", 90_000, 100_000), ("c", 300_000, None)]
    ]


def test_an_unknown_category_is_a_broken_offer_wherever_categories_stand(table: Community) -> None:
    shelf = b"<categories><category id='9'>Late</category></categories></shop>"
    feed = document(offer("a", categoryId=9), offer("b", categoryId=8), offer("c", categoryId=None))

    done = take_in(table, feed.replace(b"</shop>", shelf))

    assert (totals(done), complaints(done)) == ((2, 0, 0, 1), [("b", "unknown_category")])
    assert list(Product.objects.order_by("id").values_list("category__name", flat=True)) == ["Late", None]


def test_categories_follow_the_feed(table: Community) -> None:
    take_in(table, document(offer(categoryId=2)))
    take_in(table, document(offer(categoryId=2), categories='<category id="2">Чашки</category>'))
    assert list(Category.objects.order_by("id").values_list("name", "parent__name")) == [("Всё", None), ("Чашки", None)]


def test_an_offer_may_move_to_another_group(table: Community) -> None:
    take_in(table, document(offer("a"), offer("b", attributes=GROUP)))

    take_in(table, document(offer("a", attributes=GROUP), offer("b", attributes=GROUP)), at=LATER)

    group = Product.objects.get(external_id="group:g1")
    assert [variant.external_id for variant in group.variants.all()] == ["a", "b"]
    assert Product.objects.get(external_id="a").withdrawn_at == LATER


def test_an_id_may_look_like_a_group(table: Community) -> None:
    take_in(table, document(offer("g1"), offer("b", attributes=GROUP)))
    assert sorted(Product.objects.values_list("external_id", flat=True)) == ["g1", "group:g1"]


def test_many_groups_are_named_in_several_batches(table: Community, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("svoi.catalog.actions.staging.BATCH_GROUPS", 2)
    monkeypatch.setattr("svoi.catalog.actions.staging.BATCH_OFFERS", 3)
    offers = [
        offer(f"{size}{n}", attributes=f'group_id="g{n}"', name=f"Кружка {n}", more=param("Размер", size))
        for n in range(5)
        for size in "SL"
    ]

    assert totals(take_in(table, document(*offers))) == (10, 0, 0, 0)

    titles = Variant.objects.order_by("id").values_list("product__name", "title", "position")
    assert list(titles) == [(f"Кружка {n}", size, "SL".index(size)) for n in range(5) for size in "SL"]


def test_a_dictionary_gives_english(table: Community) -> None:
    words = Dictionary({"Цвет": "Colour"}, {"Синий": "Blue", "Белый": "White"})

    take_in(table, MUGS, words=words)

    assert list(Variant.objects.order_by("id").values_list("title", "title_en"))[:2] == [
        ("Синий", "Blue"),
        ("Белый", "White"),
    ]
    assert Variant.objects.get(external_id="mug-s").params == [["Цвет", "Синий", "", "Colour", "Blue", ""]]


def test_a_dictionary_names_the_shelves_in_english(table: Community) -> None:
    take_in(table, MUGS)
    names = list(Category.objects.order_by("id").values_list("name", flat=True))
    words = Dictionary(categories={names[0]: "Mugs"})

    take_in(table, MUGS, words=words)

    english = list(Category.objects.order_by("id").values_list("name_en", flat=True))
    assert english == ["Mugs"] + [""] * (len(names) - 1)


def test_pictures_beside_the_feed_are_copied(table: Community, settings: object, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path / "kept"  # type: ignore[attr-defined]
    folder = tmp_path / "feed"
    content = picture_file(folder, "pictures/a.png")
    picture_file(folder, "same.png")
    (folder / "page.png").write_text("<svg onload='alert(1)'/>")
    (tmp_path / "secret.png").write_bytes(content)
    (folder / "link.png").symlink_to(tmp_path / "secret.png")
    told = [
        "pictures/a.png",
        "same.png",
        "page.png",
        "../secret.png",
        "link.png",
        str(tmp_path / "secret.png"),
        "no.png",
    ]

    done = take_in(table, document(offer(picture=told)), folder=folder)

    kept = Picture.objects.order_by("position").values_list("source", "file")
    assert [source for source, _ in kept] == ["pictures/a.png", "same.png"]
    assert len({file for _, file in kept}) == 1
    assert (Path(configured.MEDIA_ROOT) / kept[0][1]).read_bytes() == content
    assert [(each.reason, each.detail) for each in done.left_out.kept] == [
        ("picture_outside", "../secret.png"),
        ("picture_outside", str(tmp_path / "secret.png")),
        ("picture_outside", "link.png"),
        ("picture_not_found", "no.png"),
        ("picture_kind", "page.png"),
    ]
    assert totals(take_in(table, document(offer(picture=told)), folder=folder)) == (0, 0, 0, 0)

    picture_file(folder, "same.png", b"another")
    assert totals(take_in(table, document(offer(picture=told)), folder=folder)) == (0, 1, 0, 0)
    assert len({picture.file for picture in Picture.objects.all()}) == 2
