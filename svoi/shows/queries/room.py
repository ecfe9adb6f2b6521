"""A room as it stands: what a fresh page shows, and where in the streams it stands."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from django.db.models import Max

from svoi.db.models import StreamHead
from svoi.envelopes.queries import unclosed_envelopes
from svoi.flash.queries import shown_flash
from svoi.orders.models import Order
from svoi.shows.models import ChatMessage, Mute, Show
from svoi.shows.queries.people import roles_by_member
from svoi.shows.queries.pin import pin_facts, standing_pin
from svoi.shows.queries.recounts import standing_recount

MESSAGES_SHOWN = 100
DANMAKU_ROWS_MAX = 500


def room_state(*, show_id: int) -> dict[str, Any]:
    """The room as JSON values. Call it inside a repeatable-read transaction: all of it is one moment.

    `facts` and `chat` are the places up to which it already contains everything; a reader that applies all
    frames after them arrives at what this returns later.
    """
    show = Show.objects.select_related("community").get(pk=show_id)
    pin, (stage, signal) = standing_pin(show_id), show.stage_and_signal()
    viewers, reactions = counted_now(show)
    return {
        "show": show_id,
        "state": stage,
        "signal": signal,
        "facts": facts_place(show_id),
        "chat": chat_place(show_id),
        "started_at": _ms(show.went_live_at),
        "ended_at": _ms(show.ended_at),
        "pin": pin_facts(pin) if pin else None,
        "flash": shown_flash(show_id=show_id),
        "messages": latest_messages(show),
        "policy": chat_policy(show),
        "sold": Order.objects.filter(origin_kind="show", origin_id=show_id, paid_at__isnull=False).count(),
        "viewers": viewers,
        "reactions": reactions,
        "envelopes": open_gifts(show_id),
    }


def facts_place(show_id: int) -> int:
    """The last number given in the show's stream."""
    return StreamHead.objects.filter(stream=f"show:{show_id}").values_list("seq", flat=True).first() or 0


def chat_place(show_id: int) -> int:
    """The number of the latest message."""
    return ChatMessage.objects.filter(show_id=show_id).aggregate(last=Max("seq"))["last"] or 0


def chat_policy(show: Show) -> dict[str, Any]:
    """What the gateway admits messages by."""
    open_ = show.chat_open and show.ended_at is None
    return {"slow_mode_s": show.slow_mode_s, "length_max": show.message_length_max, "open": open_}


def open_gifts(show_id: int) -> list[dict[str, Any]]:
    """The envelopes nobody closed yet, as the room's frames tell of them, the earliest first."""
    return [
        {
            "envelope_id": one.pk,
            "reference": str(one.reference),
            "mode": one.mode,
            "total": one.total,
            "shares": one.shares,
            "greeting": one.greeting,
            "name": one.sender.name,
            "commitment": one.commitment,
            "expires_at": _ms(one.expires_at),
            "shares_left": one.shares - one.gone,
        }
        for one in unclosed_envelopes(place="show", place_id=show_id)
    ]


def muted_members(show_id: int, *, at: datetime) -> list[dict[str, Any]]:
    """Who may not write now, and until when (Unix milliseconds)."""
    rows = Mute.objects.filter(show_id=show_id, lifted_at=None, until__gt=at)
    return [{"member": row.member_id, "until": _ms(row.until)} for row in rows]


def latest_messages(show: Show) -> list[dict[str, Any]]:
    """The last messages in order, as the room's frames carry them; hidden ones keep only their place."""
    rows = show.messages.select_related("author", "hiding").order_by("-seq")[:MESSAGES_SHOWN]
    return message_frames(show, list(rows)[::-1])


def danmaku(*, show_id: int, since_ms: int, until_ms: int) -> list[dict[str, Any]]:
    """Messages said at a stretch of media time, for the replay; hidden ones are left out."""
    show = Show.objects.get(pk=show_id)
    rows = show.messages.filter(
        hiding=None, media_at__gte=_moment(since_ms), media_at__lt=_moment(until_ms)
    ).select_related("author")
    return message_frames(show, list(rows.order_by("media_at")[:DANMAKU_ROWS_MAX]))


def message_frames(show: Show, rows: list[ChatMessage]) -> list[dict[str, Any]]:
    """Messages as the room's frames carry them."""
    roles = roles_by_member(show, {row.author_id for row in rows})
    return [_frame(row, roles.get(row.author_id, "viewer")) for row in rows]


def counted_now(show: Show) -> tuple[int, int]:
    """Counted viewers and reactions by the latest sample.

    After the end nobody watches, and reactions are those of the newest recount that holds, where there is one.
    """
    standing = standing_recount(show.pk) if show.ended_at else None
    if standing is not None:
        return 0, standing.reactions_counted
    counted, reactions = show.samples.order_by("-at").values_list("counted", "reactions_counted").first() or (0, 0)
    return 0 if show.ended_at else counted, reactions


def _frame(row: ChatMessage, role: str) -> dict[str, Any]:
    if getattr(row, "hiding", None) is not None:
        return {"n": row.seq, "id": row.pk, "hidden": True}
    return {
        "n": row.seq,
        "id": row.pk,
        "by": {"id": row.author_id, "name": row.author.name, "role": role},
        "text": row.text,
        "at": _ms(row.said_at),
        "media": _ms(row.media_at),
        "k": str(row.key),
    }


def _ms(moment: datetime | None) -> int | None:
    return None if moment is None else round(moment.timestamp() * 1000)


def _moment(milliseconds: int) -> datetime:
    return datetime.fromtimestamp(milliseconds / 1000, tz=UTC)
