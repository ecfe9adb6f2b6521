"""Capacity: how much standing trust lets in, from seeds through vouches; many accounts get no more than one would.

The amounts are a maximum flow from the seeds through the vouch edges (Ford and Fulkerson 1956), as in Levien's Advogato
(2000) and SumUp (Tran et al., NSDI 2009): whatever is behind some edges gets no more than these edges let through.
Which maximum flow is said here, too: claims are served by seniority, each as far as is possible without taking from an
earlier one. That makes the amounts unique, lets no newcomer lower anybody's, and makes splitting into many accounts
worthless even where others want the same capacity; sharing it out evenly by heads would pay for heads. The theorem and
its proof are in docs/reference/standing.md.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from svoi.engines.standing.augmenting import serve

Amounts = NDArray[np.int64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Vouches:
    """Who is trusted for herself, and who vouches for whom; accounts are numbers 0 to n - 1.

    `seeds` (n,): micro-points that an account's own confirmed facts let in, 0 for who is no seed. `voucher`, `vouched`,
    `limit` (m,): an edge each, and the micro-points that it lets through; of several between the same two the largest
    counts, so that repeating a vouch is worth nothing.
    """

    seeds: Amounts
    voucher: Amounts
    vouched: Amounts
    limit: Amounts

    def edges(self) -> tuple[Amounts, Amounts, Amounts]:
        """Each pair once, in the order of their numbers, with the largest limit; raises ValueError for what is none."""
        ends = np.concatenate([self.voucher, self.vouched])
        if len(ends) and not (ends.min() >= 0 and ends.max() < len(self.seeds)):
            raise ValueError("an edge leads to nobody")
        if min(self.seeds.min(initial=0), self.limit.min(initial=0)) < 0:
            raise ValueError("trust is not negative")
        counts = (self.voucher != self.vouched) & (self.limit > 0)
        pair = self.voucher[counts] * len(self.seeds) + self.vouched[counts]
        order = np.argsort(pair, kind="stable")
        pair = pair[order]
        first = np.flatnonzero(np.concatenate([[True], pair[1:] != pair[:-1]])) if len(pair) else order
        limit = np.maximum.reduceat(self.limit[counts][order], first) if len(pair) else order
        voucher, vouched = np.divmod(pair[first], max(len(self.seeds), 1))
        return voucher, vouched, limit


def allot(vouches: Vouches, *, account: Amounts, demand: Amounts, seniority: Amounts) -> Amounts:
    """What each claim (k,) gets: at most its `demand`, together as much as the vouches let through to its `account`.

    Lower `seniority` is served first. One claim an account limits what members hold; one claim a (giver, taker) pair,
    standing at the giver, limits what members give. The result depends on neither the order of claims nor of edges.
    Raises ValueError where two claims have the same seniority, a demand is negative, or an account is nobody.
    """
    if len(np.unique(seniority)) != len(seniority):
        raise ValueError("no two claims have the same seniority")
    if demand.min(initial=0) < 0:
        raise ValueError("a demand is not negative")
    if len(account) and not (account.min() >= 0 and account.max() < len(vouches.seeds)):
        raise ValueError("a claim stands at nobody")
    voucher, vouched, limit = vouches.edges()
    turn = np.argsort(seniority)
    got = np.zeros(len(account), dtype=np.int64)
    got[turn] = serve(vouches.seeds, voucher, vouched, limit, account[turn], demand[turn])
    return got
