"""A simulated town at the door of a real house: a show of its own is filmed, people come, and a farm is not counted."""

from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor

from svoi.town.play import Wish, play
from tests.journeys.house import House
from tests.journeys.steps import PASSWORD

PEOPLE, FARM = 4, 3


def test_a_town_comes_to_a_show(house: House) -> None:
    wish = Wish(
        house.address,
        people=PEOPLE,
        minutes=0.7,
        seed=house.port,
        schemes=["fake_viewers:high", "brushing:low", "threshold_probing:low"],
        crew=("boris@example.com", PASSWORD),
    )
    with ThreadPoolExecutor(1) as apart:  # the browser of the journeys before holds a loop on this thread
        tally = apart.submit(lambda: asyncio.run(play(wish))).result()
    done = {
        what: dict(zip(("accepted", "refused", "limited", "failed", "sent"), n, strict=True))
        for what, n in tally.rows()
    }
    assert done["film"]["accepted"] == done["show started"]["accepted"] == 1
    # Everybody of everyday life, two who brush and two who probe; the farm has no accounts.
    assert done["sign-up"]["accepted"] == PEOPLE + 4
    assert done["join"]["accepted"] == PEOPLE + 4
    assert done["payment"]["accepted"] >= 4
    assert done["order"]["accepted"] >= 4
    assert done["message"]["limited"] > 0
    assert done["beat replayed"]["sent"] >= FARM
    # Each replayed beat breaks its chain: what the house counts are the people, however many lines there are.
    assert tally.lines_most > PEOPLE + 2
    assert 1 <= tally.counted_most <= PEOPLE + 2
    assert sum(each["failed"] for each in done.values()) == 0
