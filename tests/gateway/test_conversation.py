"""Between being said and being told: admission, retries that change nothing, pace that survives a restart."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from svoi.gateway import conversation
from svoi.gateway.conversation import Conversation, Message, Stored
from svoi.gateway.policy import RoomPolicy
from svoi.gateway.wire import Said, chat_frame
from svoi.shows.rules.chat import ChatPolicy
from tests.gateway.people import AT, BORIS, GUEST, NOON, VERA, fact, lines, said, say


def kept(message: Message, n: int) -> Said:
    """The message as the database gives it back."""
    who = message.author
    return Said(
        n, 1000 + n, who.member_id, who.name, who.role, message.text, message.said_at, message.media_at, message.key
    )


def answer(talk: Conversation, *args: Any, policy: RoomPolicy | None = None, at: float = AT) -> dict[str, Any]:
    told = talk.say(*args, policy or RoomPolicy(), at=at)
    assert isinstance(told, bytes), told
    return lines(told)[0]


def refused(number: int, code: str, wait_s: int | None = None) -> dict[str, Any]:
    return {"t": "refused", "k": say(number).key, "code": code, "wait_s": wait_s}


def test_an_admitted_message_waits_to_be_stored_and_is_told_after() -> None:
    talk = Conversation(last=4)
    message = talk.say(VERA, say(1, " привет ", int(AT * 1000) - 1500), RoomPolicy(), at=AT)
    assert message == Message(VERA, say(1).key, "привет", NOON, NOON - timedelta(seconds=1.5))
    assert list(talk.waiting) == [(1, say(1).key)]
    assert talk.stored([kept(message, 5)]) == Stored([chat_frame(kept(message, 5))], [], [message])
    assert (talk.last, talk.waiting) == (5, {})


def test_refusals_go_to_the_author() -> None:
    policy = RoomPolicy(ChatPolicy(slow_mode_s=30))
    policy.follow(fact(1, "member_muted", member_id=3, until=(NOON + timedelta(seconds=90)).isoformat()))
    talk = Conversation(0)
    assert answer(talk, GUEST, say(1)) == refused(1, "not_member")
    assert isinstance(talk.say(VERA, say(2), policy, at=AT), Message)
    assert answer(talk, VERA, say(3), policy=policy, at=AT + 1) == refused(3, "slow_mode", 29)
    muted = VERA.__class__(**{**{n: getattr(VERA, n) for n in VERA.__slots__}, "member_id": 3})
    assert answer(talk, muted, say(4), policy=policy) == refused(4, "muted", 90)
    policy.follow(fact(2, "member_unmuted", member_id=3))
    assert isinstance(talk.say(muted, say(5), policy, at=AT), Message)
    policy.follow(fact(3, "show_ended"))
    assert answer(talk, BORIS, say(6), policy=policy) == refused(6, "closed")
    assert len(talk.waiting) == 2


def test_a_retry_is_the_same_message() -> None:
    talk = Conversation(0)
    policy = RoomPolicy(ChatPolicy(slow_mode_s=60))
    message = talk.say(VERA, say(1), policy, at=AT)
    assert isinstance(message, Message)
    assert talk.say(VERA, say(1), policy, at=AT + 1) is None
    talk.stored([kept(message, 1)])
    assert answer(talk, VERA, say(1), policy=policy, at=AT + 2) == lines(chat_frame(kept(message, 1)).public or b"")[0]
    assert answer(talk, VERA, say(1, "other words"), policy=policy) == refused(1, "duplicate")
    assert talk.waiting == {}


def test_a_message_stored_by_an_earlier_life_is_repeated_to_its_author_alone() -> None:
    talk = Conversation(last=9)
    message = talk.say(VERA, say(1), RoomPolicy(), at=AT)
    assert isinstance(message, Message)
    assert talk.stored([kept(message, 7)]) == Stored([], [(1, chat_frame(kept(message, 7)).public)], [])
    assert talk.last == 9


def test_messages_of_a_dying_process_that_came_late_are_told_too() -> None:
    talk = Conversation(last=4)
    message = talk.say(VERA, say(1), RoomPolicy(), at=AT)
    assert isinstance(message, Message)
    late = said(5, BORIS, key=77)
    told = [chat_frame(late), chat_frame(kept(message, 6))]
    assert talk.stored([late, kept(message, 6)]) == Stored(told, [], [None, message])


def test_keys_and_pace_survive_a_restart() -> None:
    talk = Conversation(last=5)
    talk.recall([said(n) for n in range(1, 6)])
    assert answer(talk, VERA, say(5), at=AT + 6)["n"] == 5
    assert answer(talk, VERA, say(9), at=AT + 6) == refused(9, "too_fast", 5)


def test_a_full_queue_asks_to_try_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(conversation, "WAITING_MESSAGES_MAX", 1)
    talk = Conversation(0)
    message = talk.say(VERA, say(1), RoomPolicy(), at=AT)
    assert isinstance(message, Message)
    assert answer(talk, BORIS, say(2)) == refused(2, "try_again", 3)
    assert lines(talk.drop(message)) == [refused(1, "try_again", 3)]
    assert isinstance(talk.say(BORIS, say(2), RoomPolicy(), at=AT), Message)


@pytest.mark.parametrize("media_ms", [0, int(AT * 1000) + 60_000, int(AT * 1000) - 13 * 3600 * 1000])
def test_a_picture_from_nowhere_has_no_media_time(media_ms: int) -> None:
    message = Conversation(0).say(VERA, say(1, "hello", media_ms), RoomPolicy(), at=AT)
    assert isinstance(message, Message)
    assert message.media_at is None
