"""`export-feed` as a person at a terminal meets it: a file that is whole or as it was."""

from __future__ import annotations

import gzip
import io
import os
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from lxml import etree

from svoi.catalog.models import Product, Variant
from svoi.catalog.providers.whole_files import whole_file
from svoi.communities.models import Community
from svoi.jobs.management.commands.export_feed import _Watch
from tests import cast
from tests.catalog.exported import offers_of
from tests.catalog.feeds import document, offer, take_in

FEED = document(offer("a"), offer("b", price=100, oldprice=150))


@pytest.fixture
def shop(table: Community) -> Community:
    take_in(table, FEED)
    return table


def said(capsys: pytest.CaptureFixture[str], *told: str, **options: object) -> list[str]:
    call_command("export_feed", *told, **{"language": "en", "verbosity": 0, **options})
    return capsys.readouterr().out.splitlines()


def test_it_tells_what_went_out(shop: Community, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    nameless = cast.product(shop, name=" ")
    path = tmp_path / "market.yml"
    assert said(capsys, str(path)) == [
        "2 offers written.",
        "1 without an id or a name were left out.",
        "Old prices left out, since a lower one was asked in the 30 days before, or none: 1.",
    ]
    assert list(offers_of(path.read_bytes())) == ["a", "b"]
    Product.objects.filter(pk=nameless.product_id).update(name="Ваза")
    Variant.objects.update(old_price_minor=None)
    assert said(capsys, str(path), language="ru") == ["Записано предложений: 3."]
    assert [each.name for each in tmp_path.iterdir()] == ["market.yml"]


def test_the_form_is_chosen(shop: Community, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for form, root in (("yml", "yml_catalog"), ("google", "rss")):
        said(capsys, str(tmp_path / form), format=form)
        assert etree.parse(tmp_path / form).getroot().tag == root
    with pytest.raises(CommandError, match="invalid choice: 'json'"):
        call_command("export_feed", "-", "--format", "json")


def test_a_packed_feed_comes_in_again(
    shop: Community, cellar: Community, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "market.yml.gz"
    said(capsys, str(path), community="table")
    assert list(offers_of(gzip.decompress(path.read_bytes()))) == ["a", "b"]
    call_command("import_feed", str(path), community="cellar", language="en", verbosity=0)
    assert capsys.readouterr().out == "2 offers: 2 new, 0 changed, 0 withdrawn, 0 refused.\n"


def test_standard_output_holds_the_feed_alone(
    shop: Community, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    class Piped(io.StringIO):
        buffer = io.BytesIO()

    monkeypatch.setattr("sys.stdout", Piped())
    call_command("export_feed", "-", language="en", verbosity=0)
    assert list(offers_of(Piped.buffer.getvalue())) == ["a", "b"]
    assert "2 offers written." in capsys.readouterr().err


@pytest.mark.parametrize(("name", "why"), [("lost/market.yml", "No such file or directory"), (".", "Is a directory")])
def test_where_nothing_can_be_written(shop: Community, tmp_path: Path, name: str, why: str) -> None:
    path = str(tmp_path / name)
    with pytest.raises(CommandError) as caught:
        call_command("export_feed", path, language="en", verbosity=0)
    assert str(caught.value) == f"{path} cannot be written: {why}."
    assert list(tmp_path.iterdir()) == []


def test_the_community_is_named_when_there_are_several(shop: Community, cellar: Community) -> None:
    with pytest.raises(CommandError) as caught:
        call_command("export_feed", "-", language="en")
    assert str(caught.value) == "Say which community it is for: --community cellar, table."


def test_the_bar_knows_its_length() -> None:
    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    out = Terminal()
    watch = _Watch(out, "Writing the feed")
    watch(1, 2)
    watch.clear()
    assert out.getvalue() == f"\r\x1b[KWriting the feed {'█' * 15}{'░' * 15}  50%\r\x1b[K"


def test_a_file_is_whole_or_as_it_was(tmp_path: Path) -> None:
    path = tmp_path / "feed.yml"
    path.write_text("before")
    path.chmod(0o640)
    link = tmp_path / "link.yml"
    link.symlink_to(path)
    with pytest.raises(RuntimeError), whole_file(link) as out:
        out.write(b"half")
        raise RuntimeError
    assert (path.read_text(), sorted(each.name for each in tmp_path.iterdir())) == ("before", ["feed.yml", "link.yml"])

    with whole_file(link) as out:
        out.write(b"after")
        assert path.read_text() == "before"

    assert (path.read_text(), link.is_symlink(), path.stat().st_mode & 0o777) == ("after", True, 0o640)
    assert sorted(each.name for each in tmp_path.iterdir()) == ["feed.yml", "link.yml"]


def test_a_pipe_is_written_to_and_not_replaced(tmp_path: Path) -> None:
    path = tmp_path / "pipe"
    os.mkfifo(path)
    reader = os.open(path, os.O_RDONLY | os.O_NONBLOCK)
    try:
        with whole_file(path) as out:
            out.write(b"feed")
        assert (os.read(reader, 10), path.is_fifo()) == (b"feed", True)
    finally:
        os.close(reader)
