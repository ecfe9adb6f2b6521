"""`import-feed` as a person at a terminal meets it."""

from __future__ import annotations

import gzip
import io
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from svoi.catalog.models import FeedImport, Product, Variant
from svoi.catalog.rules import feeds as limits
from svoi.communities.models import Community
from svoi.jobs.management.commands import _words
from svoi.jobs.management.commands._progress import Progress
from svoi.kernel.refused import Refused
from tests.catalog.feeds import document, offer, param

FEED = document(offer("a"), offer("b", price="дёшево"), offer("c", price=100, oldprice=50))
DEMO = Path(__file__).resolve().parents[2] / "svoi" / "jobs" / "demo"


@pytest.fixture
def feed(tmp_path: Path) -> Path:
    path = tmp_path / "brand.xml"
    path.write_bytes(FEED)
    return path


def said(capsys: pytest.CaptureFixture[str], *told: str, **options: object) -> list[str]:
    call_command("import_feed", *told, **{"language": "en", "verbosity": 0, **options})
    return capsys.readouterr().out.splitlines()


def test_it_tells_what_came_in(table: Community, feed: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert said(capsys, str(feed)) == [
        "3 offers: 2 new, 0 changed, 0 withdrawn, 1 refused.",
        "Refused offers:",
        "  b: the price is not a sum of money: дёшево [bad_price]",
        "Taken, but without a piece:",
        "  c: the old price is not higher: 50 [old_price_not_higher]",
    ]
    assert said(capsys, str(feed), language="ru")[:3] == [
        "Предложений: 3. Новых: 0, изменено: 0, снято: 0, отклонено: 1.",
        "Отклонённые предложения:",
        "  b: цена не похожа на сумму: дёшево [bad_price]",
    ]
    assert FeedImport.objects.first().source == "brand.xml"  # type: ignore[union-attr]


def test_standard_input_and_gzip(
    table: Community, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    class Piped:
        buffer = io.BytesIO(gzip.compress(FEED))

    monkeypatch.setattr("sys.stdin", Piped)
    assert said(capsys, "-")[0] == "3 offers: 2 new, 0 changed, 0 withdrawn, 1 refused."
    assert FeedImport.objects.get().source == "stdin"


def test_the_demo_shop_comes_in_whole(table: Community, capsys: pytest.CaptureFixture[str]) -> None:
    assert said(capsys, str(DEMO / "feed.xml")) == ["82 offers: 82 new, 0 changed, 0 withdrawn, 0 refused."]
    assert said(capsys, str(DEMO / "feed.xml")) == ["82 offers: 0 new, 0 changed, 0 withdrawn, 0 refused."]
    assert Product.objects.count() == 40
    assert Variant.objects.filter(pictures__file="").count() == 0
    grouped = Variant.objects.filter(product__external_id__startswith="group:")
    assert (grouped.filter(title="").count(), grouped.filter(title_en="").count()) == (0, 0)
    assert Product.objects.filter(name_en="").count() == 0


def test_words_lie_beside_the_feed(table: Community, feed: Path, capsys: pytest.CaptureFixture[str]) -> None:
    feed.write_bytes(document(offer("a", more=param("Цвет", "Синий"))))
    (feed.parent / "words.toml").write_text('[params]\n"Цвет" = "Colour"\n[values]\n"Синий" = "Blue"\n', "utf-8")
    said(capsys, str(feed))
    assert Variant.objects.get().params == [["Цвет", "Синий", "", "Colour", "Blue", ""]]


@pytest.mark.parametrize(
    ("content", "language", "sentence"),
    [
        (b"", "en", "The feed was not taken: the file is empty. Nothing was changed."),
        (FEED[:-20], "ru", "Фид не принят: файл обрывается, не дойдя до конца. Ничего не изменено."),
        (
            b"<rss/>",
            "en",
            "The feed was not taken: its root is <rss>, and a YML feed begins with <yml_catalog>. Nothing was changed.",
        ),
    ],
)
def test_a_refusal_is_one_sentence(table: Community, feed: Path, content: bytes, language: str, sentence: str) -> None:
    feed.write_bytes(content)
    with pytest.raises(CommandError) as caught:
        call_command("import_feed", str(feed), language=language, verbosity=0)
    assert (str(caught.value), FeedImport.objects.count()) == (sentence, 0)


def test_a_file_that_is_not_there(table: Community) -> None:
    with pytest.raises(CommandError) as caught:
        call_command("import_feed", "/nowhere/feed.xml", language="en")
    assert str(caught.value) == "/nowhere/feed.xml cannot be read: No such file or directory."


def test_the_community_is_named_when_there_are_several(
    table: Community, feed: Path, capsys: pytest.CaptureFixture[str], request: pytest.FixtureRequest
) -> None:
    request.getfixturevalue("cellar")
    for named, sentence in (
        ({}, "Say which community it is for: --community cellar, table."),
        ({"community": "attic"}, "There is no community attic; there are: cellar, table."),
    ):
        with pytest.raises(CommandError) as caught:
            call_command("import_feed", str(feed), language="en", **named)
        assert str(caught.value) == sentence
    assert said(capsys, str(feed), community="cellar")[0].startswith("3 offers: 2 new")


def test_without_a_community_there_is_nothing_to_fill(db: None, feed: Path) -> None:
    with pytest.raises(CommandError) as caught:
        call_command("import_feed", str(feed), language="ru")
    assert str(caught.value) == "Сообществ ещё нет; сначала создайте одно."


@pytest.mark.parametrize(
    ("environment", "language"),
    [
        ({"LANG": "ru_RU.UTF-8"}, "ru"),
        ({"LANG": "ru_RU.UTF-8", "LC_ALL": "C"}, "en"),
        ({"LANG": "de_DE"}, "en"),
        ({}, "en"),
    ],
)
def test_the_terminal_says_its_language(
    monkeypatch: pytest.MonkeyPatch, environment: dict[str, str], language: str
) -> None:
    for name in ("LANG", "LC_ALL", "LC_MESSAGES"):
        monkeypatch.delenv(name, raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    assert _words.language_of_terminal() == language


def test_every_reason_has_words() -> None:
    """The reasons are listed in the refusal's own description; the words must cover exactly those."""
    listed = (limits.FeedRefused.__doc__ or "").split("Reasons:")[1]
    assert set(_words.FEEDS) == set(listed.replace(".", "").replace(",", " ").split())
    assert issubclass(limits.FeedRefused, Refused)


class Terminal(io.StringIO):
    """Keeps what is drawn."""

    def isatty(self) -> bool:
        return True


def test_progress_is_a_bar_on_a_terminal() -> None:
    out = Terminal()
    Progress(out, whole=10_000_000, unit="MB").show("Reading", 5_000_000)
    assert out.getvalue() == f"\r\x1b[KReading {'█' * 15}{'░' * 15}  50%  5.0 MB"


def test_progress_without_an_end_tells_the_amount() -> None:
    out = Terminal()
    Progress(out, whole=None, unit="MB").show("Reading", 5_000_000)
    assert out.getvalue() == "\r\x1b[KReading 5.0 MB"


def test_progress_in_a_file_is_lines() -> None:
    out = io.StringIO()
    progress = Progress(out, whole=None, unit="MB")
    progress.show("Reading", 1)
    progress.name("Updating")
    progress.clear()
    assert out.getvalue() == "Updating\n"
