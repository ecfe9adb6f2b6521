"""Counts by code: sound rows are taken, the others told; what was sold meanwhile stays sold."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from svoi.catalog.actions import reserve_stock, set_counts
from svoi.catalog.models import Stock, Variant
from svoi.catalog.providers.stock_csv import counts_of
from svoi.catalog.rules.stock_lists import Counted, RowBroken, StockListRefused, read_row
from svoi.communities.models import Community
from tests import cast
from tests.catalog.feeds import document, offer, take_in


def read(text: bytes) -> list[Counted | RowBroken]:
    return list(counts_of(io.BytesIO(text), watch=lambda _: None))


def counted(place: Community, *counts: tuple[str, int]) -> tuple[int, int, list[tuple[int, str]]]:
    rows = [Counted(n, code, count) for n, (code, count) in enumerate(counts, 1)]
    taken = set_counts(community=place, rows=rows, source="test")
    return taken.rows, taken.changed, [(each.place, each.reason) for each in taken.kept]


def on_hand() -> dict[str, int]:
    return dict(Stock.objects.values_list("variant__external_id", "on_hand"))


@pytest.fixture
def shop(table: Community) -> Community:
    """A mug known by its id and its article, and two jugs that share theirs."""
    jugs = [offer(f"jug{n}", vendorCode="J-1") for n in (1, 2)]
    take_in(table, document(offer("mug", vendorCode="M-1"), *jugs))
    return table


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ("код;остаток\nmug;5\n", [Counted(2, "mug", 5)]),
        ("\ufeffcode;count\r\nmug;5\r\n\r\njug;0", [Counted(2, "mug", 5), Counted(4, "jug", 0)]),
        ("mug,5", [Counted(1, "mug", 5)]),
        ("mug\t5\textra", [Counted(1, "mug", 5)]),
        ('"m;ug";"5"', [Counted(1, "m;ug", 5)]),
        ("mug;5,000\njug; 1 000", [Counted(1, "mug", 5), Counted(2, "jug", 1000)]),
        ("mug", [RowBroken(1, "too_few_columns", "mug")]),
        (";5", [RowBroken(1, "no_code")]),
        ("mug;-1", [RowBroken(1, "bad_count", "mug: -1")]),
        ("mug;1\nmug;1.5", [Counted(1, "mug", 1), RowBroken(2, "bad_count", "mug: 1.5")]),
        ("mug;1\nmug;٣", [Counted(1, "mug", 1), RowBroken(2, "bad_count", "mug: ٣")]),
        ("mug;1000000", [RowBroken(1, "bad_count", "mug: 1000000")]),
        (f"{'m' * 65};1", [RowBroken(1, "code_too_long", "m" * 64)]),
        (f"{'m' * 5000};1\nmug;2", [RowBroken(1, "line_too_long"), Counted(2, "mug", 2)]),
        ("", []),
    ],
)  # fmt: skip
def test_a_file_is_read_line_by_line(text: str, rows: list[object]) -> None:
    assert read(text.encode()) == rows


def test_windows_letters_are_read_too() -> None:
    assert read("Артикул;Остаток\nКР-1;5\n".encode("windows-1251")) == [Counted(2, "КР-1", 5)]
    assert read("mug;1\nКР-1;5\n".encode("windows-1251")) == [Counted(1, "mug", 1), Counted(2, "КР-1", 5)]


@pytest.mark.parametrize("head", [b"\xff\xfem\0u\0", b"PK\x03\x04rest", b"\xd0\xcf\x11\xe0", b"a\0b;1"])
def test_a_workbook_is_no_list(head: bytes) -> None:
    with pytest.raises(StockListRefused):
        read(head)


@given(st.binary(max_size=300))
def test_whatever_comes_is_read_or_told(text: bytes) -> None:
    try:
        found = read(text)
    except StockListRefused:
        return
    assert all(isinstance(each, (Counted, RowBroken)) for each in found)


@pytest.mark.parametrize("count", [None, True, 5.0, -1, 10**6, [], {}, "5 pieces"])
def test_a_count_of_json_is_a_whole_number(count: object) -> None:
    assert isinstance(read_row(place=1, code="mug", count=count), RowBroken)


def test_counts_are_taken_by_id_or_article(shop: Community) -> None:
    assert counted(shop, ("mug", 7), ("jug1", 0), ("J-1", 3), ("lost", 1), ("mug", 9), ("M-1", 9)) == (
        6,
        2,
        [(5, "repeated_code"), (3, "ambiguous_code"), (4, "unknown_code"), (6, "repeated_code")],
    )
    assert on_hand() == {"mug": 7, "jug1": 0, "jug2": 5}
    assert [kind for kind, _ in cast.recorded()][-2:] == ["stock_ran_out", "stock_counted"]
    assert counted(shop, ("M-1", 4))[:2] == (1, 1)
    assert on_hand()["mug"] == 4


def test_the_same_list_twice_changes_nothing(shop: Community) -> None:
    mug = Variant.objects.get(external_id="mug")
    assert counted(shop, ("mug", 7)) == (1, 1, [])
    reserve_stock(variant_id=mug.pk, quantity=3)
    for _ in range(2):
        assert counted(shop, ("mug", 7)) == (1, 0, [])
        assert on_hand()["mug"] == 4
    counted(shop, ("mug", 9))
    assert on_hand()["mug"] == 6


def test_a_feed_and_a_list_speak_of_the_same_count(shop: Community) -> None:
    counted(shop, ("mug", 5))
    take_in(shop, document(offer("mug", count=8)))
    assert on_hand()["mug"] == 8


def test_a_thing_without_stock_gets_one(table: Community) -> None:
    mug = cast.product(table)
    Stock.objects.all().delete()
    assert counted(table, (mug.external_id, 2)) == (1, 1, [])
    assert list(Stock.objects.values_list("on_hand", "feed_count")) == [(2, 2)]
    assert "stock_returned" in [kind for kind, _ in cast.recorded()]


def test_another_shop_is_not_counted(shop: Community, cellar: Community) -> None:
    assert counted(cellar, ("mug", 1)) == (1, 0, [(1, "unknown_code")])
    assert on_hand()["mug"] == 5


@pytest.mark.parametrize("codes", [1, 3])
def test_a_batch_takes_the_same_number_of_queries(table: Community, codes: int) -> None:
    take_in(table, document(*[offer(f"m{n}") for n in range(codes)]))
    with CaptureQueriesContext(connection) as asked:
        counted(table, *[(f"m{n}", 9) for n in range(codes)])
    assert len([each for each in asked.captured_queries if "SAVEPOINT" not in each["sql"]]) == 4


def test_an_empty_or_endless_list_is_refused(shop: Community) -> None:
    with pytest.raises(StockListRefused):
        set_counts(community=shop, rows=[], source="test")
    with pytest.raises(StockListRefused):
        set_counts(community=shop, rows=[Counted(n, f"{n}", 1) for n in range(3)], source="test", rows_max=2)


class TestCommand:
    """`import-stock` at a terminal."""

    def said(self, capsys: pytest.CaptureFixture[str], *told: str, **options: object) -> list[str]:
        call_command("import_stock", *told, **{"language": "en", "verbosity": 0, **options})
        return capsys.readouterr().out.splitlines()

    def test_it_tells_what_came_in(self, shop: Community, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        counts = tmp_path / "counts.csv"
        counts.write_text("code;count\nmug;7\njug1;5\nlost;1\njug2;many\n")
        assert self.said(capsys, str(counts)) == [
            "4 rows: 1 changed a stock, 1 said what was known, 2 refused.",
            "Refused rows:",
            "  line 4: nothing here has the code lost [unknown_code]",
            "  line 5: the count is not a whole number: jug2: many [bad_count]",
        ]
        assert self.said(capsys, str(counts), language="ru")[0] == (
            "Строк: 4. Остаток изменили: 0, уже известны: 2, отклонено: 2."
        )

    def test_standard_input(
        self, shop: Community, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        class Piped:
            buffer = io.BytesIO(b"mug;1")

        monkeypatch.setattr("sys.stdin", Piped)
        assert self.said(capsys, "-") == ["1 rows: 1 changed a stock, 0 said what was known, 0 refused."]

    def test_what_is_no_list_is_told_in_a_sentence(self, shop: Community, tmp_path: Path) -> None:
        (tmp_path / "empty.csv").write_text("")
        with pytest.raises(CommandError, match="it is empty"):
            call_command("import_stock", str(tmp_path / "empty.csv"), language="en")
        with pytest.raises(CommandError, match="cannot be read"):
            call_command("import_stock", str(tmp_path / "none.csv"), language="en")
