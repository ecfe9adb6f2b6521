"""The list of shows and the plan of a new one."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from django.utils import timezone

from svoi.shows.models import Show
from svoi.studio.forms import next_quarter
from svoi.studio.playbill import playbill_of
from tests import cast
from tests.cast import NOON, recorded
from tests.studio.stage import signed

PLAN = "/studio/table/shows"


def planned(place, host, title: str, *, days: int = 1, **fields) -> Show:
    return Show.objects.create(
        community=place, host=host, title_ru=title, starts_at=NOON + timedelta(days=days), **fields
    )


def plan(member, **changes) -> dict[str, str]:
    tomorrow = timezone.localtime() + timedelta(days=1)
    filled = {
        "title_ru": "Льняная пятница",
        "title_en": "Linen Friday",
        "starts_at": tomorrow.strftime("%Y-%m-%dT%H:%M"),
        "host": str(member.pk),
        "about_ru": "Скатерти и полотенца",
        "about_en": "",
    }
    return {**filled, **changes}


def test_shows_stand_by_community_and_by_stage(anna, table, cellar, show):
    later = planned(table, anna, "Позже", days=9)
    sooner = planned(cellar, anna, "Скоро")
    soonest = planned(table, anna, "Завтра")
    over = planned(table, anna, "Был", went_live_at=NOON, ended_at=NOON + timedelta(hours=1))
    listed = [
        (place.community, [[one.show for one in shows] for shows in (place.on_air, place.coming, place.past)])
        for place in playbill_of(anna)
    ]
    assert listed == [(table, [[show], [soonest, later], [over]]), (cellar, [[], [sooner], []])]


def test_a_community_stands_once_with_every_role_held_there(boris, table):
    cast.joins(boris, table, "moderator", "producer")
    assert [(place.community, place.roles) for place in playbill_of(boris)] == [(table, ("producer", "moderator"))]


def test_home_is_read_by_the_same_queries_for_one_show_and_for_three(anna, table, show, django_assert_num_queries):
    browser = signed(anna)
    with django_assert_num_queries(6):
        assert browser.get("/studio/").status_code == 200
    cellar = cast.community(anna, slug="cellar")
    planned(table, anna, "Второй")
    planned(cellar, anna, "Третий")
    with django_assert_num_queries(6):
        page = browser.get("/studio/").content.decode()
    assert (page.count('class="show-row"'), page.count('class="button button-small place-plan"')) == (3, 2)


def test_a_moderator_is_not_offered_to_plan(keeper, show):
    page = signed(keeper).get("/studio/").content.decode()
    assert (page.count('class="show-row"'), page.count("place-plan")) == (1, 0)


def test_a_plan_becomes_a_show_and_leads_to_its_console(anna, table):
    answer = signed(anna).post(PLAN, plan(anna))
    show = Show.objects.get()
    assert (answer.status_code, answer["Location"]) == (302, f"/studio/shows/{show.pk}/")
    assert (show.title_ru, show.title_en, show.community, show.host) == ("Льняная пятница", "Linen Friday", table, anna)
    assert recorded() == [("show_scheduled", {"show_id": show.pk})]


def test_the_form_offers_the_crew_as_hosts_and_the_next_quarter_of_an_hour(anna, keeper, vera, table):
    cast.joins(vera, table)
    form = signed(anna).get(PLAN).context["form"]
    assert form.fields["host"].choices == [(anna.pk, "Anna"), (keeper.pk, "Boris")]
    assert (form.initial["host"], form.fields["starts_at"].initial.minute % 15) == (anna.pk, 0)
    assert next_quarter(datetime(2026, 11, 22, 12, 45, tzinfo=NOON.tzinfo)).isoformat() == "2026-11-22T13:00:00+00:00"


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("title_ru", ""),
        ("title_ru", "я" * 141),
        ("starts_at", "вчера"),
        ("starts_at", "2001-01-01T10:00"),
        ("starts_at", "0001-01-01T00:00"),
        ("starts_at", "9999-12-31T23:59"),
        ("starts_at", "99999-01-01T00:00"),
        ("host", "0"),
        ("host", "99999999999999999999"),
        ("host", "\x00"),
        ("about_ru", "я" * 2001),
    ],
)
def test_what_cannot_be_planned_is_said_beside_its_field(anna, table, field, value):
    answer = signed(anna).post(PLAN, plan(anna, **{field: value}))
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, [field])
    assert (Show.objects.count(), recorded()) == (0, [])


def test_a_member_without_a_role_cannot_be_made_host(anna, vera, table):
    cast.joins(vera, table)
    answer = signed(anna).post(PLAN, plan(anna, host=str(vera.pk)))
    assert (answer.status_code, Show.objects.count()) == (422, 0)
