"""A show with its key, its tray and pins, its chat, and the facts of who watched."""

from svoi.shows.models.counts import MessageWeight, Reaction, Recount, WatchBeat, WatchSample, WeighedRow
from svoi.shows.models.show import Pin, Show, ShowQuerySet, TrayItem
from svoi.shows.models.signal import Break, Ingest, IngestRefusal, StreamKey
from svoi.shows.models.talk import ChatMessage, MessageHiding, Mute

__all__ = [
    "Break",
    "ChatMessage",
    "Ingest",
    "IngestRefusal",
    "MessageHiding",
    "MessageWeight",
    "Mute",
    "Pin",
    "Reaction",
    "Recount",
    "Show",
    "ShowQuerySet",
    "StreamKey",
    "TrayItem",
    "WatchBeat",
    "WatchSample",
    "WeighedRow",
]
