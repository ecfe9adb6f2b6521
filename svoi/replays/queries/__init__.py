"""What is read of shows that are over."""

from svoi.replays.queries.chapters import ChapterRow, chapter_rows, chapters_of_show, media_ms, moment
from svoi.replays.queries.debriefs import Debrief, debrief_of, notes_for, notes_of
from svoi.replays.queries.facts import facts_of
from svoi.replays.queries.hosts import HostCards, host_cards
from svoi.replays.queries.reading import (
    CLAIMS_SHOWN_MAX,
    ClaimsAsked,
    claimed_in,
    claims_said,
    clips_of,
    shows_debriefed_by,
)

__all__ = [
    "CLAIMS_SHOWN_MAX",
    "ChapterRow",
    "ClaimsAsked",
    "Debrief",
    "HostCards",
    "chapter_rows",
    "chapters_of_show",
    "claimed_in",
    "claims_said",
    "clips_of",
    "debrief_of",
    "facts_of",
    "host_cards",
    "media_ms",
    "moment",
    "notes_for",
    "notes_of",
    "shows_debriefed_by",
]
