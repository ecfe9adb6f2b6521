"""What was decided about a room, its chat and its counting, as far as the facts told the gateway."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from typing import Any

from svoi.gateway.wire import Fact
from svoi.shows.rules import habit
from svoi.shows.rules.chat import FOREVER, Author, ChatPolicy
from svoi.shows.rules.weighing import RULE, Mode, mode_of


@dataclass(slots=True)
class RoomPolicy:
    """The chat policy, who is muted until when, whether the show is over, and the modes of the rules of counting."""

    chat: ChatPolicy = field(default_factory=ChatPolicy)
    muted: dict[int, datetime] = field(default_factory=dict)
    ended: bool = False
    weights: Mode = "shadow"
    habit: Mode = "shadow"

    @classmethod
    def read(cls, room: dict[str, Any]) -> RoomPolicy:
        """From the web's description of a room; `muted_until` is in Unix milliseconds, missing to the end."""
        until = room.get("muted_until") or {}
        muted = {member_id: _moment(until.get(str(member_id))) for member_id in room.get("muted") or []}
        has_ended, chat = room.get("state") == "ended", _chat_policy(room.get("policy") or {})
        return cls(chat, muted, has_ended, mode_of(room.get("integrity")), mode_of(room.get("habit_mode")))

    def follow(self, fact: Fact) -> None:
        """Take in a fact that changes what may be said."""
        match fact.kind:
            case "chat_policy_changed":
                self.chat = _chat_policy({**asdict(self.chat), **fact.payload})
            case "member_muted":
                self.muted[fact.payload["member_id"]] = _until(fact.payload.get("until"))
            case "member_unmuted":
                self.muted.pop(fact.payload["member_id"], None)
            case "rule_mode_changed" if fact.payload.get("rule") == RULE:
                self.weights = mode_of(fact.payload.get("mode"))
            case "rule_mode_changed" if fact.payload.get("rule") == habit.RULE:
                self.habit = mode_of(fact.payload.get("mode"))
            case "show_ended":
                self.ended = True

    def now(self) -> ChatPolicy:
        """The policy that holds: after the show nobody writes."""
        if self.ended:
            return ChatPolicy(self.chat.slow_mode_s, self.chat.length_max, open=False)
        return self.chat

    def author(self, member_id: int, *, is_member: bool, is_crew: bool) -> Author:
        return Author(is_member=is_member, is_crew=is_crew, muted_until=self.muted.get(member_id))


def _chat_policy(told: dict[str, Any]) -> ChatPolicy:
    plain = ChatPolicy()
    return ChatPolicy(
        slow_mode_s=int(told.get("slow_mode_s", plain.slow_mode_s)),
        length_max=int(told.get("length_max", plain.length_max)),
        open=bool(told.get("open", plain.open)),
    )


def _moment(milliseconds: int | None) -> datetime:
    return FOREVER if milliseconds is None else datetime.fromtimestamp(milliseconds / 1000, UTC)


def _until(text: str | None) -> datetime:
    return datetime.fromisoformat(text) if text else FOREVER
