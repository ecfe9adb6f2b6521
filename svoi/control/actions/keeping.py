"""Keeping order with a look at what somebody saw: hiding, rules, the tray's order, answers, pinned lines."""

from __future__ import annotations

from datetime import datetime

from svoi.control.events import MessagePinned, MessageUnpinned, QuestionAnswered
from svoi.control.models import Answer, MessagePin
from svoi.control.queries.log import last_hand
from svoi.control.queries.triage import said_after
from svoi.control.rules.stale import admit_order, admit_policy, policy_mark, tray_mark
from svoi.control.rules.triage import admit_pinning
from svoi.db.outbox import record, wake_relay
from svoi.db.transaction import atomic
from svoi.members.models import Member
from svoi.shows.actions import chat, tray
from svoi.shows.actions.locking import locked_open_show, locked_show
from svoi.shows.models import ChatMessage, Show


@atomic
def hide_message(*, show_id: int, message_id: int, by: Member, at: datetime) -> None:
    """Hide a message; one that stands above the chat comes down in the same step."""
    show = locked_show(show_id)
    chat.hide_message(show_id=show_id, message_id=message_id, by=by, at=at)
    _take_down(show, by=by, at=at, message_id=message_id)


@atomic
def change_policy(
    *, show_id: int, seen: str | None, by: Member, at: datetime, slow_mode_s: int, length_max: int, open_: bool
) -> None:
    """Set the chat's rules over those somebody saw (`policy_mark`); raises `PolicyMoved`."""
    show = locked_show(show_id)
    now = policy_mark(slow_mode_s=show.slow_mode_s, length_max=show.message_length_max, open_=show.chat_open)
    who = last_hand(show_id=show_id, kind="chat_policy_changed")
    admit_policy(seen=seen, now=now, who=who)
    chat.change_chat_policy(show_id=show_id, by=by, slow_mode_s=slow_mode_s, length_max=length_max, open_=open_)


@atomic
def move_in_tray(*, show_id: int, product_id: int, position: int, seen: str | None, by: Member, at: datetime) -> None:
    """Move a product in the tray somebody saw (`tray_mark`); raises `TrayMoved` and what the tray does."""
    show = locked_open_show(show_id)
    now = tray_mark(list(show.tray.order_by("position", "id").values_list("product_id", flat=True)))
    admit_order(seen=seen, now=now, who=last_hand(show_id=show_id, kind="tray_changed"))
    tray.move_in_tray(show_id=show_id, product_id=product_id, position=position, by=by, at=at)


@atomic
def mark_answered(*, show_id: int, message_ids: list[int], by: Member, at: datetime) -> int:
    """Questions of this show were answered; twice is once. Returns how many are new."""
    show = locked_show(show_id)
    known = set(Answer.objects.filter(message__in=message_ids).values_list("message_id", flat=True))
    found = show.messages.filter(pk__in=set(message_ids) - known).order_by("pk")
    for message in found:
        Answer.objects.create(message=message, answered_by=by, answered_at=at)
        record(QuestionAnswered(show_id=show_id, by_id=by.pk, message_id=message.pk))
    if found:
        wake_relay()
    return len(found)


@atomic
def pin_message(*, show_id: int, message_id: int, by: Member, at: datetime) -> MessagePin:
    """Put a message above the chat; the one before comes down. Pinning what is pinned already changes nothing.

    Raises `ShowEnded`, `MessageIsHidden`, `MessageTooFarBack`, and `ChatMessage.DoesNotExist` for one of another show.
    """
    show = locked_open_show(show_id)
    message = ChatMessage.objects.select_related("hiding").get(pk=message_id, show=show)
    admit_pinning(hidden=getattr(message, "hiding", None) is not None, behind=said_after(message))
    standing = MessagePin.objects.filter(show=show, unpinned_at=None).first()
    if standing and standing.message_id == message_id:
        return standing
    _take_down(show, by=by, at=at)
    pin = MessagePin.objects.create(show=show, message=message, pinned_by=by, pinned_at=at)
    record(MessagePinned(show_id=show_id, by_id=by.pk, message_id=message_id))
    wake_relay()
    return pin


@atomic
def unpin_message(*, show_id: int, by: Member, at: datetime) -> None:
    """Take down the message above the chat; without one nothing changes."""
    _take_down(locked_show(show_id), by=by, at=at)


def _take_down(show: Show, *, by: Member, at: datetime, message_id: int | None = None) -> None:
    pin = MessagePin.objects.filter(show=show, unpinned_at=None).first()
    if pin is None or message_id not in (None, pin.message_id):
        return
    pin.unpinned_at, pin.unpinned_by = at, by
    pin.save(update_fields=["unpinned_at", "unpinned_by"])
    record(MessageUnpinned(show_id=show.pk, by_id=by.pk, message_id=pin.message_id))
    wake_relay()
