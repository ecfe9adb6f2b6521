"""The product story: who may let it be said, on what proof, and for exactly which words an approval stands."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar, Literal

from svoi.kernel.refused import Refused
from svoi.rundowns.rules.words import EnvelopePlan, FlashPlan, Wording

STEPS = ("asked", "approved", "sent_back")
# free: nothing in it needs a check; lapsed: approved, but a proof no longer lasts until the show.
State = Literal["free", "draft", "asked", "approved", "sent_back", "lapsed"]
STATES: tuple[State, ...] = ("free", "draft", "asked", "approved", "sent_back", "lapsed")
KINDS_CHECKED = frozenset({"product", "flash"})


class ClaimUnproven(Refused):
    """A claim has no evidence that lasts until the show begins; `unproven` claims like it, the first says `text`."""

    code: ClassVar[str] = "claim_unproven"


class OwnStory(Refused):
    """Whoever wrote a story alone, or asked about it, does not approve it: a second pair of eyes does."""

    code: ClassVar[str] = "own_story"


class StoryNotAsked(Refused):
    """Nobody asked for a check of these words, or it was answered already."""

    code: ClassVar[str] = "story_not_asked"


class StoryAsked(Refused):
    """These words wait for a check already, or were approved."""

    code: ClassVar[str] = "story_asked"


class StoryMoved(Refused):
    """The words or their evidence changed since they were read."""

    code: ClassVar[str] = "story_moved"


class NotForAShow(Refused):
    """A template is checked when it became the plan of a show: only then is it known how long proof must last."""

    code: ClassVar[str] = "story_of_template"


@dataclass(frozen=True, slots=True)
class Proof:
    """Evidence as far as an approval depends on it. `valid_until` None: without an end."""

    kind: str
    reference: str
    says: str
    valid_until: datetime | None


@dataclass(frozen=True, slots=True)
class Said:
    """A claim of a segment with what stands behind it."""

    claim_id: int
    text: str
    text_en: str
    kind: str
    product_id: int
    proofs: tuple[Proof, ...]


def content_of(
    wording: Wording, claims: Iterable[Said], *, flash: FlashPlan | None, envelope: EnvelopePlan | None
) -> dict[str, Any]:
    """What an approval is for: every word that reaches viewers, and the proof. Place, length, props, target are not."""
    return {
        "kind": wording.kind,
        "title": [wording.title_ru, wording.title_en],
        "product": wording.product_id,
        "beats": [list(beat) for beat in wording.beats],
        "offer": wording.offer,
        "fallback": wording.fallback,
        "flash": [
            flash.variant_id,
            flash.price_minor,
            flash.lowest_minor,
            flash.currency,
            flash.quantity,
            flash.per_person,
        ]
        if flash
        else None,
        "envelope": [envelope.mode, envelope.total, envelope.shares] if envelope else None,
        "claims": [_claim(one) for one in sorted(claims, key=lambda one: one.claim_id)],
    }


def fingerprint(content: dict[str, Any]) -> str:
    """SHA-256 over the content, written the one same way."""
    written = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(written.encode("utf-8", "surrogatepass")).hexdigest()


def lasts(valid_until: datetime | None, *, starts_at: datetime) -> bool:
    """Whether evidence still holds when the show begins."""
    return valid_until is None or valid_until > starts_at


def unproven(claims: Iterable[Said], *, starts_at: datetime) -> tuple[Said, ...]:
    """Claims without a single piece of evidence that lasts until the show begins."""
    return tuple(
        claim for claim in claims if not any(lasts(proof.valid_until, starts_at=starts_at) for proof in claim.proofs)
    )


def needs_check(*, kind: str, product_id: int | None, claims: int) -> bool:
    """Whatever tells of a product is checked; an opening or a break says nothing that needs proof."""
    return kind in KINDS_CHECKED or product_id is not None or claims > 0


def state_of(*, step: str, of: str, now: str, is_checked: bool, is_proven: bool) -> State:
    """The state of a segment from the last step on record (`""` for none), for the words as they are `now`.

    A step is for the words it was taken for (`of`): with others it says nothing, and the segment is a draft again.
    """
    if not step or of != now:
        return "draft" if is_checked else "free"
    if step == "approved":
        return "approved" if is_proven else "lapsed"
    return "asked" if step == "asked" else "sent_back"


def admit_ask(state: State) -> None:
    """Words are put before a second person once."""
    if state in ("asked", "approved"):
        raise StoryAsked(state=state)


def admit_approval(
    *,
    state: State,
    lacking: Collection[Said],
    authors: Collection[int],
    asked_by_id: int | None,
    by_id: int,
    four_eyes: bool,
) -> None:
    """Raise what stands against letting these words be said.

    Two people stand behind what was approved: one asked about exactly these words, another let them be said. And who
    wrote all of it alone does not approve it, whoever asked.
    """
    if state != "asked":
        raise StoryNotAsked(state=state)
    if four_eyes and (by_id == asked_by_id or set(authors) == {by_id}):
        raise OwnStory()
    if lacking:
        raise ClaimUnproven(unproven=len(lacking), text=next(iter(lacking)).text)


def admit_sending_back(state: State) -> None:
    """What waits can be sent back, and what was approved as well, when somebody sees more."""
    if state not in ("asked", "approved", "lapsed"):
        raise StoryNotAsked(state=state)


def admit_reader(*, seen: str, now: str) -> None:
    """An answer is for the words that were read."""
    if seen != now:
        raise StoryMoved()


def _claim(said: Said) -> list[Any]:
    proofs = sorted(
        [proof.kind, proof.reference, proof.says, proof.valid_until.isoformat() if proof.valid_until else ""]
        for proof in said.proofs
    )
    return [said.claim_id, said.text, said.text_en, said.kind, said.product_id, proofs]
