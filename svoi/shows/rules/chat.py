"""Whether a message may be said in a show's chat, and in which words it will stand there."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import ClassVar

from svoi.kernel.refused import Refused

CODE_POINTS_MAX = 500  # what the table holds; a letter may be made of several
RATE_MESSAGES = 5
RATE_WINDOW_S = 10
FOREVER = datetime.max.replace(tzinfo=UTC)  # muted to the end of the show
MARKS_PER_LETTER_MAX = 4  # more are there to climb over the neighbouring lines

_JOINER = "\u200d"
_NON_JOINER = "\u200c"
_ENCLOSING_OR_VARIANT = frozenset({"Mn", "Me", "Mc"})
# What nearly every message is made of: each a letter of its own, with nothing to clean. It is the hot path of a room.
_PLAIN = re.compile(r"[!-~А-Яа-яЁё«»—–…№]+(?: [!-~А-Яа-яЁё«»—–…№]+)*")


class NotMember(Refused):
    """Only members of the community speak; strangers read."""

    code: ClassVar[str] = "not_member"


class ChatClosed(Refused):
    """The chat is closed by the crew, or the show is over."""

    code: ClassVar[str] = "closed"


class Muted(Refused):
    """The crew muted this author; `wait_s` is None until the end of the show."""

    code: ClassVar[str] = "muted"


class MessageEmpty(Refused):
    """Nothing was left to say."""

    code: ClassVar[str] = "empty"


class MessageTooLong(Refused):
    """Longer than `length_max` letters."""

    code: ClassVar[str] = "too_long"


class SlowMode(Refused):
    """One message in a while; the next may come in `wait_s`."""

    code: ClassVar[str] = "slow_mode"


class TooFast(Refused):
    """Too many messages in a short time; the next may come in `wait_s`."""

    code: ClassVar[str] = "too_fast"


@dataclass(frozen=True, slots=True)
class ChatPolicy:
    """What the crew decided about a chat."""

    slow_mode_s: int = 0
    length_max: int = 200
    open: bool = True


@dataclass(frozen=True, slots=True)
class Author:
    """Who wants to speak: one of us or not, crew or not, muted until when."""

    is_member: bool
    is_crew: bool = False
    muted_until: datetime | None = None


def admit_message(policy: ChatPolicy, author: Author, text: str, *, said_at: Sequence[datetime], at: datetime) -> str:
    """Return the words as they will stand, or raise the refusal that matters most.

    `said_at` are the moments of this author's admitted messages. Crew is exempt from slow mode and from
    nothing else.
    """
    if not author.is_member:
        raise NotMember()
    if author.muted_until is not None and at < author.muted_until:
        raise Muted(wait_s=_wait_s(author.muted_until, at))
    if not policy.open:
        raise ChatClosed()
    words = clean_words(text)
    if not words:
        raise MessageEmpty()
    if len(words) > CODE_POINTS_MAX or letters(words) > policy.length_max:
        raise MessageTooLong(length_max=policy.length_max)
    _keep_pace(policy, said_at, at=at, slow=not author.is_crew)
    return words


def clean_words(text: str) -> str:
    """One line without control, direction and invisible characters, in composed form."""
    if len(text) > CODE_POINTS_MAX * 4:
        text = text[: CODE_POINTS_MAX * 4]
    if _PLAIN.fullmatch(text):
        return text
    line = " ".join("".join(map(_printable, text)).split())
    return _climb_no_higher(unicodedata.normalize("NFC", line)).strip(_JOINER + _NON_JOINER + " ")


def letters(words: str) -> int:
    """The length as a reader counts it: marks, variants, skin tones and joined emoji belong to their letter."""
    if _PLAIN.fullmatch(words):
        return len(words)
    count, joined, flag = 0, False, False
    for character in words:
        if character == _JOINER:
            joined = True
            continue
        if count and (joined or _belongs_to_previous(character)):
            joined = False
            continue
        is_flag = "\U0001f1e6" <= character <= "\U0001f1ff"
        if is_flag and flag:
            flag = False
            continue
        flag = is_flag
        count += 1
    return count


def _keep_pace(policy: ChatPolicy, said_at: Sequence[datetime], *, at: datetime, slow: bool) -> None:
    recent = sorted(moment for moment in said_at if at - moment < timedelta(seconds=RATE_WINDOW_S))
    if slow and policy.slow_mode_s and said_at:
        opens_at = max(said_at) + timedelta(seconds=policy.slow_mode_s)
        if at < opens_at:
            raise SlowMode(wait_s=_wait_s(opens_at, at))
    if len(recent) >= RATE_MESSAGES:
        raise TooFast(wait_s=_wait_s(recent[-RATE_MESSAGES] + timedelta(seconds=RATE_WINDOW_S), at))


def _wait_s(opens_at: datetime, at: datetime) -> int | None:
    if opens_at == FOREVER:
        return None
    return max(1, -int((at - opens_at).total_seconds() // 1))


def _printable(character: str) -> str:
    category = unicodedata.category(character)
    if category in ("Zs", "Zl", "Zp") or character in "\t\n\r\v\f":
        return " "
    if category == "Cf":
        # Joiners hold emoji and several scripts together, tags spell flags; the rest only deceives the eye.
        return character if character in (_JOINER, _NON_JOINER) or _is_tag(character) else ""
    return "" if category in ("Cc", "Cs", "Co") else character


def _climb_no_higher(words: str) -> str:
    kept: list[str] = []
    marks = 0
    for character in words:
        marks = marks + 1 if unicodedata.combining(character) else 0
        if marks <= MARKS_PER_LETTER_MAX:
            kept.append(character)
    return "".join(kept)


def _belongs_to_previous(character: str) -> bool:
    return (
        unicodedata.category(character) in _ENCLOSING_OR_VARIANT
        or character == _NON_JOINER
        or "\U0001f3fb" <= character <= "\U0001f3ff"
        or _is_tag(character)
    )


def _is_tag(character: str) -> bool:
    return "\U000e0020" <= character <= "\U000e007f"
