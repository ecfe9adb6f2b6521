"""The demo's week: studios, planned shows, a series, shifts, samples and a checklist, all by its owner's actions."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from svoi.catalog.models import Product
from svoi.communities.models import Community
from svoi.jobs.demo_shop import keep_picture, told
from svoi.members.models import Member
from svoi.planning.actions.approving import approve_slot, ask_approval
from svoi.planning.actions.crew import assign_shift
from svoi.planning.actions.houses import keep_template, open_studio
from svoi.planning.actions.placing import Place, plan_show
from svoi.planning.actions.samples import book_samples, say_samples
from svoi.planning.actions.series import Wanted, make_series, plan_series
from svoi.planning.actions.training import add_step, confirm_done, mark_done
from svoi.planning.models import Slot, Studio
from svoi.shows.actions.announcing import change_poster


def bring_week(place: Community, people: dict[str, Member], *, owner: Member, at: datetime) -> None:
    """Plan the days after this one; a shop that has a studio has its own calendar."""
    if Studio.objects.filter(community=place).exists():
        return
    described = told("week")
    by: dict[str, Any] = {"by": owner, "at": at}
    zone = ZoneInfo(described["zone"])
    studios = {
        one["key"]: open_studio(
            community=place,
            name_ru=one["name_ru"],
            name_en=one["name_en"],
            turn_around_min=described["turn_around_min"],
            time_zone=described["zone"],
            **by,
        )
        for one in described["studios"]
    }
    tomorrow = (at.astimezone(zone) + timedelta(days=1)).date()
    for one in described["shows"]:
        where = Place(
            studio_id=studios[one["studio"]].pk,
            starts_at=datetime.combine(
                tomorrow + timedelta(days=one["day"]), time.fromisoformat(one["time"]), tzinfo=zone
            ),
            length_min=one["length_min"],
            preparation_min=described["preparation_min"],
        )
        words = {"title_ru": one["title_ru"], "title_en": one["title_en"]}
        told_why = {"accepting": described["accepting"], **by}
        slot = plan_show(community=place, place=where, host=people[one["host"]], words=words, **told_why)
        change_poster(show_id=slot.show_id, poster=keep_picture(one["poster"]), **by)
        _staff(place, slot, one, people, told_why, **by)
    evening = described["series"]
    wanted = Wanted(
        title_ru=evening["title_ru"],
        title_en=evening["title_en"],
        studio_id=studios[evening["studio"]].pk,
        weekdays=frozenset(evening["weekdays"]),
        local_time=time.fromisoformat(evening["time"]),
        length_min=evening["length_min"],
        preparation_min=described["preparation_min"],
        starts_on=tomorrow,
        host_ids=tuple(people[key].pk for key in evening["hosts"]),
    )
    series = plan_series(community=place, wanted=wanted, **by)
    make_series(series_id=series.pk, **by)
    for show_id in Slot.objects.filter(series=series).values_list("show_id", flat=True):
        change_poster(show_id=show_id, poster=keep_picture(evening["poster"]), **by)
    _train(place, people, described["steps"], **by)


def _staff(
    place: Community,
    slot: Slot,
    one: dict[str, Any],
    people: dict[str, Member],
    told_why: dict[str, Any],
    *,
    by: Member,
    at: datetime,
) -> None:
    """Who works at the show, what lies on its table, and how far it is agreed; a staffed show becomes a template."""
    roles = [role for role in ("moderator", "producer") if role in one]
    for role in roles:
        assign_shift(slot_id=slot.pk, member=people[one[role]], role=role, by=by, at=at)
    goods = Product.objects.filter(community=place, withdrawn_at=None).order_by("pk")
    for product in goods[: one.get("samples", 0)]:
        sample = say_samples(community=place, product_id=product.pk, pieces=2, by=by, at=at)
        book_samples(slot_id=slot.pk, sample_id=sample.pk, pieces=1, holder=people[one["host"]], by=by, at=at)
    if one.get("state") in ("asked", "approved"):
        ask_approval(slot_id=slot.pk, seen=1, by=by, at=at)
    if one.get("state") == "approved":
        approve_slot(slot_id=slot.pk, seen=1, **told_why)
    if roles:
        keep_template(slot_id=slot.pk, by=by, at=at)


def _train(
    place: Community, people: dict[str, Member], steps: list[dict[str, Any]], *, by: Member, at: datetime
) -> None:
    for one in steps:
        step = add_step(community=place, title_ru=one["title_ru"], title_en=one["title_en"], by=by, at=at)
        for key in one["done"]:
            mark_done(step_id=step.pk, member=people[key], at=at)
        for key in one["confirmed"]:
            confirm_done(step_id=step.pk, member_id=people[key].pk, by=by, at=at)
