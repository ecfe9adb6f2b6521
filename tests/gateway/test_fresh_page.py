"""A page rendered fresh equals the page rendered before plus the frames told since: the events say enough."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import TypeVar

import pytest
from django.db import connection

from svoi.control.queries.room import room_now
from svoi.gateway.frames import Cursor
from tests.gateway.conftest import Evening
from tests.gateway.evenings import Evenings
from tests.gateway.reducer import NODE, all_applied
from tests.gateway.stage import Stage

pytestmark = pytest.mark.skipif(NODE is None, reason="the browser's reducer is run by node")
Result = TypeVar("Result")


async def done(act: Callable[[], Result]) -> Result:
    """Let Django act on a thread of its own, as the web does."""

    def work() -> Result:
        try:
            return act()
        finally:
            connection.close()

    return await asyncio.to_thread(work)


async def test_a_fresh_page_is_the_page_before_plus_the_frames(stage: Stage, evening: Evening) -> None:
    told = await done(lambda: Evenings(evening))
    fresh = lambda: done(lambda: room_now(show_id=told.show.pk))  # noqa: E731
    before = await fresh()
    async with stage.page(evening.vera, cursor=Cursor(before["facts"], before["chat"])) as page:
        for text in ("one", "two", "three"):
            await page.say(text)
        await page.until(lambda: len(page.chat()) == 3)
        pages, twins = [], []
        for step in told.steps():
            await done(step)
            await stage.number_facts()
            after = await fresh()
            await stage.until_told(told.show.pk, Cursor(after["facts"], after["chat"]), page)
            pages.append((before, list(page.told)))
            twins.append(after)
    assert all_applied(pages) == twins
    assert [message.get("hidden", False) for message in after["messages"]] == [True, False, False]
    assert (after["state"], after["sold"], after["pin"], after["envelopes"]) == ("ended", 2, None, [])
    assert [(page["flash"] or {}).get("closed_for") for page in twins][4:] == [
        *[None] * 11, "", "", "", "", "ended", *[""] * 11, "called_off", "called_off",
    ]  # fmt: skip
    assert [(page["pinned_message"] or {}).get("text") for page in twins][6:12] == [
        "two", "one", None, "three", None, None,
    ]  # fmt: skip
    assert twins[13]["poll"]["results"] == {"raw": [0, 1], "counted": [0, 1]}
    assert ("secret" in str(twins), "secret" in str(page.told), "note_left" in str(page.told)) == (False, False, False)
    assert [[one["shares_left"] for one in twin["envelopes"]] for twin in twins[-7:]] == [
        [2], [2, 3], [1, 3], [1, 1], [1], [1], [],
    ]  # fmt: skip
