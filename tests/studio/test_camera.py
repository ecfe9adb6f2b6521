"""The camera page's doors: who may film a show, what lets her through to media, and the steps of the show."""

from __future__ import annotations

import re
import time
from datetime import timedelta

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone

from svoi.communities.models import RoleGrant
from svoi.control.actions.steering import take_control
from svoi.db.models import OutboxEvent
from svoi.kernel.tokens import TokenRefused, derive_key, verify
from svoi.shows.models import Show
from svoi.studio.camera_urls import urlpatterns
from svoi.studio.camera_words import CHECKS, camera_words
from tests import cast
from tests.studio.stage import send, signed

DOORS = [
    ("get", ""),
    ("post", "/ticket"),
    ("get", "/air"),
    ("get", "/hold"),
    ("post", "/start"),
    ("post", "/end"),
]


@pytest.fixture
def host(vera, table, show: Show):
    """Vera hosts the show and runs nothing."""
    cast.joins(vera, table, "host")
    Show.objects.filter(pk=show.pk).update(host=vera)
    return vera


def address(show: Show, part: str = "") -> str:
    return f"/studio/shows/{show.pk}/camera{part}"


def answers(browser: Client, show: Show) -> list[int]:
    return [send(browser, method, address(show, part), {}).status_code for method, part in DOORS]


def claims_of(token: str, *, purpose: str = "camera") -> dict[str, object]:
    return verify(token, key=derive_key(settings.SECRET_KEY, purpose), at=time.time())


# --- Who --------------------------------------------------------------------------------------------------------------


def test_every_address_is_tried_here():
    assert {str(one.pattern) for one in urlpatterns} == {part for _, part in DOORS}


@pytest.mark.django_db(transaction=True)
def test_whoever_runs_the_show_may_film_it(anna, show):
    assert answers(signed(anna), show) == [200, 200, 200, 200, 409, 200]


def test_its_host_may_film_it_start_it_and_end_it(host, show):
    show.went_live_at = None
    show.save(update_fields=["went_live_at"])
    browser = signed(host)
    assert send(browser, "post", address(show, "/start"), {}).status_code == 200
    assert Show.objects.get(pk=show.pk).stage() == "live"
    assert send(browser, "post", address(show, "/end"), {}).status_code == 200
    assert Show.objects.get(pk=show.pk).stage() == "ended"


@pytest.mark.django_db(transaction=True)
def test_while_somebody_else_steers_the_camera_ends_nothing(host, anna, show):
    take_control(show_id=show.pk, seen=None, by=anna, at=timezone.now())
    refused = send(signed(host), "post", address(show, "/end"), {})
    show.refresh_from_db()
    assert (refused.status_code, "Anna" in refused.content.decode(), show.ended_at) == (409, True, None)


def test_a_host_who_is_of_the_crew_no_more_finds_nothing(host, show):
    RoleGrant.objects.filter(member=host).delete()
    assert set(answers(signed(host), show)) == {404}


def test_another_host_of_the_community_finds_nothing(vera, table, show):
    cast.joins(vera, table, "host")
    assert set(answers(signed(vera), show)) == {404}
    assert OutboxEvent.objects.count() == 0


@pytest.mark.parametrize("belongs", [False, True])
def test_strangers_members_and_moderators_find_nothing(dmitri, keeper, gleb, table, show, belongs):
    if belongs:
        cast.joins(dmitri, table)
    cast.community(gleb, slug="lair")
    for person in (dmitri, keeper, gleb):
        assert set(answers(signed(person), show)) == {404}
    assert Show.objects.get(pk=show.pk).stage() == "live"


def test_a_visitor_is_sent_to_sign_in(show):
    visitor = Client()
    opened = visitor.get(address(show))
    assert (opened.status_code, opened["Location"]) == (302, f"/sign-in?next={address(show)}")
    assert set(answers(visitor, show)) == {401}


@pytest.mark.parametrize(
    ("method", "part"), [("post", ""), ("get", "/ticket"), ("post", "/air"), ("get", "/start"), ("get", "/end")]
)
def test_a_method_that_is_not_offered_is_refused(anna, show, method, part):
    assert send(signed(anna), method, address(show, part), {}).status_code == 405
    assert Show.objects.get(pk=show.pk).stage() == "live"


# --- The ticket -------------------------------------------------------------------------------------------------------


def test_a_ticket_opens_this_show_for_a_minute_and_nothing_else(anna, show):
    before = time.time()
    answer = signed(anna).post(address(show, "/ticket"))
    told = answer.json()
    claims = claims_of(told["ticket"])
    assert (set(claims), claims["show"]) == ({"show", "jti", "exp"}, show.pk)
    assert before + 59 <= claims["exp"] <= time.time() + 60
    for purpose in ("playback", "ticket", "internal"):
        with pytest.raises(TokenRefused):
            claims_of(told["ticket"], purpose=purpose)
    assert answer["Cache-Control"] == "no-store"
    assert told["address"] == f"ws://testserver:{settings.MEDIA_PORT}/studio/{show.pk}"


def test_each_ticket_is_another(anna, show):
    browser = signed(anna)
    serials = {claims_of(browser.post(address(show, "/ticket")).json()["ticket"])["jti"] for _ in range(5)}
    assert len(serials) == 5


@pytest.mark.parametrize(
    ("public", "expected"),
    [("https://media.svoi.example", "wss://media.svoi.example"), ("http://10.0.0.2:8002", "ws://10.0.0.2:8002")],
)
def test_the_address_follows_the_one_media_is_known_by(anna, show, settings, public, expected):
    settings.MEDIA_URL_PUBLIC = public
    browser = signed(anna)
    assert browser.post(address(show, "/ticket")).json()["address"] == f"{expected}/studio/{show.pk}"
    policy = browser.get(address(show))["Content-Security-Policy"]
    assert expected in re.search(r"connect-src ([^;]+)", policy)[1].split()


def test_an_ended_show_gives_no_ticket(anna, show):
    show.ended_at = timezone.now() + timedelta(seconds=1)
    show.save(update_fields=["ended_at"])
    answer = signed(anna).post(address(show, "/ticket"))
    assert (answer.status_code, answer.json()) == (409, {"code": "show_ended"})


# --- The page ---------------------------------------------------------------------------------------------------------


def test_the_page_is_read_in_as_many_queries_with_or_without_a_picture(anna, show, django_assert_max_num_queries):
    browser = signed(anna)
    with django_assert_max_num_queries(14) as first:
        browser.get(address(show))
    show.ingests.update(offline_at=timezone.now())
    with django_assert_max_num_queries(len(first)):
        browser.get(address(show))


@pytest.mark.django_db(transaction=True)
def test_the_step_on_air_waits_for_a_picture(anna, show):
    Show.objects.filter(pk=show.pk).update(went_live_at=None)
    browser = signed(anna)
    assert " disabled" not in browser.get(address(show, "/air")).content.decode()
    show.ingests.update(offline_at=timezone.now())
    assert " disabled" in browser.get(address(show, "/air")).content.decode()
    refused = send(browser, "post", address(show, "/start"), {})
    assert (refused.status_code, refused["HX-Retarget"]) == (409, "#studio-notice")
    assert 'data-refused="no_signal"' in refused.content.decode()
    assert Show.objects.get(pk=show.pk).went_live_at is None


def test_the_console_leads_to_the_camera(anna, show):
    page = signed(anna).get(f"/studio/shows/{show.pk}/").content.decode()
    assert page.count(f'href="{address(show)}"') == 1


def test_a_host_who_runs_nothing_finds_the_camera_in_her_console(host, keeper, show):
    link = f'href="{address(show)}"'
    assert signed(host).get(f"/studio/shows/{show.pk}/").content.decode().count(link) == 1
    assert signed(keeper).get(f"/studio/shows/{show.pk}/").content.decode().count(link) == 0


def test_every_line_that_is_not_in_order_has_a_remedy():
    # Lines in order end in "_good", or say how the sound goes; everything else tells what to do.
    fine = {"sound_aac", "sound_opus"}
    assert [
        name
        for name, (_, remedy) in CHECKS.items()
        if (not name.endswith("_good") and name not in fine) != bool(remedy)
    ] == []
    assert all(camera_words()[name] for name in CHECKS)


# --- Control ----------------------------------------------------------------------------------------------------------


def hold(browser: Client, show: Show, **fields: object):
    return send(browser, "post", address(show, "/hold"), {name: str(value) for name, value in fields.items()})


@pytest.mark.django_db(transaction=True)
def test_whoever_films_takes_control_by_the_consoles_rules_and_the_log_tells(host, anna, show):
    hers = take_control(show_id=show.pk, seen=None, by=anna, at=timezone.now())
    browser = signed(host)
    page = browser.get(address(show)).content.decode()
    assert ("Anna" in page, f'"seen": "{hers.pk}"' in page, "data-armed" in page) == (True, True, True)
    moved = hold(browser, show, do="take", seen=hers.pk + 1)
    assert (moved.status_code, 'data-refused="control_moved"' in moved.content.decode()) == (409, True)
    taken = hold(browser, show, do="take", seen=hers.pk)
    assert (taken.status_code, "data-mine" in taken.content.decode()) == (200, True)
    told = OutboxEvent.objects.filter(kind="control_taken").latest("pk").payload
    assert (told["by_id"], told["from_id"]) == (host.pk, anna.pk)
    assert send(browser, "post", address(show, "/end"), {}).status_code == 200
    show.refresh_from_db()
    assert show.ended_at is not None


@pytest.mark.django_db(transaction=True)
def test_letting_go_and_nonsense_at_the_camera(host, show):
    browser = signed(host)
    assert hold(browser, show, do="take").status_code == 200
    assert hold(browser, show, do="stay").status_code == 200
    assert hold(browser, show, do="dance").status_code == 422
    assert "data-mine" not in hold(browser, show, do="release").content.decode()
