"""Stating what a host or moderator may do, and going back to everything."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from svoi.communities.models import Community
from svoi.communities.queries import roles_of
from svoi.control.events import DutiesSet
from svoi.control.models import Duties
from svoi.control.rules.duties import admit_stating, read_acts
from svoi.db.outbox import record, wake_relay
from svoi.db.transaction import atomic
from svoi.members.models import Member
from svoi.shows.actions.locking import locked_show
from svoi.shows.models import Show


@atomic
def state_duties(
    *, show_id: int, member_id: int, acts: Collection[str] | None, everywhere: bool, by: Member, at: datetime
) -> Duties | None:
    """State exactly what somebody may do, in this show or (`everywhere`) in its whole community.

    `acts` None takes the statement back: what was stated more widely holds again, or everything. What was stated
    before stays on record. Raises `ActUnknown`, `NotAKeeper`. The caller has loaded the show as one she runs.
    """
    show = locked_show(show_id)
    # One community's duties are stated one after the other, whichever show they are stated from.
    place = Community.objects.select_for_update(no_key=True).get(pk=show.community_id)
    wanted = None if acts is None else read_acts(acts)
    person = Member.objects.filter(pk=member_id).first()
    admit_stating(roles_of(community=place, member=person) if person else ())
    of_show = None if everywhere else show
    standing = Duties.objects.filter(community=place, show=of_show, member=person, ended_at=None).first()
    if (standing.acts if standing else None) == wanted:
        return standing
    if standing:
        standing.ended_at = at
        standing.save(update_fields=["ended_at"])
    stated = _stated(place, of_show, person, wanted, by=by, at=at)
    record(
        DutiesSet(
            community_id=place.pk,
            show_id=of_show.pk if of_show else None,
            member_id=member_id,
            by_id=by.pk,
            acts=["*"] if wanted is None else wanted,
        )
    )
    wake_relay()
    return stated


def _stated(
    place: Community, show: Show | None, person: Member | None, acts: list[str] | None, *, by: Member, at: datetime
) -> Duties | None:
    if acts is None or person is None:
        return None
    return Duties.objects.create(community=place, show=show, member=person, acts=acts, given_by=by, given_at=at)
