"""Plants a week of planned shows into a demo shop, for its pictures: two studios, three hosts, a series, a warning.

Runs in the surroundings of an instance: `bin/svoi` sets them for commands, `pictures_of_planning` for this.
"""

from __future__ import annotations

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

import django

django.setup()

from django.utils import timezone  # noqa: E402 - Django has to stand first

from svoi.catalog.models import Product  # noqa: E402
from svoi.communities.models import Community  # noqa: E402
from svoi.members.models import Member  # noqa: E402
from svoi.planning.actions.approving import approve_slot, ask_approval  # noqa: E402
from svoi.planning.actions.crew import assign_shift  # noqa: E402
from svoi.planning.actions.houses import keep_template, open_studio  # noqa: E402
from svoi.planning.actions.placing import Place, plan_show  # noqa: E402
from svoi.planning.actions.samples import book_samples, say_samples  # noqa: E402
from svoi.planning.actions.series import Wanted, make_series, plan_series  # noqa: E402
from svoi.planning.actions.training import add_step, confirm_done, mark_done  # noqa: E402
from svoi.planning.models import Slot  # noqa: E402

ZONE = "Europe/Moscow"
# Day of the week, hour, minutes, studio, host, length, titles.
SHOWS = [
    (0, 11, 0, "big", "vera", 60, "Чашки для двоих", "Cups for two"),
    (1, 12, 0, "big", "boris", 90, "Лён после стирки", "Linen after washing"),
    (1, 14, 15, "big", "vera", 60, "Новая глазурь", "A new glaze"),
    (2, 11, 30, "small", "anna", 45, "Мёд с пасеки", "Honey from the apiary"),
    (3, 12, 0, "small", "vera", 60, "Как держать круг", "Holding the wheel"),
    (4, 16, 0, "big", "anna", 75, "Стол к празднику", "A table for the feast"),
    (5, 12, 0, "big", "vera", 120, "Печь открывают при всех", "The kiln is opened"),
]


def main() -> None:
    """The next whole week of the demo community."""
    place, now = Community.objects.get(slug="kromka"), timezone.now()
    people = {one: Member.objects.get(email=f"{one}@example.com") for one in ("anna", "boris", "vera", "gleb")}
    anna = people["anna"]
    house = {"turn_around_min": 30, "time_zone": ZONE, "by": anna, "at": now}
    rooms = {
        "big": open_studio(community=place, name_ru="Большая студия", name_en="Large studio", **house),
        "small": open_studio(community=place, name_ru="У печи", name_en="By the kiln", **house),
    }
    monday = now.astimezone(ZoneInfo(ZONE)).date()
    monday += timedelta(days=7 - monday.weekday())
    slots = []
    for day, hour, minute, room, host, length_min, title_ru, title_en in SHOWS:
        starts_at = datetime.combine(monday + timedelta(days=day), time(hour, minute), tzinfo=ZoneInfo(ZONE))
        where = Place(studio_id=rooms[room].pk, starts_at=starts_at, length_min=length_min, preparation_min=30)
        words = {"title_ru": title_ru, "title_en": title_en}
        told = {"host": people[host], "words": words, "by": anna, "at": now, "accepting": "Помощников двое, успеем"}
        slots.append(plan_show(community=place, place=where, **told))
    staff(place, slots, people)
    evening = Wanted(
        title_ru="Вечер в мастерской",
        title_en="An evening at the workshop",
        studio_id=rooms["big"].pk,
        weekdays=frozenset({0, 2, 4}),
        local_time=time(19),
        length_min=60,
        preparation_min=30,
        starts_on=monday,
        host_ids=(people["vera"].pk, people["boris"].pk),
    )
    series = plan_series(community=place, wanted=evening, by=anna, at=now)
    make_series(series_id=series.pk, by=anna, at=now)


def staff(place: Community, slots: list[Slot], people: dict[str, Member]) -> None:
    """People, samples, approvals, and the checklist of new hosts."""
    anna, now = people["anna"], timezone.now()
    by = {"by": anna, "at": now}
    assign_shift(slot_id=slots[0].pk, member=people["gleb"], role="moderator", **by)
    assign_shift(slot_id=slots[0].pk, member=people["boris"], role="producer", **by)
    for product in Product.objects.filter(community=place, withdrawn_at=None).order_by("pk")[:3]:
        sample = say_samples(community=place, product_id=product.pk, pieces=2, **by)
        book_samples(slot_id=slots[0].pk, sample_id=sample.pk, pieces=1, holder=people["vera"], **by)
    for slot in slots[:4]:
        ask_approval(slot_id=slot.pk, seen=1, **by)
    for slot in slots[:2]:
        approve_slot(slot_id=slot.pk, seen=1, accepting="Помощников двое, успеем", **by)
    keep_template(slot_id=slots[0].pk, **by)
    steps = [("Прочитать правила эфира", "Read the rules of shows"), ("Провести репетицию", "Hold a rehearsal")]
    for title_ru, title_en in steps:
        step = add_step(community=place, title_ru=title_ru, title_en=title_en, **by)
        for learner in ("vera", "boris"):
            mark_done(step_id=step.pk, member=people[learner], at=now)
        confirm_done(step_id=step.pk, member_id=people["vera"].pk, **by)


if __name__ == "__main__":
    main()
