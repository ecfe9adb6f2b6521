"""A rundown as values: what others read of it, whatever the tables are like."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from svoi.rundowns.rules import Beat, EnvelopePlan, FlashPlan, State


@dataclass(frozen=True, slots=True, kw_only=True)
class EvidenceRead:
    """One proof of a claim: `kind` link, document, laboratory or certificate; `lasts` until the show begins."""

    id: int
    kind: str
    reference: str
    says: str
    valid_until: datetime | None
    lasts: bool
    added_by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimRead:
    """A sentence said about a product, with what stands behind it. `proven`: some evidence lasts until the show."""

    id: int
    text: str
    text_en: str
    kind: str
    product_id: int
    evidence: tuple[EvidenceRead, ...]
    proven: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class StepRead:
    """The last step of a story: asked, approved or sent_back, and why. `holds`: for the words as they are."""

    step: str
    by_id: int
    by_name: str
    at: datetime
    reason: str
    holds: bool
    carried: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class SegmentRead:
    """A segment in its place. `starts_after_s`: seconds after the show begins. `title_en` may be empty.

    `state`: free (nothing to check), draft, asked, approved, sent_back, or lapsed (approved, and a proof ran out).
    `fingerprint` names the words and proofs a check is for. `flash` and `envelope` are plans, not promises.
    """

    id: int
    position: int
    kind: str
    title_ru: str
    title_en: str
    starts_after_s: int
    length_s: int
    product_id: int | None
    beats: tuple[Beat, ...]
    props: str
    offer: str
    fallback: str
    flash: FlashPlan | None
    envelope: EnvelopePlan | None
    target: int | None
    target_unit: str
    claims: tuple[ClaimRead, ...]
    state: State
    fingerprint: str
    last_step: StepRead | None
    author_ids: frozenset[int]
    repeats_product: bool

    @property
    def claims_made(self) -> int:
        return len(self.claims)

    @property
    def unproven(self) -> tuple[ClaimRead, ...]:
        """Claims without evidence that lasts until the show."""
        return tuple(claim for claim in self.claims if not claim.proven)


@dataclass(frozen=True, slots=True, kw_only=True)
class RundownRead:
    """A whole plan: `show_id` None for a template. `over_s` above zero: longer than its slot."""

    id: int
    show_id: int | None
    community_id: int
    name_ru: str
    name_en: str
    version: int
    starts_at: datetime | None
    slot_s: int
    total_s: int
    segments: tuple[SegmentRead, ...]

    @property
    def over_s(self) -> int:
        return self.total_s - self.slot_s

    def segment(self, segment_id: int) -> SegmentRead | None:
        return next((one for one in self.segments if one.id == segment_id), None)
