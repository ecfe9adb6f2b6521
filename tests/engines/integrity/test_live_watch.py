"""Live weighing: honest crowds count in full, machines do not, and memory stays what was declared."""

from __future__ import annotations

import subprocess
import sys
import tracemalloc

import numpy as np
import pytest

from svoi.engines.integrity.live import VERDICTS, LiveLimits, LiveWatch, Reason

NOW = 1.8e9
SMALL = LiveLimits(targets_max=64, pairs_max=1 << 12, actors_max=1 << 10)


def crowd(seed, rows, *, accounts=400, targets=50, hours=3.0):
    dice = np.random.default_rng(seed)
    return {
        "actor": dice.integers(0, accounts, rows),
        "target": dice.zipf(1.5, rows) % targets,
        "at_s": np.sort(np.round(NOW + dice.uniform(0, hours * 3600, rows), 1)),
        "device": np.where(dice.random(rows) < 0.8, dice.integers(0, 60, rows), -1),
        "network": dice.integers(0, 9, rows),
        "payment": np.where(dice.random(rows) < 0.3, dice.integers(0, 30, rows), -1),
        "exposure": np.where(dice.random(rows) < 0.5, 3, -1),
    }


def singly(watch, columns):
    rows = zip(*(column.tolist() for column in columns.values()), strict=True)
    return [watch.weigh(**dict(zip(columns, row, strict=True))) for row in rows]


def test_columns_and_single_events_are_weighed_alike():
    columns = crowd(1, 2_500)
    limits = LiveLimits(targets_max=64, pairs_max=1 << 12, actors_max=1 << 10, surge_least=10.0)
    one, many = LiveWatch(limits), LiveWatch(limits)
    single = singly(one, columns)
    weights, seen = many.weigh_many(**columns)
    assert [VERDICTS[place] for place in seen] == single
    assert weights.tolist() == [weight for weight, _ in single]
    assert len(set(seen.tolist())) > 4
    assert one.came.cells == many.came.cells
    assert [one.distinct(target) for target in range(50)] == [many.distinct(target) for target in range(50)]


def test_halves_of_a_table_are_weighed_as_the_whole():
    columns = crowd(2, 3_000)
    whole, parts = LiveWatch(SMALL), LiveWatch(SMALL)
    _, seen = whole.weigh_many(**columns)
    two = [parts.weigh_many(**{name: values[cut] for name, values in columns.items()})[1]
           for cut in (slice(0, 1_234), slice(1_234, None))]  # fmt: skip
    assert np.concatenate(two).tolist() == seen.tolist()


def test_windows_turn_in_columns_as_singly():
    columns = crowd(6, 2_000)
    limits = LiveLimits(targets_max=64, pairs_max=1 << 10, actors_max=1 << 10, window_s=1_000.0)
    one, many = LiveWatch(limits), LiveWatch(limits)
    assert [VERDICTS[place] for place in many.weigh_many(**columns)[1]] == singly(one, columns)
    assert (one.until_s, one.pairs) == (many.until_s, many.pairs)


def test_more_targets_than_seats_are_weighed_part_by_part():
    columns = crowd(7, 2_000, targets=500)
    limits = LiveLimits(targets_max=8, pairs_max=1 << 12, actors_max=1 << 10)
    one, many = LiveWatch(limits), LiveWatch(limits)
    seen = many.weigh_many(**columns)[1]
    alike = [VERDICTS[place] == single for place, single in zip(seen, singly(one, columns), strict=True)]
    assert sum(alike) / len(alike) > 0.99
    assert len(many.targets._places) == 8


def test_columns_of_different_lengths_are_refused():
    with pytest.raises(ValueError, match="target has 1 rows"):
        LiveWatch(SMALL).weigh_many(actor=[1, 2], target=[1], at_s=[NOW, NOW])


@pytest.mark.parametrize("people", [30, 45])
def test_a_classroom_behind_one_network_counts_in_full(people):
    watch = LiveWatch()
    seen = [watch.weigh(pupil, 5, NOW + pupil, device=pupil, network=9) for pupil in range(people)]
    assert seen == [(1.0, ())] * people


def test_an_office_behind_one_network_counts_in_full_all_day():
    watch = LiveWatch()
    seen = [watch.weigh(who, 5, NOW + who * 60.0, device=1_000 + who, network=9) for who in range(480)]
    assert set(seen) == {(1.0, ())}


def test_a_raid_from_a_push_counts_in_full():
    watch = LiveWatch()
    watch.show(5, reach=3_000, at_s=NOW)
    seen = [watch.weigh(who, 5, NOW + who * 0.2, device=who, network=who % 40) for who in range(1_200)]
    assert set(seen) == {(1.0, ())}


def test_a_flash_sale_in_a_show_counts_in_full():
    watch = LiveWatch()
    seen = [watch.weigh(who, 5, NOW + who * 0.01, device=who, payment=who, exposure=77) for who in range(2_000)]
    assert set(seen) == {(1.0, ())}


def test_a_steady_stream_counts_in_full():
    """A minute like every minute of the last quarter of an hour is no surge, however many they are."""
    watch = LiveWatch()
    actor = np.arange(30_000)
    weights, _ = watch.weigh_many(actor=actor, target=np.full(30_000, 5), at_s=NOW + actor * 0.4)
    assert weights[3_000:].min() == 1.0


def test_a_family_with_one_tablet_and_one_card_counts_in_full():
    watch = LiveWatch()
    days = [watch.weigh(who, 5, NOW + day * 86_401.0 + who * 70.0, device=1, network=2, payment=3)
            for day in range(4) for who in range(4)]  # fmt: skip
    assert set(days) == {(1.0, ())}


def test_saying_much_lowers_nothing():
    watch = LiveWatch()
    dice = np.random.default_rng(3)
    moments = NOW + np.cumsum(dice.exponential(6.0, 300))
    assert {watch.weigh(1, 5, at, device=1, network=2) for at in moments} == {(1.0, ())}


def test_an_unexplained_surge_is_halved():
    watch = LiveWatch()
    seen = [watch.weigh(who, 5, NOW + who * 0.05, device=who) for who in range(400)]
    assert seen[0] == (1.0, ())
    assert seen[-1] == (0.5, (Reason.SURGE,))


def test_a_farm_of_accounts_on_one_device_is_halved_and_its_network_named():
    watch = LiveWatch()
    seen = [watch.weigh(who, 5, NOW + who * 97.0, device=1, network=2) for who in range(60)]
    assert seen[3] == (1.0, ())
    assert seen[4] == (0.5, (Reason.SHARED_DEVICE,))
    assert seen[-1] == (0.5, (Reason.SHARED_DEVICE, Reason.SHARED_NETWORK))


def test_two_families_take_the_weight_away():
    watch = LiveWatch()
    seen = [watch.weigh(who, 5, NOW + who * 97.0, device=1, payment=3) for who in range(9)]
    assert seen[-1] == (0.0, (Reason.SHARED_DEVICE, Reason.SHARED_PAYMENT))


def test_a_timer_is_noticed_and_a_person_is_not():
    dice = np.random.default_rng(4)
    watch = LiveWatch()
    timer = [watch.weigh(1, target, NOW + target * 30.0 * (1 + dice.uniform(-0.0005, 0.0005))) for target in range(20)]
    assert timer[-1] == (0.5, (Reason.METRONOME,))
    person = [watch.weigh(2, target, at) for target, at in enumerate(NOW + np.cumsum(dice.exponential(30.0, 500)))]
    assert set(person) == {(1.0, ())}


def test_one_moment_from_the_future_stops_no_clock():
    for weigh in ("single", "columns"):
        watch = LiveWatch()
        moments = np.concatenate(([NOW, NOW * 1_000], NOW + np.arange(300) * 60.0))
        if weigh == "single":
            weights = [watch.weigh(who, 5, at)[0] for who, at in enumerate(moments.tolist())]
        else:
            weights = watch.weigh_many(actor=np.arange(302), target=np.full(302, 5), at_s=moments)[0].tolist()
        assert weights == [1.0] * 302


def test_the_least_recent_target_gives_way():
    watch = LiveWatch(LiveLimits(targets_max=2, pairs_max=1 << 10, actors_max=16))
    for target in (1, 2, 1, 3):
        watch.weigh(7, target, NOW)
    assert [watch.distinct(target)[0] > 0 for target in (1, 2, 3)] == [True, False, True]


def test_a_new_window_counts_sharing_anew():
    watch = LiveWatch(SMALL)
    for who in range(9):
        watch.weigh(who, 5, NOW, device=1)
    assert watch.weigh(20, 5, NOW + SMALL.window_s, device=1) == (1.0, ())


def test_a_full_sketch_forgets_rather_than_accuses():
    watch = LiveWatch(LiveLimits(targets_max=8, pairs_max=1 << 8, actors_max=16, surge_least=1e9))
    actor = np.arange(5_000)
    weights, _ = watch.weigh_many(actor=actor, target=actor % 8, at_s=NOW + actor, device=actor, payment=actor)
    assert float((weights < 1).mean()) < 0.01


def test_distinct_are_estimated_within_their_error():
    watch = LiveWatch()
    dice = np.random.default_rng(5)
    who = np.repeat(np.arange(3_000), 3)
    dice.shuffle(who)
    watch.weigh_many(
        actor=who, target=np.full(9_000, 5), at_s=NOW + np.arange(9_000.0), device=who % 500, network=who % 40
    )
    actors, devices, networks = watch.distinct(5)
    assert actors == pytest.approx(3_000, rel=0.2)
    assert devices == pytest.approx(500, rel=0.2)
    assert networks == pytest.approx(40, rel=0.2)


def test_memory_is_as_declared_whatever_comes():
    tracemalloc.start()
    try:
        watch = LiveWatch(SMALL)
        fresh = tracemalloc.get_traced_memory()[0]
        for row in range(6_000):
            watch.weigh(row, row * 7_919, NOW + row, device=row, network=row, payment=row)
        held = tracemalloc.get_traced_memory()[0]
    finally:
        tracemalloc.stop()
    assert fresh <= held <= watch.memory_bytes
    assert watch.memory_bytes < 2 * (4 * 3 * (1 << 12) + 26 * (1 << 10) + 64 * 1_200)
    assert LiveWatch().memory_bytes < 12_000_000


def test_a_watch_is_not_pickled():
    with pytest.raises(TypeError):
        LiveWatch(SMALL).__reduce__()


@pytest.mark.parametrize("wrong", [{"pairs_max": 1_000}, {"actors_max": 1}, {"targets_max": 0}, {"window_s": 0.0}])
def test_limits_that_cannot_be_are_refused(wrong):
    with pytest.raises(ValueError, match=r"is not|is below"):
        LiveLimits(**wrong)


def test_single_events_need_no_compiler():
    program = (
        "import sys; from svoi.engines.integrity.live import LiveWatch; "
        "LiveWatch().weigh(1, 2, 3.0); print('numba' in sys.modules)"
    )
    told = subprocess.run([sys.executable, "-c", program], check=True, capture_output=True, text=True).stdout
    assert told.strip() == "False"
