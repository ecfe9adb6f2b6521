"""The camera's pure modules as values: the ladder, the picture's shape, pauses, frames and clocks."""

from __future__ import annotations

import pytest

from svoi.media.refusals import StreamRefused
from svoi.media.studio.framing import HEAD, Kind, pack_frame, parse_frame
from tests.chromium import needs_chromium

pytestmark = needs_chromium
WALK = """
  const walk = (seen, seconds, from = ladder.fresh()) => {
    const rungs = [];
    let state = from;
    for (let number = 0; number < seconds; number++) { state = ladder.step(state, seen, 1000); rungs.push(state.rung); }
    return { state, rungs };
  };
  const calm = { queue: 0, bufferedMs: 0, taken: 30, dropped: 0 };
  const busy = { ...calm, queue: 5 };
"""


def test_strain_goes_down_one_rung_at_a_time_and_never_below_the_last(ask):
    assert ask(f"{WALK} return walk(busy, 8).rungs") == [0, 1, 1, 2, 2, 2, 2, 2]


@pytest.mark.parametrize(
    ("seen", "strained"),
    [
        ("{}", False),
        ("{ queue: 2 }", False),
        ("{ queue: 3 }", True),
        ("{ bufferedMs: 500 }", False),
        ("{ bufferedMs: 501 }", True),
        ("{ taken: 27, dropped: 3 }", False),
        ("{ taken: 26, dropped: 4 }", True),
        ("{ taken: 0, dropped: 0 }", False),
    ],
)
def test_each_kind_of_strain_counts(ask, seen: str, strained: bool):
    assert ask(f"{WALK} return ladder.isStrained({{ ...calm, ...{seen} }})") is strained


def test_a_single_bad_second_is_forgiven(ask):
    told = "const one = walk(busy, 1).state; return walk(busy, 1, ladder.step(one, calm, 1000)).rungs"
    assert ask(WALK + told) == [0]


def test_up_again_after_a_calm_minute_and_not_before(ask):
    rungs = ask(f"{WALK} return walk(calm, 121, walk(busy, 4).state).rungs")
    assert rungs == [2] * 59 + [1] * 60 + [0] * 2


def test_a_climb_that_fails_makes_the_next_one_wait_twice_as_long(ask):
    told = """
      const first = walk(busy, 2).state, up = walk(calm, 60, first).state, down = walk(busy, 2, up).state;
      return [up.rung, down.rung, down.needsMs, walk(calm, 119, down).state.rung, walk(calm, 120, down).state.rung];
    """
    assert ask(WALK + told) == [0, 1, 120_000, 1, 0]


def test_the_wait_has_an_end_and_a_long_calm_forgives(ask):
    told = """
      let state = walk(busy, 2).state;
      const fails = () => walk(busy, 2, walk(calm, state.needsMs / 1000, state).state).state;
      for (let number = 0; number < 9; number++) state = fails();
      const worst = state.needsMs;
      const long = walk(calm, 3 * worst / 1000, state).state;
      return [worst, walk(busy, 2, long).state.needsMs];
    """
    assert ask(WALK + told) == [480_000, 60_000]


def test_a_frame_is_let_in_only_where_there_is_room(ask):
    told = "return [[2, 1000], [3, 0], [0, 1001]].map(([queue, bufferedMs]) => ladder.admits({ queue, bufferedMs }))"
    assert ask(told) == [True, False, False]


@pytest.mark.parametrize(
    ("source", "framing", "short", "expected"),
    [
        ((1280, 720), "wide", 720, (0, 0, 1280, 720, 1280, 720)),
        ((1280, 720), "tall", 720, (438, 0, 404, 720, 404, 720)),
        ((720, 1280), "tall", 720, (0, 0, 720, 1280, 720, 1280)),
        ((720, 1280), "tall", 360, (0, 0, 720, 1280, 360, 640)),
        ((1920, 1080), "wide", 540, (0, 0, 1920, 1080, 960, 540)),
        ((640, 480), "tall", 720, (184, 0, 270, 480, 270, 480)),
        ((480, 640), "wide", 360, (0, 184, 480, 270, 480, 270)),
    ],
)
def test_a_picture_is_cut_from_the_middle_in_even_numbers_and_never_enlarged(ask, source, framing, short, expected):
    width, height = source
    told = ask(f"return shape.shapeOf({{ width: {width}, height: {height} }}, '{framing}', {short})")
    assert tuple(told[name] for name in ("x", "y", "width", "height", "outWidth", "outHeight")) == expected


def test_pauses_are_quick_then_doubled_and_left_to_the_dice(ask):
    pauses = ask("return [0, 19, 20, 21, 25, 90].map((attempt) => [0, 1].map((dice) => retry.pauseMs(attempt, dice)))")
    assert pauses == [[125, 250], [125, 250], [125, 250], [250, 500], [4000, 8000], [4000, 8000]]


def test_only_passing_troubles_are_tried_again(ask):
    codes = sorted({kind.code for kind in StreamRefused.__subclasses__()})
    passing = ask(f"return {codes}.filter(retry.isPassing)")
    assert passing == ["stopping", "ticket", "too_many", "try_again"]


def test_the_browsers_frames_are_medias_frames(ask):
    packed = ask(
        "return [...frames.packed(frames.KIND.picture, 0xFEDCBA98, new Uint8Array([0, 0, 0, 1, 7]), { key: true })]"
    )
    assert bytes(packed) == pack_frame(Kind.PICTURE, 0xFEDCBA98, b"\0\0\0\1\7", is_key=True)
    empty = ask("return [...frames.packed(frames.KIND.noSound, 7)]")
    assert (parse_frame(bytes(empty)).kind, len(empty)) == (Kind.NO_SOUND, HEAD.size)
    kinds = ask("return Object.values(frames.KIND)")
    assert kinds == [kind.value for kind in Kind]


def test_two_clocks_are_read_against_ours_by_whoever_came_quickest(ask):
    told = """
      const one = new clock.TrackClock();
      const late = [40, 12, 90, 10, 35];
      return late.map((lateMs, number) => one.at(5_000_000 + number * 40, 1000 + number * 40 + lateMs));
    """
    assert ask(told) == [1040, 1052, 1092, 1130, 1170]


def test_a_clock_that_runs_slow_is_followed(ask):
    told = """
      const one = new clock.TrackClock();
      let worst = 0;
      const errorMs = (now) => Math.abs(one.at(now * 0.9995, now + 5) - now - 5);
      for (let now = 0; now < 600_000; now += 40) worst = Math.max(worst, errorMs(now));
      return worst;
    """
    assert 0 < ask(told) < 6
