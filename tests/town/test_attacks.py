"""Each attack leaves the trace it is known by, and the books agree with it."""

from __future__ import annotations

import numpy as np
import pytest

from svoi.town import SCHEMES, Town, build, first_of
from svoi.town.names import CODES

# What the trust engine must be tried against, and the base attack of the literature.
ASKED_FOR = {
    "lockstep",
    "drip",
    "camouflage",
    "throwaways",
    "framing",
    "paid_people",
    "bought_accounts",
    "brushing",
    "fake_viewers",
    "review_rings",
    "vouch_rings",
    "report_brigades",
    "jury_capture",
    "envelope_sybils",
    "self_dealing",
    "threshold_probing",
    "insider_edits",
}


def played(name: str, *, intensity: str = "middle", days: int = 30) -> Town:
    return build(people=600, seed=11, days=days, attacks=[f"{name}:{intensity}"])


def fakes(town: Town, verb: str) -> dict[str, np.ndarray]:
    """The fake facts of one verb, with their values."""
    which = town.truth.fact_fake & (town.facts["verb"] == CODES[verb])
    return {name: column[which] for name, column in town.facts.items()} | {"value": town.values[which]}


def own(table: dict[str, np.ndarray]) -> dict[str, np.ndarray]:
    return {name: column[table["scheme"] == 1] for name, column in table.items()}


def by_key(keys: np.ndarray) -> np.ndarray:
    return np.unique(keys, return_counts=True)[1]


def test_every_attack_asked_for_is_there():
    assert {name for name, scheme in SCHEMES.items() if scheme.is_attack} == ASKED_FOR


def test_lockstep_is_a_dense_block_within_its_window():
    town = played("lockstep", intensity="high")
    told, (group,) = fakes(town, "react"), town.truth.groups
    pairs = len(set(zip(told["actor"], told["target"], strict=True)))
    assert pairs == len(told["actor"])
    assert 0.45 < pairs / (50 * 20) < 0.6
    assert np.ptp(told["at_s"]) <= 24 * 3_600
    assert set(told["target"]) <= set(group.targets)


def test_camouflage_hides_each_fake_among_several_honest_looking_facts():
    shares = []
    for intensity in ("high", "middle", "low"):
        town = played("camouflage", intensity=intensity)
        own_facts = town.truth.fact_scheme == 1
        honest = own_facts & ~town.truth.fact_fake
        shares.append(honest.sum() / len(fakes(town, "react")["actor"]))
    assert shares == pytest.approx([1.5, 3.0, 6.0], rel=0.15)


def test_drip_is_at_most_one_action_a_day_over_weeks():
    town = played("drip", days=60)
    told = fakes(town, "react")
    day = (told["at_s"] - town.plan.start_s) // 86_400
    assert by_key(told["actor"] * 1_000 + day.astype(int)).max() == 1
    assert np.ptp(day) >= 28


def test_throwaways_are_new_and_act_once():
    town = played("throwaways")
    told, (group,) = fakes(town, "react"), town.truth.groups
    assert len(group.targets) == 1
    assert by_key(told["actor"]).tolist() == [1] * 50
    assert (told["at_s"] - town.truth.joined_s[told["actor"]]).max() < 3_600
    assert len(np.unique(told["device"])) < 50 / 3


def test_framing_has_a_victim_who_has_no_part_in_it():
    town = played("framing")
    (group,) = town.truth.groups
    (victim,) = group.victims
    assert victim not in group.accounts
    assert town.truth.of(victim) == ("", -1)
    assert set(fakes(town, "follow")["target"]) == {victim}
    stories = fakes(town, "vote")["target"] - first_of("story")
    assert len(stories) > 50
    assert len(np.unique(fakes(town, "vote")["device"])) <= 50 / 7


def test_paid_people_live_on_and_share_no_telephone():
    town = played("paid_people")
    (group,) = town.truth.groups
    assert (group.accounts < 600).all()
    assert (town.truth.fact_scheme[np.isin(town.facts["actor"], group.accounts)] == 0).any()
    told = fakes(town, "react")
    per_device = {device: set(told["actor"][told["device"] == device]) for device in np.unique(told["device"])}
    assert np.mean([len(actors) for actors in per_device.values()]) < 1.2
    orders = own(town.books["orders"])
    assert len(orders["order"]) > 5
    assert not np.isnan(orders["collected_s"]).any()
    assert (~np.isnan(orders["returned_s"])).mean() > 0.6


def test_bought_accounts_have_a_past_and_change_hands():
    town = played("bought_accounts")
    (group,) = town.truth.groups
    hers = np.isin(town.facts["actor"], group.accounts)
    everyday = hers & (town.truth.fact_scheme == 0)
    assert everyday.any()
    on_telephone = everyday & (town.facts["device"] >= 0)
    assert town.facts["at_s"][on_telephone].max() < group.from_s
    told = fakes(town, "react")
    assert not set(told["device"]) & set(town.facts["device"][on_telephone])
    assert (town.plan.start_s - town.truth.joined_s[group.accounts]).min() > 0


def test_brushing_is_paid_and_never_collected():
    town = played("brushing")
    orders, (group,) = own(town.books["orders"]), town.truth.groups
    assert len(orders["order"]) == 150
    assert not np.isnan(orders["paid_s"]).any()
    assert np.isnan(orders["collected_s"]).all()
    assert not np.isnan(orders["refunded_s"]).any()
    assert len(fakes(town, "collected")["actor"]) == 0
    assert len(np.unique(orders["payment"])) == 5
    assert group.stake_minor == orders["amount_minor"].sum()


def test_fake_viewers_play_one_recording_and_do_nothing_else():
    town = played("fake_viewers")
    told, watches = fakes(town, "heartbeat"), own(town.books["watches"])
    order = np.lexsort((told["at_s"], told["target"], told["actor"]))
    gaps = np.diff(told["at_s"][order])
    same = (np.diff(told["actor"][order]) == 0) & (np.diff(told["target"][order]) == 0)
    assert np.abs(gaps[same] - town.plan.beat_s).max() < 0.05
    everyday = (town.facts["verb"] == CODES["heartbeat"]) & ~town.truth.fact_fake
    order = np.lexsort((town.facts["at_s"][everyday], town.facts["actor"][everyday]))
    gaps = np.diff(town.facts["at_s"][everyday][order])
    assert gaps[(gaps > 0) & (gaps < 75)].std() > 1
    assert len(watches["show"]) == 60 * len(np.unique(watches["show"]))
    verbs = np.unique(town.facts["verb"][town.truth.fact_fake])
    assert set(verbs) <= {CODES["view"], CODES["heartbeat"], CODES["join"]}


def test_review_rings_praise_each_other_and_bring_everything_back():
    town = played("review_rings")
    told, orders, (group,) = fakes(town, "review"), own(town.books["orders"]), town.truth.groups
    assert set(told["value"]) == {5.0}
    assert len(group.targets) == len(group.accounts) == 12
    assert len(told["actor"]) > 0.5 * 12 * 11
    assert (~np.isnan(orders["returned_s"])).mean() > 0.65


def test_vouch_rings_are_dense_inside_and_thin_outside():
    town = played("vouch_rings")
    (group,), vouches = town.truth.groups, town.books["vouches"]
    inward = np.isin(vouches["newcomer"], group.accounts)
    inside = inward & np.isin(vouches["voucher"], group.accounts)
    assert 0.4 < inside.sum() / (20 * 19) < 0.65
    assert (inward & ~inside).sum() == 3


def test_report_brigades_have_one_victim():
    town = played("report_brigades")
    (group,), told = town.truth.groups, fakes(town, "report")
    (victim,) = group.victims
    assert victim in told["target"]
    assert len(np.unique(told["actor"])) == 30
    assert np.ptp(told["at_s"]) <= 12 * 3_600


def test_jury_capture_votes_alike_where_others_are_mostly_right():
    town = played("jury_capture")
    verdicts, bloc = town.books["verdicts"], own(town.books["verdicts"])
    assert not bloc["guilty"].any()
    assert bloc["is_guilty"].all()
    assert by_key(bloc["case"]).tolist() == [4] * 10
    others = (verdicts["scheme"] == 0) & np.isin(verdicts["case"], bloc["case"])
    assert verdicts["guilty"][others].mean() > 0.6
    assert by_key(verdicts["case"][np.isin(verdicts["case"], bloc["case"])]).tolist() == [9] * 10


def test_envelope_sybils_share_telephones_and_are_faster_than_hands():
    town = played("envelope_sybils")
    told = fakes(town, "envelope_claim")
    at_s = dict(zip(town.exposures["exposure"], town.exposures["at_s"], strict=True))
    after = told["at_s"] - np.array([at_s[exposure] for exposure in told["exposure"]])
    assert after.max() <= 1.0
    assert len(np.unique(told["device"])) == 5
    assert town.truth.groups[0].stake_minor == told["value"].sum() * 100


def test_self_dealing_is_on_the_organisers_own_card():
    town = played("self_dealing")
    orders, (group,) = own(town.books["orders"]), town.truth.groups
    assert len(np.unique(orders["payment"])) == 1
    assert np.isnan(orders["collected_s"]).all()
    assert (group.accounts < 600).sum() == 1
    told = fakes(town, "pledge")
    assert len(np.unique(told["target"])) == 3
    assert len(np.unique(told["device"])) == 2
    assert len(np.unique(told["network"])) == 1


def test_threshold_probing_stays_just_below_the_cap():
    town = played("threshold_probing")
    told = fakes(town, "vote")
    day = ((told["at_s"] - town.plan.start_s) // 86_400).astype(int)
    counts = by_key(told["actor"] * 1_000 + day)
    assert counts.max() <= 20
    assert np.median(counts) == np.sort(np.unique(counts))[-1] or np.median(counts) == 19


def test_insider_edits_show_more_than_was_recorded():
    town = played("insider_edits")
    counters, (group,) = town.books["counters"], town.truth.groups
    edited = counters["shown_n"] != counters["recorded_n"]
    assert set(counters["target"][edited]) == set(group.targets)
    assert (counters["shown_n"] - counters["recorded_n"]).sum() == fakes(town, "edit")["value"].sum()
    hour = (fakes(town, "edit")["at_s"] - town.plan.start_s) % 86_400 / 3_600
    assert hour.max() < 5


def test_more_groups_of_one_attack_differ():
    town = build(people=600, seed=3, days=20, attacks=["lockstep:high", "lockstep:high,accounts=12"])
    first, second = town.truth.groups
    assert not set(first.accounts) & set(second.accounts)
    assert len(second.accounts) == 12


@pytest.mark.parametrize("words", ["theft", "lockstep:mild", "lockstep:high,speed=3"])
def test_what_is_not_known_is_refused_with_what_is(words: str):
    with pytest.raises(ValueError, match="known:"):
        build(people=100, days=2, attacks=[words])
