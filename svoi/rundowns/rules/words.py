"""What a segment may hold, and how it is read from what people type."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar, NamedTuple
from urllib.parse import urlsplit

from svoi.kernel.refused import Refused

KINDS = ("opening", "product", "talk", "envelope", "flash", "poll", "break", "closing")
TARGET_UNITS = ("orders", "minutes")
CLAIM_KINDS = ("composition", "origin", "property", "effect", "comparison", "price")
EVIDENCE_KINDS = ("link", "document", "laboratory", "certificate")
TITLE_LENGTH_MAX = 140
LINES_LENGTH_MAX = 500  # props, offer, fallback: what fits a row of a printed page
BEATS_MAX = 40
BEAT_LENGTH_MAX = 280
CLAIM_LENGTH_MAX = 300
REFERENCE_LENGTH_MAX = 500
REASON_LENGTH_MAX = 500
SEGMENT_S_MAX = 4 * 60 * 60
SLOT_S_MAX = 24 * 60 * 60
SLOT_S_USUAL = 60 * 60
SEGMENTS_MAX = 120
CLAIMS_MAX = 12
TARGET_MAX = 1_000_000
SHARES_MAX = 10_000
TOTAL_MAX = 1_000_000_000
_CONTROL = re.compile(r"[\x00-\x1f\x7f\u202a-\u202e\u2066-\u2069]")
_HOST = re.compile(r"[a-z0-9\u0400-\u04ff](?:[a-z0-9\u0400-\u04ff.-]*[a-z0-9\u0400-\u04ff])?")


class WordsMissing(Refused):
    """`name` has to be said."""

    code: ClassVar[str] = "rundown_words_missing"


class WordsTooLong(Refused):
    """`name` has `length_max` characters at most."""

    code: ClassVar[str] = "rundown_words_too_long"


class TooManyBeats(Refused):
    """A segment has `most` lines for the host at most."""

    code: ClassVar[str] = "rundown_too_many_beats"


class TooManyClaims(Refused):
    """A segment makes `most` claims at most: more than that nobody remembers, and nobody checks."""

    code: ClassVar[str] = "rundown_too_many_claims"


class ClaimUnknown(Refused):
    """There is no such claim, or no such evidence, in this community."""

    code: ClassVar[str] = "claim_unknown"


class NumberUnfit(Refused):
    """`name` is a whole number from `least` to `most`."""

    code: ClassVar[str] = "rundown_number_unfit"


class KindUnknown(Refused):
    """There is no such kind of segment, claim, evidence or target (`name`)."""

    code: ClassVar[str] = "rundown_kind_unknown"


class LinkUnsafe(Refused):
    """Evidence that is a link begins with https:// or http:// and names a host; nothing else is opened."""

    code: ClassVar[str] = "evidence_link_unsafe"


class Beat(NamedTuple):
    """One short line for the host; English where there is one."""

    ru: str
    en: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class FlashPlan:
    """A flash deal as it is planned: nothing is promised and no piece is set aside by it.

    `lowest_minor` is the lowest price of the last 30 days when the plan was written. Money in minor units.
    """

    variant_id: int
    price_minor: int
    lowest_minor: int
    currency: str
    quantity: int
    per_person: int


@dataclass(frozen=True, slots=True, kw_only=True)
class FlashWish:
    """What somebody wants a planned deal to be; the lowest price is read when it is written down."""

    variant_id: int
    price_minor: int
    quantity: int
    per_person: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class EnvelopePlan:
    """An envelope as it is planned: `total` points in `shares`, and how they are dealt. No points move by it."""

    mode: str
    total: int
    shares: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Wording:
    """Everything of a segment but its place, its claims and its plans of money. Lengths in seconds."""

    kind: str
    title_ru: str
    title_en: str = ""
    length_s: int = 300
    product_id: int | None = None
    beats: tuple[Beat, ...] = ()
    props: str = ""
    offer: str = ""
    fallback: str = ""
    target: int | None = None
    target_unit: str = ""


def admit_wording(wording: Wording) -> Wording:
    """The same without stray spaces; raises what does not fit, one thing at a time."""
    require_kind("kind", wording.kind, KINDS)
    if (wording.target is None) != (wording.target_unit == ""):
        raise NumberUnfit(name="target", least=1, most=TARGET_MAX)
    if wording.target is not None:
        require_kind("target_unit", wording.target_unit, TARGET_UNITS)
        require_number("target", wording.target, least=1, most=TARGET_MAX)
    return Wording(
        kind=wording.kind,
        title_ru=required_line("title_ru", wording.title_ru, TITLE_LENGTH_MAX),
        title_en=line("title_en", wording.title_en, TITLE_LENGTH_MAX),
        length_s=require_number("length_s", wording.length_s, least=1, most=SEGMENT_S_MAX),
        product_id=wording.product_id,
        beats=admit_beats(wording.beats),
        props=line("props", wording.props, LINES_LENGTH_MAX),
        offer=line("offer", wording.offer, LINES_LENGTH_MAX),
        fallback=line("fallback", wording.fallback, LINES_LENGTH_MAX),
        target=wording.target,
        target_unit=wording.target_unit,
    )


def admit_beats(beats: Sequence[Beat]) -> tuple[Beat, ...]:
    """Short lines in order; those without words fall away. Russian comes first, English never stands alone."""
    read = [Beat(line("beats", ru, BEAT_LENGTH_MAX), line("beats", en, BEAT_LENGTH_MAX)) for ru, en in beats]
    kept = tuple(Beat(ru or en, en if ru else "") for ru, en in read if ru or en)
    if len(kept) > BEATS_MAX:
        raise TooManyBeats(most=BEATS_MAX)
    return kept


def beats_in(typed_ru: str, typed_en: str = "") -> tuple[Beat, ...]:
    """Beats from two fields of lines: the n-th English line belongs to the n-th Russian one."""
    ru, en = _rows(typed_ru), _rows(typed_en)
    height = max(len(ru), len(en))
    pairs = zip(ru + [""] * (height - len(ru)), en + [""] * (height - len(en)), strict=True)
    return tuple(Beat(*pair) for pair in pairs)


def line(name: str, typed: str, length_max: int) -> str:
    """One line of words without stray spaces and without characters that cannot be seen."""
    words = " ".join(_CONTROL.sub(" ", typed).split())
    if len(words) > length_max:
        raise WordsTooLong(name=name, length_max=length_max)
    return words


def required_line(name: str, typed: str, length_max: int) -> str:
    words = line(name, typed, length_max)
    if not words:
        raise WordsMissing(name=name)
    return words


def read_reference(kind: str, typed: str) -> str:
    """Where the proof is found: an address for a link, a number or a name for the others."""
    reference = required_line("reference", typed, REFERENCE_LENGTH_MAX)
    if kind == "link" and not is_safe_link(reference):
        raise LinkUnsafe()
    return reference


def is_safe_link(address: str) -> bool:
    """An address of the web with a host, without a password in it and without spaces."""
    if not re.match(r"https?://", address, re.IGNORECASE) or re.search(r"[\s\\<>\"'`]", address):
        return False
    try:
        parts = urlsplit(address)
        _ = parts.port
    except ValueError:
        return False
    return parts.username is None and bool(_HOST.fullmatch((parts.hostname or "").lower()))


def require_kind(name: str, value: str, known: Sequence[str]) -> str:
    if value not in known:
        raise KindUnknown(name=name)
    return value


def require_number(name: str, value: int, *, least: int, most: int) -> int:
    if not least <= value <= most:
        raise NumberUnfit(name=name, least=least, most=most)
    return value


def admit_envelope(plan: EnvelopePlan, modes: Sequence[str]) -> EnvelopePlan:
    """An envelope that could be sent: a known mode and a point for every share."""
    require_kind("envelope_mode", plan.mode, modes)
    require_number("envelope_shares", plan.shares, least=1, most=SHARES_MAX)
    require_number("envelope_total", plan.total, least=plan.shares, most=TOTAL_MAX)
    return plan


def _rows(typed: str) -> list[str]:
    return typed.replace("\r\n", "\n").replace("\r", "\n").split("\n") if typed.strip() else []
