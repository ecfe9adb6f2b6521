"""Batches grow while commits are quick, shrink when they are slow, and nobody waits at a quiet desk."""

from svoi.desk.pace import SIZE_FIRST, SIZE_MAX, SIZE_MIN, WINDOW_S_MAX, Pace


def test_full_and_quick_commits_make_room() -> None:
    pace = Pace()
    for _ in range(10):
        pace.took(pace.size, 0.01)
    assert (pace.size, pace.window_s) == (SIZE_MAX, 0.0025)


def test_slow_commits_take_fewer() -> None:
    pace = Pace(size=SIZE_MAX)
    for _ in range(10):
        pace.took(pace.size, 0.5)
    assert (pace.size, pace.window_s) == (SIZE_MIN, WINDOW_S_MAX)


def test_a_commit_that_was_not_full_says_nothing_about_the_size() -> None:
    pace = Pace()
    pace.took(SIZE_FIRST - 1, 0.01)
    assert pace.size == SIZE_FIRST


def test_one_alone_does_not_wait() -> None:
    pace = Pace(window_s=WINDOW_S_MAX)
    pace.took(1, 0.01)
    assert pace.window_s == 0.0
