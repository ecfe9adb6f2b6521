"""What each part of the console shows, read where it is drawn: a part asked for again reads no more than itself."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.http import HttpRequest
from django.utils.translation import get_language

from svoi.control.rules.stale import policy_mark, tray_mark
from svoi.flash.queries import latest_deal, standing_of
from svoi.shows.models import IngestRefusal, Show
from svoi.shows.providers.media import MediaAway, media_backend
from svoi.shows.queries.strip import live_strip
from svoi.shows.queries.tray import tray_of
from svoi.studio.addresses import ingest_address
from svoi.studio.flash_form import span_words
from svoi.studio.forms import PolicyForm
from svoi.studio.health import Health, health_of
from svoi.studio.playbill import ON_AIR
from svoi.studio.talk import muted_now
from svoi.ui.reason_words import weights_words
from svoi.ui.refusals import say_code

WATCHED = ON_AIR | {"scheduled"}


def air_parts(show: Show, *, runs: bool) -> dict[str, Any]:
    """Stage, the buttons that may follow from it, and since when a picture arrives."""
    stage = show.stage()
    return {
        "show": show,
        "runs": runs,
        "stage": stage,
        "on_air": stage in ON_AIR,
        "online_since": show.ingests.filter(offline_at=None).values_list("online_at", flat=True).first(),
    }


def key_parts(request: HttpRequest, show: Show, *, issued: str = "") -> dict[str, Any]:
    """The address of the encoder and the key: in full once, by its last letters afterwards."""
    return {
        "show": show,
        "stage": show.stage(),
        "key": show.keys.filter(revoked_at=None).first(),
        "issued": issued,
        "ingest": ingest_address(request),
    }


def tray_parts(show: Show, *, runs: bool) -> dict[str, Any]:
    """The products laid out, and whether they may be pinned now."""
    stage = show.stage()
    tray = tray_of(show_id=show.pk)
    pinned = next((row for row in tray if row.pinned), None)
    return {
        "show": show,
        "runs": runs,
        "tray": tray,
        "tray_seen": tray_mark([row.product_id for row in tray]),
        "on_air": stage in ON_AIR,
        "stage": stage,
        "pinned": pinned,
    }


def flash_parts(show: Show, *, runs: bool, at: datetime) -> dict[str, Any]:
    """The deal prepared last, how far it is, and what the next press will do, in words."""
    stage, deal = show.stage(), latest_deal(show_id=show.pk)
    shown: dict[str, Any] = {"show": show, "runs": runs, "stage": stage, "on_air": stage in ON_AIR, "deal": deal}
    if deal is None:
        return shown
    standing, product = standing_of(deal, at=at), deal.variant.product
    english = get_language() == "en"
    return {
        **shown,
        "standing": standing,
        "deal_stage": standing.stage,
        "deal_is_open": standing.stage in ("armed", "countdown", "running"),
        "deal_name": (product.name_en if english else "") or product.name,
        "deal_countdown": span_words(deal.countdown_s),
        "deal_runs": span_words(deal.runs_s),
        "deal_reserve": span_words(deal.reserve_s),
    }


def strip_parts(show: Show, *, at: datetime) -> dict[str, Any]:
    """The figures, as of now."""
    strip = live_strip(show_id=show.pk, at=at)
    room = strip.room
    return {
        "show": show,
        "strip": strip,
        "viewers_weights": weights_words(
            "viewers", mode=room.mode, why=room.why, weighed=room.weighed or None, excess=room.excess
        ),
        "reactions_weights": weights_words("reactions", mode=room.mode, why=room.reactions_why),
        "messages_weights": weights_words("messages", mode=room.mode, why=room.messages_why),
    }


def policy_parts(show: Show) -> dict[str, Any]:
    """The chat's rules as a form."""
    rules = {"slow_mode_s": show.slow_mode_s, "length_max": show.message_length_max, "open_": show.chat_open}
    form = PolicyForm(initial=rules, slow_mode_s=show.slow_mode_s)
    seen = policy_mark(slow_mode_s=show.slow_mode_s, length_max=show.message_length_max, open_=show.chat_open)
    return {"show": show, "policy": form, "policy_seen": seen}


def muted_parts(show: Show, *, at: datetime) -> dict[str, Any]:
    """Who may not write now."""
    return {"show": show, "muted": muted_now(show, at=at)}


def signal_parts(show: Show, *, runs: bool, at: datetime) -> dict[str, Any]:
    """The incoming signal, why the last publisher was turned away, and marks of what else may have changed."""
    stage = show.stage()
    latest = show.ingests.order_by("-online_at").first()
    refused = show.ingest_refusals.order_by("-at").first() if stage in WATCHED else None
    is_news = refused is not None and (latest is None or refused.at > latest.online_at)
    key = show.keys.filter(revoked_at=None).values_list("hint", flat=True).first()
    return {
        "show": show,
        "stage": stage,
        "health": _health(show, at=at) if stage in WATCHED else Health("ended"),
        "online": latest is not None and latest.offline_at is None,
        "key_hint": (key or "") if runs else "",
        "turned_away": _told(refused) if is_news else None,
    }


def _health(show: Show, *, at: datetime) -> Health:
    try:
        return health_of(media_backend().signal(show.pk, at=at))
    except MediaAway:
        return Health("away")


def _told(refused: IngestRefusal | None) -> dict[str, Any] | None:
    return {"words": say_code(refused.code), "at": refused.at} if refused else None
