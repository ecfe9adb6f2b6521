"""A show's room with what its crew adds to it: what a fresh page shows. Frames carry on from the same places."""

from __future__ import annotations

from typing import Any

from svoi.control.queries.polls import shown_poll
from svoi.control.queries.triage import pinned_message
from svoi.shows.queries.room import room_state


def room_now(*, show_id: int) -> dict[str, Any]:
    """`shows.queries.room.room_state` with the message above the chat and the poll.

    Call it inside a repeatable-read transaction: all of it is one moment.
    """
    return {
        **room_state(show_id=show_id),
        "pinned_message": pinned_message(show_id=show_id),
        "poll": shown_poll(show_id=show_id),
    }
