"""How close an account stands to those whose deeds are known, by two walks that fail in different graphs."""

from __future__ import annotations

import numpy as np

from svoi.engines.integrity.capacity.graph import Floats, Graph

SEED_BELIEF = 2.0  # log-odds
COUPLING = 2.0  # of the least that lets beliefs spread at all
BELIEF_ROUNDS = 30
BELIEF_SHARE = 2.0  # of the two walks, beliefs rank twice
POWER_ROUNDS = 30


def walked_trust(graph: Graph) -> Floats:
    """SybilRank (Cao et al., NSDI 2012): trust of the seeds after log2(n) steps of a random walk, over the degree.

    Strong where hubs keep their own side together, because every account is the mean of its contacts.
    """
    places, degrees = len(graph.accounts), np.maximum(graph.degrees, 1.0)
    trust = np.zeros(places)
    trust[graph.seeds] = places / max(len(graph.seeds), 1)
    for _ in range(int(np.ceil(np.log2(max(places, 2))))):
        trust = graph.matrix @ (trust / degrees)
    return np.asarray(trust / degrees)


def spread_belief(graph: Graph) -> Floats:
    """Log-odds spread over links by damped belief propagation, as SybilSCAR (Wang et al., INFOCOM 2017), three changes.

    Good seeds alone are needed: what a link carries is counted from the mean of all links, so that the unknown half
    becomes the other side by itself. A link carries tanh of the belief, so that one loud hub stays one voice. The
    coupling follows the largest eigenvalue of the graph instead of being set by hand.
    """
    degrees = graph.degrees
    total = float(degrees.sum())
    anchor = np.zeros(len(graph.accounts))
    anchor[graph.seeds] = SEED_BELIEF
    if not total:
        return anchor
    coupling = COUPLING / _largest_eigenvalue(graph)
    belief = anchor
    for _ in range(BELIEF_ROUNDS):
        said = np.tanh(coupling * belief)
        belief = anchor + graph.matrix @ said - degrees * (float(degrees @ said) / total)
    return np.asarray(belief)


def closeness(graph: Graph) -> Floats:
    """Ranks of both walks in one, from 0 (farthest) to 1, shape (accounts,). A rank among these, no verdict."""
    both = _ranks(walked_trust(graph)) + BELIEF_SHARE * _ranks(spread_belief(graph))
    return np.asarray(both / (1.0 + BELIEF_SHARE))


def _largest_eigenvalue(graph: Graph) -> float:
    vector, size = np.ones(len(graph.accounts)), 1.0
    for _ in range(POWER_ROUNDS):
        vector = graph.matrix @ vector
        size = float(np.linalg.norm(vector))
        vector = vector / size
    return max(size, 1.0)


def _ranks(values: Floats) -> Floats:
    """From 0 to 1, ties in the middle of their places."""
    _, place, times = np.unique(np.round(values, 12), return_inverse=True, return_counts=True)
    middle = np.cumsum(times) - times / 2
    return np.asarray(middle[place.reshape(-1)] / max(len(values), 1))
