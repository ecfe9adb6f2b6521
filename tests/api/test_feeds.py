"""Feeds at an address: open shops for everybody, closed ones for their programs alone, and nothing made twice."""

from __future__ import annotations

import base64
import fcntl
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from lxml import etree

from svoi.catalog.actions import issue_token, keep_feed, revoke_token
from svoi.catalog.models import ApiCall, ApiToken, Category, Picture, Product, Stock, Variant
from svoi.catalog.rules.tokens import CALLS_PER_MINUTE_MAX
from svoi.communities.models import Community
from svoi.members.models import Member
from svoi.ui.addresses import pages_of
from tests import cast

pytestmark = pytest.mark.django_db(transaction=True)
FEEDS = ["market.yml", "google.xml"]


@pytest.fixture(autouse=True)
def folder(settings: Any, tmp_path: Path) -> Path:
    settings.DATA_DIR = tmp_path
    return tmp_path / "feeds"


@pytest.fixture
def secret(cellar: Community) -> str:
    return issue_token(community=cellar, name="Market", scopes=["catalogue"], at=cast.NOON)[1]


def get(client: Client, slug: str, name: str = "market.yml", secret: str = "", **headers: str) -> Any:
    shown = {"Authorization": f"Bearer {secret}"} if secret else {}
    return client.get(f"/c/{slug}/feeds/{name}", headers=shown | headers)


def body(answer: Any) -> Any:
    assert answer.status_code == 200
    return etree.fromstring(b"".join(answer.streaming_content))


def test_an_open_shop_is_read_by_everybody(client: Client, table: Community) -> None:
    mug = cast.product(table)
    answers = [get(client, "table", name) for name in FEEDS]
    assert [body(each).tag for each in answers] == ["yml_catalog", "rss"]
    for name, answer in zip(FEEDS, answers, strict=True):
        assert answer["Content-Disposition"] == f'inline; filename="{name}"'
        assert (answer.streaming, answer["Content-Type"]) == (True, "application/xml; charset=utf-8")
        assert (answer["Cache-Control"], answer["Content-Language"]) == ("no-cache", "ru")
    again = body(get(client, "table"))
    assert [each.get("id") for each in again.iter("offer")] == [mug.external_id]


@pytest.mark.parametrize("name", FEEDS)
def test_a_closed_shop_is_not_there(
    client: Client, table: Community, cellar: Community, anna: Member, dmitri: Member, secret: str, name: str
) -> None:
    others = {
        "another shop's": issue_token(community=table, name="x", scopes=["catalogue"], at=cast.NOON)[1],
        "for something else": issue_token(community=cellar, name="x", scopes=["stock"], at=cast.NOON)[1],
        "revoked": issue_token(community=cellar, name="x", scopes=["catalogue"], at=cast.NOON)[1],
    }
    revoke_token(token_id=ApiToken.objects.latest("id").pk, community=cellar, at=cast.NOON)
    for reader in (None, dmitri, anna):
        if reader:
            client.force_login(reader)
        assert get(client, "cellar", name).status_code == 404
    client.logout()
    for shown in (*others.values(), "svoi_guess"):
        assert get(client, "cellar", name, shown).status_code == 404
    for said in ("Basic", "Basic !", "Basic /w==", "Basic YTo=", "Bearer ", f"Digest {secret}", secret):
        assert get(client, "cellar", name, Authorization=said).status_code == 404
    assert get(client, "attic", name, secret).status_code == 404


def test_a_program_of_the_closed_shop_reads_it(client: Client, cellar: Community, secret: str) -> None:
    cast.product(cellar)
    answer = get(client, "cellar", secret=secret)
    assert (len(body(answer).findall("shop/offers/offer")), answer["Cache-Control"]) == (1, "private, no-cache")
    password = base64.b64encode(f"market:{secret}".encode()).decode()
    assert get(client, "cellar", Authorization=f"Basic {password}").status_code == 200
    assert list(ApiCall.objects.values_list("scope", flat=True)) == ["catalogue"] * 2
    now = timezone.now()
    ApiCall.objects.bulk_create(
        ApiCall(token=ApiToken.objects.get(), scope="catalogue", at=now) for _ in range(CALLS_PER_MINUTE_MAX)
    )
    refused = get(client, "cellar", secret=secret)
    assert (refused.status_code, 50 <= int(refused["Retry-After"]) <= 60) == (429, True)


def test_a_token_for_the_catalogue_is_issued(cellar: Community, capsys: pytest.CaptureFixture[str]) -> None:
    call_command("issue_token", "Market", "--scope", "catalogue", language="en")
    assert ApiToken.objects.get().scopes == ["catalogue"]


def test_other_methods_are_told_the_right_one(client: Client, table: Community) -> None:
    for slug in ("table", "attic"):
        answer = client.post(f"/c/{slug}/feeds/market.yml")
        assert (answer.status_code, answer["Allow"]) == (405, "GET, HEAD")
    assert client.head("/c/table/feeds/market.yml").status_code == 200


@pytest.mark.parametrize("name", FEEDS)
def test_who_has_it_already_is_told_so(client: Client, table: Community, name: str) -> None:
    cast.product(table)
    first = get(client, "table", name)
    for known in ({"If-None-Match": first["ETag"]}, {"If-Modified-Since": first["Last-Modified"]}):
        answer = get(client, "table", name, **known)
        assert (answer.status_code, answer.content) == (304, b"")
        assert (answer["ETag"], answer["Cache-Control"]) == (first["ETag"], "no-cache")
    assert get(client, "table", name, **{"If-Match": '"other"'}).status_code == 412
    assert b"".join(get(client, "table", name).streaming_content) == b"".join(first.streaming_content)


def changes(place: Community, mug: Variant) -> Iterator[None]:
    """Everything a feed is made of, changed one by one."""
    Variant.objects.filter(pk=mug.pk).update(price_minor=1)
    yield
    Product.objects.filter(pk=mug.product_id).update(description="x")
    yield
    Stock.objects.filter(pk=mug.pk).update(on_hand=0)
    yield
    Picture.objects.create(variant=mug, position=0, source="https://brand.example/1.jpg")
    yield
    Picture.objects.all().delete()
    yield
    Category.objects.create(community=place, external_id="1", name="Всё")
    yield
    Community.objects.filter(pk=place.pk).update(name_ru="Другой стол")
    yield
    cast.product(place)
    yield
    Stock.objects.filter(pk=mug.pk).delete()
    yield


def test_any_change_makes_another_feed(client: Client, table: Community, cellar: Community, folder: Path) -> None:
    mug = cast.product(table)
    seen = [get(client, "table")["ETag"]]
    for _ in changes(table, mug):
        seen.append(get(client, "table")["ETag"])
        assert len(list(folder.glob("*.xml"))) == 1
    assert seen.pop(5) == seen[3]  # a picture that came and went
    assert len(set(seen)) == len(seen) == 9
    cast.product(cellar)
    assert get(client, "table")["ETag"] == seen[-1]


def test_every_day_makes_another_feed(table: Community) -> None:
    """Whoever reads a feed holds one of days ago for abandoned."""
    pages = pages_of("table")
    stamps = []
    for hours in (0, 1, 24):
        kept = keep_feed(community=table, form="yml", pages=pages, at=cast.NOON + timedelta(hours=hours))
        assert kept is not None
        stamps.append(kept.stamp)
        kept.file.close()
    assert (stamps[0] == stamps[1], stamps[1] == stamps[2]) == (True, False)


def test_one_at_a_time_is_made(client: Client, table: Community, folder: Path) -> None:
    folder.mkdir()
    with (folder / f"{table.pk}-yml.lock").open("wb") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        busy = get(client, "table")
        assert (busy.status_code, busy["Retry-After"]) == (503, "10")
        assert get(client, "table", "google.xml").status_code == 200
    first = get(client, "table")
    cast.product(table)
    with (folder / f"{table.pk}-yml.lock").open("wb") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        assert get(client, "table")["ETag"] == first["ETag"]
    assert get(client, "table")["ETag"] != first["ETag"]


def test_nobody_else_on_the_machine_reads_it(client: Client, table: Community, folder: Path) -> None:
    get(client, "table")
    (file,) = folder.glob("*.xml")
    assert (folder.stat().st_mode & 0o777, file.stat().st_mode & 0o777) == (0o700, 0o600)


@pytest.mark.parametrize("count", [1, 3])
def test_a_kept_feed_takes_as_many_queries_for_many_offers_as_for_one(
    client: Client, table: Community, count: int
) -> None:
    for _ in range(count):
        cast.product(table)
    for queries in (8, 2):  # made, and given again
        with CaptureQueriesContext(connection) as asked:
            assert get(client, "table").status_code == 200
        assert len(asked) == queries
