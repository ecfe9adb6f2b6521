"""How well accounts are ranked without labels, and sybils by trust: areas under the curve beside plain peers."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
from scipy import sparse

from bench.integrity.data import NAMES, NoData, folder, load
from bench.integrity.injecting import Attack, inject
from bench.integrity.peers import Floats, Ints, area_under_curve, rev2, sybilrank, sybilscar
from svoi.engines.integrity.capacity import trust_capacity
from svoi.engines.integrity.ranks import Ranking, rank_accounts

DEMANDED = {"otc": 0.967, "alpha": 0.902}  # as published for REV2, which was given labels
SYBIL_DEMANDED = {5_000: 0.983, 20_000: 0.856}
SEEDS = 100
ROUNDS = 3
FEW, MANY = 5, 20


def rows() -> list[dict[str, Any]]:
    """Rows of the table; data that are not here make a row that says so."""
    return [*_ranked(), *_injected(), *_sybils()]


def _ranked() -> Iterator[dict[str, Any]]:
    for name, demanded in DEMANDED.items():
        try:
            table, truth = _labelled(name)
        except NoData as absent:
            yield _absent(f"integrity: account AUC, {name}", absent, f">= {demanded}")
            continue
        ranking = rank_accounts({"actor": table[0], "verb": table[2], "target": table[1], "at_s": table[3]})
        known = truth[np.isin(truth[:, 0], ranking.accounts)]
        is_bad = known[:, 1] < 0
        score, count = _scores(ranking, known[:, 0]), np.bincount(table[0])[known[:, 0]]
        accounts, unfair = rev2(table[0], table[1], table[2] / 10, table[3])
        theirs = area_under_curve(unfair[np.searchsorted(accounts, known[:, 0])], is_bad)
        mine = area_under_curve(score, is_bad)
        yield {
            "path": f"integrity: account AUC, {name}, own facts only, no labels ({len(known)} labelled that acted)",
            "figure": f"{mine:.4f}",
            "peer": f"REV2 without labels, {theirs:.3f}; 1/n, {area_under_curve(-count, is_bad):.3f}",
            "ratio": f"{(1 - theirs) / (1 - mine):.1f}x fewer pairs in the wrong order",
            "demanded": f">= {demanded}",
        }
        yield {
            "path": f"integrity: the same among accounts of fewer than {FEW}, fewer than {MANY}, more facts",
            "figure": ", ".join(f"{area_under_curve(score[part], is_bad[part]):.3f}" for part in _parts(count)),
            "peer": "1/n, "
            + ", ".join(f"{area_under_curve(-count[part], is_bad[part]):.3f}" for part in _parts(count)),
            "demanded": "reported",
        }


def _parts(count: Ints) -> tuple[Any, Any, Any]:
    return count < FEW, (count >= FEW) & (count < MANY), count >= MANY


def _labelled(name: str) -> tuple[tuple[Ints, Ints, Ints, Floats], Ints]:
    files = folder() / f"{name}_network.csv", folder() / f"{name}_gt.csv"
    if not all(file.exists() for file in files):
        raise NoData(f"no {files[0].name}: name its folder in SVOI_INTEGRITY_DATA")
    table = np.loadtxt(files[0], delimiter=",")
    rater, rated, mark = (table[:, place].astype(np.int64) for place in range(3))
    return (rater, rated, mark, table[:, 3]), np.loadtxt(files[1], delimiter=",").astype(np.int64)


def _scores(ranking: Ranking, accounts: Ints) -> Floats:
    return np.array([ranking[account] for account in accounts.tolist()])


def _injected() -> Iterator[dict[str, Any]]:
    for name in NAMES:
        try:
            facts = load(name)
        except NoData as absent:
            yield _absent(f"integrity: ranking of injected accounts, {name}", absent, "reported")
            continue
        figures = []
        for attack in (Attack(), Attack(camouflage=3.0), Attack(density=0.3), Attack(together=True)):
            found = []
            for seed in range(ROUNDS):
                table, attackers = inject(facts, attack, seed)
                ranking = rank_accounts(table)
                found.append(area_under_curve(ranking.scores, np.isin(ranking.accounts, attackers)))
            figures.append(f"{np.mean(found):.3f}")
        yield {
            "path": f"integrity: AUC of 50 accounts put into {name}: base, camouflage 3x, density 0.3, all in one day",
            "figure": ", ".join(figures),
            "demanded": "reported",
        }


def _sybils() -> Iterator[dict[str, Any]]:
    try:
        graphs = {words: _bitcoin_links(least) for words, least in (("all ratings", -10), ("ratings above nought", 1))}
    except NoData as absent:
        yield _absent("integrity: sybil AUC", absent, "; ".join(f"{k}: >= {v}" for k, v in SYBIL_DEMANDED.items()))
        return
    for words, links in graphs.items():
        people = int(links.max()) + 1
        for attacks, demanded in SYBIL_DEMANDED.items():
            mine, walks, scars = np.mean([_attacked(links, people, attacks, seed) for seed in range(ROUNDS)], axis=0)
            yield {
                "path": f"integrity: sybil AUC, {attacks:,} attack edges between two copies of OTC, {words} "
                f"({people:,} accounts, {len(links):,} links), {SEEDS} seeds",
                "figure": f"{mine:.4f}",
                "peer": f"SybilRank, {walks:.4f}; SybilSCAR (given {SEEDS} sybils, too), {scars:.4f}",
                "ratio": f"{mine - max(walks, scars):+.4f} to the better",
                "demanded": f">= {demanded}" if words == "all ratings" else "reported",
            }


def _bitcoin_links(least: int) -> Ints:
    """OTC as an undirected graph of ratings from `least` on; places instead of account numbers."""
    (rater, rated, mark, _), _ = _labelled("otc")
    told = mark >= least
    pairs = np.unique(np.sort(np.column_stack((rater[told], rated[told])), axis=1), axis=0)
    _, places = np.unique(pairs[pairs[:, 0] != pairs[:, 1]], return_inverse=True)
    return np.asarray(places.reshape(-1, 2))


def _attacked(links: Ints, people: int, attacks: int, seed: int) -> tuple[float, float, float]:
    """One copy is honest, one is sybil; attack edges join anybody of one to anybody of the other."""
    dice = np.random.default_rng(seed)
    attack = np.column_stack((dice.integers(0, people, attacks), people + dice.integers(0, people, attacks)))
    every = np.concatenate((links, links + people, attack))
    good, bad = (dice.choice(people, SEEDS, replace=False) for _ in range(2))
    half = sparse.csr_matrix((np.ones(len(every)), (every[:, 0], every[:, 1])), shape=(2 * people, 2 * people))
    matrix = (half + half.T).tocsr()
    matrix.data[:] = 1.0
    capacity = trust_capacity(every, good)
    judged = np.setdiff1d(np.arange(2 * people), np.concatenate((good, bad + people)))
    is_sybil = judged >= people
    ways = (capacity.closeness, sybilrank(matrix, good), sybilscar(matrix, good, bad + people))
    mine, walks, scars = (area_under_curve(-trust[judged], is_sybil) for trust in ways)
    return mine, walks, scars


def _absent(path: str, why: NoData, demanded: str) -> dict[str, Any]:
    return {"path": path, "figure": f"not measured: {why}", "demanded": demanded}
