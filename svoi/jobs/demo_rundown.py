"""The demo show's rundown: written by its host, asked about and answered, each step through its own action."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from svoi.catalog.models import Variant
from svoi.jobs.demo_shop import told
from svoi.members.models import Member
from svoi.rundowns.actions import (
    add_evidence,
    add_segment,
    approve_segment,
    ask_for_check,
    open_rundown,
    send_back,
    set_slot,
    write_claim,
)
from svoi.rundowns.models import Rundown, Segment
from svoi.rundowns.queries import rundown_of
from svoi.rundowns.rules import Beat, EnvelopePlan, FlashWish, Wording
from svoi.shows.models import Show


def bring_rundown(show: Show, *, host: Member, checker: Member, at: datetime) -> None:
    """Plan the show as described; a show that has a plan keeps its own, and one that is over gets none."""
    if show.ended_at is not None or Segment.objects.filter(rundown__show=show).exists():
        return
    described = told("rundown")
    plan = open_rundown(show_id=show.pk, by=host, at=at)
    set_slot(rundown_id=plan.pk, slot_s=described["slot_s"], seen=plan.version, by=host, at=at)
    offers = dict(Variant.objects.filter(community=show.community_id).values_list("external_id", "pk"))
    products = dict(Variant.objects.filter(community=show.community_id).values_list("external_id", "product_id"))
    for one in described["segments"]:
        segment = _write(plan, one, offers, products, by=host, at=at)
        for claim in one.get("claims", ()):
            _claim(plan, segment, claim, by=host, at=at)
        _answer(plan, segment, one, host=host, checker=checker, at=at)


def _write(
    plan: Rundown, one: dict[str, Any], offers: dict[str, int], products: dict[str, int], *, by: Member, at: datetime
) -> Segment:
    offer_id, flash, envelope = one.get("offer_id", ""), one.get("flash"), one.get("envelope")
    wording = Wording(
        kind=one["kind"],
        title_ru=one["title_ru"],
        title_en=one["title_en"],
        length_s=one["length_s"],
        product_id=products.get(offer_id),
        beats=tuple(Beat(*beat) for beat in one.get("beats", ())),
        props=one.get("props", ""),
        offer=one.get("offer", ""),
        fallback=one.get("fallback", ""),
        target=one.get("target"),
        target_unit=one.get("target_unit", ""),
    )
    return add_segment(
        rundown_id=plan.pk,
        wording=wording,
        flash=FlashWish(variant_id=offers[offer_id], **flash) if flash else None,
        envelope=EnvelopePlan(**envelope) if envelope else None,
        by=by,
        at=at,
    )


def _claim(plan: Rundown, segment: Segment, one: dict[str, Any], *, by: Member, at: datetime) -> None:
    assert segment.product_id is not None, "a claim of the demo is about a product"
    claim = write_claim(
        rundown_id=plan.pk,
        segment_id=segment.pk,
        product_id=segment.product_id,
        kind=one["kind"],
        text=one["text"],
        text_en=one["text_en"],
        by=by,
        at=at,
    )
    if claim.evidence.exists():
        return
    for proof in one.get("evidence", ()):
        add_evidence(
            rundown_id=plan.pk,
            claim_id=claim.pk,
            kind=proof["kind"],
            reference=proof["reference"],
            says=proof["says"],
            valid_until=at + timedelta(days=proof["days"]) if "days" in proof else None,
            by=by,
            at=at,
        )


def _answer(
    plan: Rundown, segment: Segment, one: dict[str, Any], *, host: Member, checker: Member, at: datetime
) -> None:
    """How far the story is: a draft, asked about, approved, or sent back."""
    state = one.get("state", "draft")
    read = rundown_of(show_id=plan.show_id or 0)
    found = read.segment(segment.pk) if read else None
    if state == "draft" or found is None:
        return
    here = {"rundown_id": plan.pk, "segment_id": segment.pk, "seen": found.fingerprint, "at": at}
    ask_for_check(**here, by=host)
    if state == "approved":
        approve_segment(**here, by=checker)
    elif state == "sent_back":
        send_back(**here, reason=one["reason"], by=checker)
