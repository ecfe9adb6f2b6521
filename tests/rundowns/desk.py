"""A desk where rundowns are written: a show a week ahead, and the people around its plan."""

from __future__ import annotations

from datetime import datetime, timedelta

from svoi.catalog.models import Variant
from svoi.communities.models import Community
from svoi.members.models import Member
from svoi.rundowns.actions import add_evidence, add_segment, open_rundown, write_claim
from svoi.rundowns.models import Claim, Rundown, Segment
from svoi.rundowns.queries import SegmentRead, rundown_by_id
from svoi.rundowns.rules import Wording
from svoi.shows.models import Show
from tests.cast import NOON

BEGINS = NOON + timedelta(days=7)
LATER = NOON + timedelta(days=400)


def coming_show(place: Community, host: Member, *, starts_at: datetime = BEGINS, title: str = "Утро") -> Show:
    """A show that is planned and not on air."""
    return Show.objects.create(community=place, title_ru=title, host=host, starts_at=starts_at)


def plan(show: Show, by: Member) -> Rundown:
    return open_rundown(show_id=show.pk, by=by, at=NOON)


def words(**changes) -> Wording:
    return Wording(**{"kind": "talk", "title_ru": "Разговор", "length_s": 300, **changes})


def written(rundown: Rundown, by: Member, **changes) -> Segment:
    """A segment at the end of the plan."""
    return add_segment(rundown_id=rundown.pk, wording=words(**changes), by=by, at=NOON)


def about(rundown: Rundown, by: Member, mug: Variant, *, valid_until: datetime | None = LATER) -> tuple[Segment, Claim]:
    """A segment about a product that makes one claim, with a certificate behind it."""
    segment = written(rundown, by, kind="product", title_ru="Кружка", product_id=mug.product_id)
    claim = write_claim(
        rundown_id=rundown.pk,
        segment_id=segment.pk,
        product_id=mug.product_id,
        kind="property",
        text="Держит тепло два часа",
        by=by,
        at=NOON,
    )
    add_evidence(
        rundown_id=rundown.pk,
        claim_id=claim.pk,
        kind="certificate",
        reference="РОСС RU.АЯ12.Н00001",
        says="Остывает на 20 °C за два часа",
        valid_until=valid_until,
        by=by,
        at=NOON,
    )
    return segment, claim


def seen(segment: Segment) -> SegmentRead:
    """The segment as it is read now."""
    found = rundown_by_id(rundown_id=segment.rundown_id).segment(segment.pk)
    assert found is not None
    return found


def order(rundown: Rundown) -> list[int]:
    return [one.id for one in rundown_by_id(rundown_id=rundown.pk).segments]


def version(rundown: Rundown) -> int:
    return Rundown.objects.get(pk=rundown.pk).version
