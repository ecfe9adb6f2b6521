"""Claims said in a show on a real database: one line each, as they were, for as long as they are kept."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection, transaction
from django.db.utils import DatabaseError

from svoi.replays.actions import forget_claims, log_claim
from svoi.replays.models import ClaimSaid
from svoi.replays.rules import ClaimNotOnAir, NotOfThisShow, SpeakerUnknown
from tests import cast
from tests.cast import NOON, recorded
from tests.replays.stage import LATER, ended_show, refuses


def claim(show, variant, **fields):
    told = {
        "text": "Держит тепло шесть часов",
        "evidence": {"lab": "Протокол 12"},
        "said_by": show.host,
        "by": show.host,
    }
    told |= {"media_at": show.went_live_at + timedelta(minutes=1), "at": LATER, **fields}
    return log_claim(show_id=show.pk, product_id=variant.product_id, **told)


def test_a_claim_is_one_line_with_its_words_and_evidence_as_they_were(show, mug, anna, boris, table):
    cast.joins(boris, table, "moderator")
    first, again = claim(show, mug), claim(show, mug, by=boris, evidence={"lab": "Другой"})
    assert first.pk == again.pk
    kept = ClaimSaid.objects.get()
    assert (kept.text, kept.evidence, kept.said_by, kept.marked_by) == (
        "Держит тепло шесть часов", {"lab": "Протокол 12"}, anna, anna
    )  # fmt: skip
    assert recorded() == [
        (
            "claim_logged",
            {"show_id": show.pk, "by_id": anna.pk, "claim_id": kept.pk, "product_id": mug.product_id,
             "said_by_id": anna.pk, "has_evidence": True},
        )
    ]  # fmt: skip


def test_claims_said_off_air_by_strangers_or_of_other_things_are_refused(show, mug, table, dmitri):
    towel = cast.product(table)
    for refusal, fields in (
        (ClaimNotOnAir, {"media_at": show.went_live_at - timedelta(seconds=1)}),
        (ClaimNotOnAir, {"media_at": show.ended_at + timedelta(seconds=1)}),
        (SpeakerUnknown, {"said_by": dmitri}),
    ):
        with refuses(refusal):
            claim(show, mug, **fields)
    with refuses(NotOfThisShow):
        claim(show, towel)
    assert (ClaimSaid.objects.count(), recorded()) == (0, [])


def test_on_air_a_claim_is_marked_at_the_present_moment_and_not_ahead_of_it(table, anna, mug):
    live, at = cast.live_show(table, anna, mug), NOON + timedelta(minutes=5)
    assert claim(live, mug, media_at=at, at=at).media_at == at
    with refuses(ClaimNotOnAir):
        claim(live, mug, media_at=at + timedelta(minutes=1), at=at)


def test_nothing_changes_a_claim_or_removes_a_young_one(show, mug):
    kept = claim(show, mug)
    for statement in ("update svoi_claimsaid set text = 'иное'", "delete from svoi_claimsaid"):
        with pytest.raises(DatabaseError, match="never changed"), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)
    assert ClaimSaid.objects.get().text == kept.text


def test_claims_go_when_their_years_are_over_and_never_within_one(table, anna, mug):
    now = datetime.now(UTC)
    ages = {days: ended_show(table, anna, mug, at=now - timedelta(days=days)) for days in (200, 800, 1200)}
    for days, old in ages.items():
        claim(old, mug, at=now - timedelta(days=days - 1))
    assert forget_claims(kept_days=1096, at=now) == 1
    assert [one.show_id for one in ClaimSaid.objects.order_by("media_at")] == [ages[800].pk, ages[200].pk]
    assert forget_claims(kept_days=1, at=now) == 1
    assert [one.show_id for one in ClaimSaid.objects.all()] == [ages[200].pk]
    assert [told["claims"] for _, told in recorded("claims_forgotten")] == [1, 1]
