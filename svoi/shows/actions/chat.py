"""Keeping order in the chat: hiding, muting, and its policy."""

from __future__ import annotations

from datetime import datetime, timedelta

from svoi.communities.queries import roles_of
from svoi.db.outbox import record, wake_relay
from svoi.db.transaction import atomic
from svoi.members.models import Member
from svoi.shows.actions.locking import locked_show
from svoi.shows.events import ChatPolicyChanged, MemberMuted, MemberUnmuted, MessageHidden
from svoi.shows.models import ChatMessage, MessageHiding, Mute
from svoi.shows.rules.airing import MUTE_S, admit_mute


@atomic
def hide_message(*, show_id: int, message_id: int, by: Member, at: datetime) -> None:
    """Hide a message of this show; it stays on record, a placeholder takes its place. Twice is once."""
    message = ChatMessage.objects.get(pk=message_id, show_id=show_id)
    _, new = MessageHiding.objects.get_or_create(message=message, defaults={"hidden_by": by, "hidden_at": at})
    if new:
        record(MessageHidden(show_id=show_id, message_id=message_id, hidden_by_id=by.pk))
        wake_relay()


@atomic
def mute_member(*, show_id: int, member_id: int, by: Member, at: datetime, seconds: int = MUTE_S) -> None:
    """Let somebody only read for a while; a new mute replaces the one before. Raises `CrewSpeaks`."""
    show = locked_show(show_id)
    person = Member.objects.get(pk=member_id)
    admit_mute(is_crew=person.pk == show.host_id or bool(roles_of(community=show.community, member=person)))
    until = at + timedelta(seconds=seconds)
    Mute.objects.filter(show=show, member=person, lifted_at=None).update(lifted_at=at)
    Mute.objects.create(show=show, member=person, muted_by=by, muted_at=at, until=until)
    record(MemberMuted(show_id=show_id, member_id=member_id, muted_by_id=by.pk, until=until.isoformat()))
    wake_relay()


@atomic
def unmute_member(*, show_id: int, member_id: int, by: Member, at: datetime) -> None:
    """Let somebody write again."""
    show = locked_show(show_id)
    if Mute.objects.filter(show=show, member_id=member_id, lifted_at=None).update(lifted_at=at):
        record(MemberUnmuted(show_id=show_id, member_id=member_id, by_id=by.pk))
        wake_relay()


@atomic
def change_chat_policy(*, show_id: int, by: Member, slow_mode_s: int, length_max: int, open_: bool) -> None:
    """Set how fast and how long people may write, and whether they may write at all."""
    show = locked_show(show_id)
    show.slow_mode_s = max(0, min(slow_mode_s, 600))
    show.message_length_max = max(20, min(length_max, 500))
    show.chat_open = open_
    show.save(update_fields=["slow_mode_s", "message_length_max", "chat_open"])
    limits = {"slow_mode_s": show.slow_mode_s, "length_max": show.message_length_max}
    record(ChatPolicyChanged(show_id=show_id, by_id=by.pk, open=open_, **limits))
    wake_relay()
