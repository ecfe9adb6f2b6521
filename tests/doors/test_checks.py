"""Which failures `bin/test` tries once more, and that it understands what pytest says."""

from __future__ import annotations

import pytest

from svoi.doors.checks import EVERY_PAGE, FAILED, SUMMARY, may_be_tried_again, to_try_again

CLOCK, PURE = "tests/media/test_show.py::test_a", "tests/races/test_stock.py::test_a"


@pytest.mark.parametrize(
    ("failed", "again"),
    [([], False), ([CLOCK], True), ([CLOCK] * 3, True), ([CLOCK] * 4, False), ([PURE], False), ([CLOCK, PURE], False)],
)
def test_only_a_few_tests_with_a_clock_are_tried_again(failed: list[str], again: bool) -> None:
    assert may_be_tried_again(failed) is again


@pytest.mark.parametrize(
    ("line", "test"),
    [
        ("FAILED tests/media/test_a.py::test_b - AssertionError: assert 1 == 2", "tests/media/test_a.py::test_b"),
        (
            "FAILED tests/media/test_a.py::test_b[after it was shown]",
            "tests/media/test_a.py::test_b[after it was shown]",
        ),
        ("ERROR tests/ui/test_a.py::test_b - RuntimeError", "tests/ui/test_a.py::test_b"),
        ("ERROR tests/ui/test_a.py", None),
        ("FAILED in the words of a test", None),
    ],
)
def test_a_failed_test_is_known_by_name(line: str, test: str | None) -> None:
    told = FAILED.match(line)
    assert (told and told[1]) == test


def test_a_summary_is_known() -> None:
    assert SUMMARY.match("1 failed, 3481 passed, 1 skipped in 1168.25s (0:19:28)")


def test_the_walk_through_every_page_is_tried_again_whole() -> None:
    failed = [f"{EVERY_PAGE}::test_every_page_was_looked_at", f"{EVERY_PAGE}::test_no_page[around_the_rest]", CLOCK]
    assert to_try_again(failed) == [EVERY_PAGE, CLOCK]
