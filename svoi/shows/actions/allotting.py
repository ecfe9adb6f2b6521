"""What a show may sell of its products: allotted by who runs it, tightened by its host."""

from __future__ import annotations

from datetime import datetime

from svoi.catalog.actions import hold_stock_of, state_allotment, tighten_allotment
from svoi.catalog.models import Allotment
from svoi.db.transaction import atomic
from svoi.members.models import Member
from svoi.shows.actions.locking import locked_open_show
from svoi.shows.queries.allotted import gone_in_show
from svoi.shows.rules.airing import NotInTray


@atomic
def allot_in_show(*, show_id: int, product_id: int, pieces: int, reason: str, by: Member, at: datetime) -> Allotment:
    """State how many pieces of a product of the tray the show may sell in all, what it sold already counted in.

    Raises `ShowEnded`, `NotInTray`, `AllotmentUnfit`.
    """
    _admit(show_id, product_id)
    # Whoever sells or gives back waits for this stock, so what is counted now is true until the end.
    hold_stock_of(product_id=product_id)
    gone = gone_in_show(show_id=show_id, product_id=product_id)
    return state_allotment(
        show_id=show_id, product_id=product_id, pieces=pieces, gone=gone, reason=reason, by=by, at=at
    )


@atomic
def tighten_in_show(*, show_id: int, product_id: int, pieces: int, reason: str, by: Member, at: datetime) -> Allotment:
    """Lower it; less than was sold stops the selling. Raises `ShowEnded`, `NotInTray`, `AllotmentUnstated`,
    `AllotmentOnlyTightens`.
    """
    _admit(show_id, product_id)
    return tighten_allotment(show_id=show_id, product_id=product_id, pieces=pieces, reason=reason, by=by, at=at)


def _admit(show_id: int, product_id: int) -> None:
    if not locked_open_show(show_id).tray.filter(product_id=product_id).exists():
        raise NotInTray()
