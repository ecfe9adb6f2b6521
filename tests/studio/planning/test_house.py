"""Series, and the house the shows are planned in, by plain forms."""

from __future__ import annotations

import re

from django.utils import timezone

from svoi.catalog.models import Product
from svoi.planning.models import PlanningTerms, Sample, Series, Slot, Studio, TrainingMark, TrainingStep
from svoi.studio.product_choice import OFFERED_MAX
from tests import cast
from tests.studio.planning.forms import CALENDAR, REAL
from tests.studio.stage import signed


def series_form(room, anna, noon, **more) -> dict[str, object]:
    told = {
        "title_ru": "Среда", "weekdays": ["2"], "time": "19:00", "length_min": "60", "preparation_min": "30",
        "studio": room.pk, "hosts": [anna.pk], "starts_on": str(noon.date()), "weeks_ahead": "4",
    }  # fmt: skip
    return {**told, **more}


def test_a_series_is_planned_changed_skipped_and_ended_by_forms(browser, room, anna, noon):
    made = browser.post(f"{CALENDAR}/series/", series_form(room, anna, noon))
    series = Series.objects.get()
    address = f"{CALENDAR}/series/{series.pk}/"
    assert made["Location"] == address
    count = Slot.objects.standing().count()
    assert count in (3, 4)
    browser.post(address + "shows")
    assert Slot.objects.count() == count
    browser.post(address + "skips", {"day": str(noon.date()), "reason": "Ярмарка"})
    assert Slot.objects.standing().count() == count - 1
    browser.post(address, series_form(room, anna, noon, seen="1", time="20:00"))
    hours = {timezone.localtime(one.starts_at).hour for one in Slot.objects.standing()}
    assert (hours, Slot.objects.standing().count()) == ({20}, count - 1)
    assert "Ярмарка" in browser.get(address).content.decode()
    browser.post(address + "end")
    assert (Slot.objects.standing().count(), Series.objects.get().ended_at is not None) == (0, True)


@REAL
def test_a_series_that_names_nothing_is_said_beside_its_fields(browser, room, anna, noon):
    wrong = series_form(room, anna, noon, weekdays=["9"], hosts=[], until="x")
    answer = browser.post(f"{CALENDAR}/series/", wrong)
    assert (answer.status_code, sorted(answer.context["form"].errors)) == (422, ["hosts", "until", "weekdays"])
    ends_before = browser.post(f"{CALENDAR}/series/", series_form(room, anna, noon, until="2026-01-01"))
    assert (ends_before.status_code, Series.objects.count()) == (422, 0)


def test_the_house_is_furnished_by_forms(browser, anna, table, host):
    house = f"{CALENDAR}/house"
    room = {"name_ru": "Большая", "name_en": "Large", "turn_around_min": "20", "time_zone": "Europe/Moscow"}
    browser.post(f"{house}/studios", room)
    studio = Studio.objects.get()
    changed = {f"studio-{studio.pk}-{name}": value for name, value in {**room, "turn_around_min": "45"}.items()}
    browser.post(f"{house}/studios/{studio.pk}", changed)
    studio.refresh_from_db()
    assert (studio.name_en, studio.turn_around_min) == ("Large", 45)
    limits = {"rest_min": "90", "day_max_h": "3", "week_max_h": "15", "untrained": "refuse", "time_zone": "Asia/Omsk"}
    browser.post(f"{house}/terms", limits)
    terms = PlanningTerms.objects.get()
    assert (terms.rest_min, terms.day_max_min, terms.week_max_min, terms.untrained, terms.time_zone) == (
        90, 180, 900, "refuse", "Asia/Omsk",
    )  # fmt: skip
    browser.post(f"{house}/steps", {"title_ru": "Прочитать правила", "title_en": ""})
    step = TrainingStep.objects.get()
    signed(host).post(f"/studio/shifts/steps/{step.pk}")
    browser.post(f"{house}/steps/{step.pk}", {"member": host.pk})
    assert list(TrainingMark.objects.values_list("member", "confirmed_by")) == [(host.pk, anna.pk)]
    browser.post(f"{house}/steps/{step.pk}", {"verb": "drop"})
    browser.post(f"{house}/studios/{studio.pk}", {"verb": "close"})
    assert (TrainingStep.objects.filter(dropped_at=None).count(), Studio.objects.filter(closed_at=None).count()) == (
        0,
        0,
    )
    assert browser.get(CALENDAR).content.decode().count("Студий пока нет") == 1


@REAL
def test_a_product_of_another_community_is_no_sample(browser, cellar, room):
    asked = {"product": cast.product(cellar).product_id, "pieces": "1"}
    assert browser.post(f"{CALENDAR}/house/samples", asked).status_code == 422
    assert browser.post(f"{CALENDAR}/house/samples", {**asked, "pieces": "x"}).status_code == 422
    assert Sample.objects.count() == 0


def test_samples_of_a_large_shop_are_found_by_name(browser, table):
    Product.objects.bulk_create(
        Product(community=table, external_id=f"S{number}", name=f"Блюдце {number:03}") for number in range(OFFERED_MAX)
    )
    house = f"{CALENDAR}/house"
    assert 'name="sought"' not in browser.get(house).content.decode()
    chest = cast.product(table, name="Ящик чайный").product
    page = browser.get(house).content.decode()
    names = re.findall(r'<option value="\d+">([^<]+)<', page)
    assert (page.count('name="sought"'), len(names), "Ящик чайный" in names) == (1, OFFERED_MAX, False)
    found = browser.get(house, {"sought": "ящик"}).content.decode()
    assert f'<option value="{chest.pk}">Ящик чайный</option>' in found
