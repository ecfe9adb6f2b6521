"""A poster is drawn anew from what somebody gives; what is no picture is refused; what stands in where none is."""

from __future__ import annotations

import random
import struct
import zlib
from contextlib import suppress
from io import BytesIO
from pathlib import Path

import pytest
from django.utils import timezone
from PIL import Image

from svoi.catalog.models import Picture
from svoi.communities.rules import RoleMissing
from svoi.db.models import OutboxEvent
from svoi.shows.actions.announcing import change_poster
from svoi.shows.models import Show, TrayItem
from svoi.shows.providers.posters import keep_poster
from svoi.shows.queries.posters import posters_of
from svoi.shows.rules.posters import POSTER_BYTES_MAX, PosterTooLarge, PosterTooSmall, PosterUnreadable
from tests import cast

NOISE = random.Random(3).randbytes
ORIENTATION, GPS, MAKE = 0x0112, 0x8825, 0x010F


def drawn(kind: str = "JPEG", size: tuple[int, int] = (600, 800), mode: str = "RGB", **more) -> bytes:
    """A picture whose upper half is red and whose lower half is blue."""
    picture = Image.new(mode, size, (200, 30, 30, 255)[: len(mode)])
    picture.paste((30, 30, 200, 255)[: len(mode)], (0, size[1] // 2, *size))
    out = BytesIO()
    picture.save(out, kind, **more)
    return out.getvalue()


def kept(content: bytes, folder: Path) -> Image.Image:
    picture = Image.open(folder / keep_poster(content, kept_in=folder))
    picture.load()
    return picture


def near(pixel: tuple[int, ...], wanted: tuple[int, int, int]) -> bool:
    return all(abs(one - other) < 25 for one, other in zip(pixel, wanted, strict=True))


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_a_picture_is_kept_as_webp_under_the_name_of_its_content(tmp_path, kind):
    name = keep_poster(drawn(kind), kept_in=tmp_path)
    picture = Image.open(tmp_path / name)
    assert (picture.format, picture.size, name.endswith(".webp")) == ("WEBP", (600, 800), True)
    assert keep_poster(drawn(kind), kept_in=tmp_path) == name
    assert len([one for one in tmp_path.rglob("*") if one.is_file()]) == 1


def test_a_photo_is_turned_upright_and_leaves_its_place_behind(tmp_path):
    exif = Image.Exif()
    exif[ORIENTATION], exif[MAKE] = 6, "Kyshtym Camera"  # the camera lay on its side
    exif[GPS] = {1: "N", 2: (55.0, 42.0, 23.0)}
    given = drawn("JPEG", size=(800, 600), exif=exif, comment=b"taken at home")
    assert b"Kyshtym" in given
    picture = kept(given, tmp_path)
    file = next(one for one in tmp_path.rglob("*.webp")).read_bytes()
    assert (picture.size, dict(picture.getexif())) == ((600, 800), {})
    assert (b"Kyshtym" in file, b"taken at home" in file, b"Exif" in file) == (False, False, False)
    # Turned by a quarter, the red half is on the right.
    assert (near(picture.getpixel((550, 400)), (200, 30, 30)), near(picture.getpixel((50, 400)), (30, 30, 200))) == (
        True,
        True,
    )


def test_what_lay_behind_the_picture_in_its_file_is_not_kept(tmp_path):
    keep_poster(drawn("PNG") + b"PK\x03\x04<script>alert(1)</script>", kept_in=tmp_path)
    assert b"script" not in next(tmp_path.rglob("*.webp")).read_bytes()


@pytest.mark.parametrize(
    ("given", "becomes"), [((4000, 3000), (1080, 810)), ((3000, 6000), (960, 1920)), ((300, 400), (300, 400))]
)
def test_a_large_picture_fits_into_the_box_and_a_small_one_is_not_blown_up(tmp_path, given, becomes):
    assert kept(drawn("JPEG", size=given), tmp_path).size == becomes


def test_what_shines_through_lies_on_white(tmp_path):
    clear = Image.new("RGBA", (300, 400), (0, 0, 0, 0))
    out = BytesIO()
    clear.save(out, "PNG")
    assert near(kept(out.getvalue(), tmp_path).getpixel((150, 200)), (255, 255, 255))


def bomb() -> bytes:
    """A PNG of a few hundred bytes that says it is 30,000 pixels wide and high."""

    def chunk(kind: bytes, content: bytes) -> bytes:
        return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))

    head = struct.pack(">IIBBBBB", 30_000, 30_000, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(bytes(90_000))) + chunk(b"IEND", b"")
    )


@pytest.mark.parametrize(
    ("content", "refusal"),
    [
        (b"", PosterUnreadable),
        (b"GIF89a" + bytes(400), PosterUnreadable),
        (b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>', PosterUnreadable),
        (b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 900 900\n", PosterUnreadable),
        (b"\xff\xd8\xff\xe0" + NOISE(4000), PosterUnreadable),
        (b"RIFF\x24\x00\x00\x00WEBPVP8 " + NOISE(400), PosterUnreadable),
        (drawn("JPEG")[:900], PosterUnreadable),
        (drawn("PNG")[:300], PosterUnreadable),
        (drawn("TIFF"), PosterUnreadable),
        (drawn("PNG", size=(239, 900)), PosterTooSmall),
        (bomb(), PosterTooLarge),
        (bytes(POSTER_BYTES_MAX + 1), PosterTooLarge),
    ],
    ids=["none", "gif", "svg", "postscript", "jpeg noise", "webp noise", "half a jpeg", "half a png", "tiff", "small",
         "bomb", "heavy"],
)  # fmt: skip
def test_what_is_no_poster_is_refused_and_nothing_is_kept(tmp_path, content, refusal):
    with pytest.raises(refusal):
        keep_poster(content, kept_in=tmp_path)
    assert list(tmp_path.rglob("*")) == []


def test_any_bytes_at_all_are_kept_as_a_picture_or_refused(tmp_path):
    whole = drawn("PNG", size=(240, 240))
    for seed in range(300):
        torn = bytearray(whole)
        for _ in range(1 + seed % 5):
            torn[random.Random(seed).randrange(len(torn))] ^= 1 + seed % 255
        with suppress(PosterUnreadable, PosterTooLarge, PosterTooSmall):
            Image.open(tmp_path / keep_poster(bytes(torn), kept_in=tmp_path)).verify()


@pytest.fixture
def show(table, anna, db) -> Show:
    return Show.objects.create(community=table, title_ru="Утро", host=anna, starts_at=timezone.now())


def test_a_change_is_on_record_once(show, anna):
    for name in ("posters/a.webp", "posters/a.webp", ""):
        change_poster(show_id=show.pk, poster=name, by=anna, at=timezone.now())
    told = OutboxEvent.objects.filter(kind="poster_changed").order_by("pk")
    assert [(one.payload["poster"], one.payload["by_id"]) for one in told] == [
        ("posters/a.webp", anna.pk),
        ("", anna.pk),
    ]


@pytest.mark.django_db(transaction=True)
def test_only_who_runs_shows_and_the_host_change_it(show, anna, boris, vera, gleb, table):
    show.host = cast.joins(boris, table, "host")
    show.save()
    change_poster(show_id=show.pk, poster="posters/b.webp", by=boris, at=timezone.now())
    for person in (cast.joins(gleb, table, "host"), cast.joins(vera, table, "moderator")):
        with pytest.raises(RoleMissing):
            change_poster(show_id=show.pk, poster="posters/c.webp", by=person, at=timezone.now())
    show.refresh_from_db()
    assert show.poster == "posters/b.webp"


def test_the_first_product_stands_in_and_then_the_cover(show, table, anna, django_assert_num_queries):
    assert posters_of([show]) == {show.pk: ""}
    table.cover = "covers/table.webp"
    assert posters_of([show])[show.pk] == "covers/table.webp"
    mug, towel = cast.product(table), cast.product(table, name="Полотенце")
    Picture.objects.create(variant=towel, position=0, source="https://feed.example/towel.jpg", file="towel.webp")
    TrayItem.objects.create(show=show, product=towel.product, position=0)
    TrayItem.objects.create(show=show, product=mug.product, position=1)
    assert posters_of([show])[show.pk].endswith("towel.webp")
    show.poster = "posters/own.webp"
    with django_assert_num_queries(0):
        assert posters_of([show]) == {show.pk: "posters/own.webp"}
