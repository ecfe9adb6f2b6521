"""The chat of one room between being said and being told: admission, pace, and retries that change nothing."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import NamedTuple

from svoi.gateway.frames import line
from svoi.gateway.inbound import Say
from svoi.gateway.policy import RoomPolicy
from svoi.gateway.tickets import Pass
from svoi.gateway.wire import Frame, Said, chat_frame
from svoi.kernel.refused import Refused
from svoi.shows.rules.chat import RATE_MESSAGES, admit_message, clean_words

WAITING_MESSAGES_MAX = 2_000  # admitted, not stored yet: what the memory holds while the database is away
TOLD_KEYS_MAX = 4_000
PACED_AUTHORS_MAX = 20_000
TRY_AGAIN_S = 3
MEDIA_BEHIND_MS_MAX = 12 * 3600 * 1000
MEDIA_AHEAD_MS_MAX = 10_000


@dataclass(frozen=True, slots=True)
class Message:
    """Admitted, and to be stored before anybody sees it."""

    author: Pass
    key: str
    text: str
    said_at: datetime
    media_at: datetime | None

    @property
    def identity(self) -> tuple[int, str]:
        return self.author.member_id, self.key


class Stored(NamedTuple):
    """What follows from messages that are safe now. `fresh` has one for each frame, None for one admitted elsewhere."""

    frames: list[Frame]
    repeats: list[tuple[int, bytes]]
    fresh: list[Message | None]


class Conversation:
    """`last` is the number of the last message the room was told or is about to be."""

    def __init__(self, last: int) -> None:
        self.last = last
        self.waiting: dict[tuple[int, str], Message] = {}
        self._told: dict[tuple[int, str], tuple[str, Frame]] = {}
        self._paces: dict[int, deque[datetime]] = {}

    def recall(self, lately: Iterable[Said]) -> None:
        """Remember messages of an earlier life, so that retries and pace survive it."""
        for said in lately:
            self._remember(said, chat_frame(said))
            self._pace(said.author_id).append(said.said_at)

    def say(self, author: Pass, say: Say, policy: RoomPolicy, *, at: float) -> Message | bytes | None:
        """A message to store, or an answer for its author alone, or None when the same one is waiting already."""
        moment = datetime.fromtimestamp(at, UTC)
        repeated = self._repeated(author, say)
        if repeated is not None:
            return repeated or None
        if len(self.waiting) >= WAITING_MESSAGES_MAX:
            return refusal(say.key, "try_again", TRY_AGAIN_S)
        speaker = policy.author(author.member_id, is_member=author.may_chat, is_crew=author.is_crew)
        pace = self._paces.get(author.member_id, ())
        try:
            words = admit_message(policy.now(), speaker, say.text, said_at=pace, at=moment)
        except Refused as refused:
            return refusal(say.key, refused.code, refused.facts.get("wait_s"))
        self._pace(author.member_id).append(moment)
        message = Message(author, say.key, words, moment, _media_at(say.media_ms, at))
        self.waiting[message.identity] = message
        return message

    def stored(self, rows: Iterable[Said]) -> Stored:
        """What to tell the room, in order; what to repeat to authors whose message it was told before; what is new."""
        frames: list[Frame] = []
        repeats: list[tuple[int, bytes]] = []
        fresh: list[Message | None] = []
        for said in rows:
            frame = chat_frame(said)
            waited = self.waiting.pop((said.author_id, said.key), None)
            self._remember(said, frame)
            if said.n > self.last:
                self.last = said.n
                frames.append(frame)
                fresh.append(waited)
            elif waited is not None and frame.public is not None:
                repeats.append((said.author_id, frame.public))
        return Stored(frames, repeats, fresh)

    def drop(self, message: Message) -> bytes:
        """Give up a message that cannot be stored; the answer for its author."""
        self.waiting.pop(message.identity, None)
        return refusal(message.key, "try_again", TRY_AGAIN_S)

    def _repeated(self, author: Pass, say: Say) -> bytes | None:
        """None for a new key, the frame told before, nothing (empty) while the same message waits."""
        identity = (author.member_id, say.key)
        waiting, told = self.waiting.get(identity), self._told.get(identity)
        if waiting is None and told is None:
            return None
        text = waiting.text if waiting else told[0] if told else ""
        if clean_words(say.text) != text:
            return refusal(say.key, "duplicate", None)
        return (told[1].public or b"") if told else b""

    def _remember(self, said: Said, frame: Frame) -> None:
        self._told[said.author_id, said.key] = (said.text, frame)
        while len(self._told) > TOLD_KEYS_MAX:
            del self._told[next(iter(self._told))]

    def _pace(self, member_id: int) -> deque[datetime]:
        pace = self._paces.pop(member_id, None) or deque(maxlen=RATE_MESSAGES)
        self._paces[member_id] = pace  # moved to the end: the quietest authors are forgotten first
        if len(self._paces) > PACED_AUTHORS_MAX:
            del self._paces[next(iter(self._paces))]
        return pace


def refusal(key: str, code: str, wait_s: int | None) -> bytes:
    """What an author reads when her message was not admitted."""
    return line({"t": "refused", "k": key, "code": code, "wait_s": wait_s})


def _media_at(media_ms: int | None, at: float) -> datetime | None:
    """The moment of the picture she spoke about, unless it cannot be true."""
    if media_ms is None or not at * 1000 - MEDIA_BEHIND_MS_MAX <= media_ms <= at * 1000 + MEDIA_AHEAD_MS_MAX:
        return None
    return datetime.fromtimestamp(media_ms / 1000, UTC)
