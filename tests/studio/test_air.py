"""Key, start, break and end: what each step answers, and the parts that show it."""

from __future__ import annotations

import re
from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from svoi.shows.actions.keys import key_hash
from svoi.shows.models import Break, Ingest, IngestRefusal, Show, StreamKey
from tests.cast import recorded
from tests.studio.stage import send, signed

refused = pytest.mark.django_db(transaction=True)  # the notice is drawn after the refusal ended its transaction


@pytest.fixture
def planned(table, anna) -> Show:
    """In the calendar, without a camera."""
    return Show.objects.create(community=table, host=anna, title_ru="Скоро", starts_at=timezone.now())


def camera_on(show: Show) -> Ingest:
    return Ingest.objects.create(show=show, session=uuid4(), online_at=timezone.now() - timedelta(minutes=1))


def stage(answer) -> tuple[int, str]:
    return answer.status_code, re.search(r'data-stage="(\w+)"', answer.content.decode())[1]


def buttons(answer) -> set[str]:
    return set(re.findall(r'hx-(?:post|delete)="/studio/shows/\d+/(\w+)"', answer.content.decode()))


def test_a_key_is_shown_once_and_masked_afterwards(anna, planned):
    browser = signed(anna)
    shown = browser.post(f"/studio/shows/{planned.pk}/key").content.decode()
    key = re.search(r'<code id="stream-key">([^<]+)</code>', shown)[1]
    kept = StreamKey.objects.get()
    assert (kept.key_hash, kept.issued_by) == (key_hash(key), anna)
    later = browser.get(f"/studio/shows/{planned.pk}/key").content.decode()
    page = browser.get(f"/studio/shows/{planned.pk}/").content.decode()
    assert [key in text for text in (later, page)] == [False, False]
    assert [f"••••••••</span>{key[-4:]}" in text for text in (later, page)] == [True, True]


def test_a_planned_show_tells_how_it_is_rehearsed_and_others_do_not(anna, planned, show, settings):
    def told(one: Show) -> bool:
        return f"bin/svoi rehearse {one.pk}" in signed(anna).get(f"/studio/shows/{one.pk}/key").content.decode()

    assert (told(planned), told(show)) == (True, False)
    settings.REHEARSAL = True
    assert not told(planned)


def test_a_new_key_voids_the_one_before(anna, planned):
    browser = signed(anna)
    for _ in range(2):
        browser.post(f"/studio/shows/{planned.pk}/key")
    assert [key.revoked_at is None for key in StreamKey.objects.order_by("pk")] == [False, True]


@pytest.mark.parametrize(
    ("host", "shown"),
    [("127.0.0.1:8000", "127.0.0.1"), ("shop.example", "shop.example"), ("[::1]:8000", "[::1]"), ("[::1]", "[::1]")],
)
def test_the_encoder_is_given_the_host_of_the_open_page(anna, planned, settings, host, shown):
    settings.ALLOWED_HOSTS, settings.RTMP_PORT = ["*"], 1935
    page = signed(anna).get(f"/studio/shows/{planned.pk}/key", headers={"Host": host}).content.decode()
    assert re.search(r'<code id="ingest-address">([^<]+)</code>', page)[1] == f"rtmp://{shown}:1935/live"


def test_an_operator_may_name_another_address(anna, planned, settings):
    settings.RTMP_URL = "rtmps://in.example/live"
    page = signed(anna).get(f"/studio/shows/{planned.pk}/key").content.decode()
    assert re.search(r'<code id="ingest-address">([^<]+)</code>', page)[1] == "rtmps://in.example/live"


@refused
def test_without_a_picture_the_show_does_not_start(anna, planned):
    answer = signed(anna).post(f"/studio/shows/{planned.pk}/start")
    assert (answer.status_code, answer["HX-Retarget"], answer["HX-Reswap"]) == (409, "#studio-notice", "innerHTML")
    assert re.search(r'data-refused="(\w+)"', answer.content.decode())[1] == "no_signal"
    planned.refresh_from_db()
    assert (planned.went_live_at, recorded()) == (None, [])


def test_a_show_goes_through_its_day(anna, planned):
    camera_on(planned)
    browser, address = signed(anna), f"/studio/shows/{planned.pk}"
    assert buttons(browser.get(f"{address}/air")) == {"start"}
    started = browser.post(f"{address}/start")
    assert (stage(started), started["HX-Trigger"], buttons(started)) == (
        (200, "live"),
        "studio:stage",
        {"break", "end"},
    )
    assert stage(browser.post(f"{address}/break")) == (200, "break")
    assert stage(browser.delete(f"{address}/break")) == (200, "live")
    assert [one.ended_at is not None for one in Break.objects.all()] == [True]
    ended = browser.post(f"{address}/end")
    assert (stage(ended), buttons(ended)) == ((200, "ended"), set())
    assert [kind for kind, _ in recorded()] == [
        "control_taken",
        "show_started",
        "break_started",
        "break_ended",
        "show_ended",
    ]


@refused
@pytest.mark.parametrize(
    ("method", "step"), [("post", "start"), ("post", "end"), ("post", "break"), ("delete", "break"), ("post", "key")]
)
def test_after_the_end_every_step_is_refused_in_words(anna, show, method, step):
    browser = signed(anna)
    browser.post(f"/studio/shows/{show.pk}/end")
    before = recorded()
    answer = send(browser, method, f"/studio/shows/{show.pk}/{step}", {})
    assert (answer.status_code, answer["HX-Retarget"]) == (409, "#studio-notice")
    assert re.search(r'data-refused="(\w+)"', answer.content.decode())[1] == "show_ended"
    assert recorded() == before


def test_a_lost_camera_is_reconnecting(anna, show):
    show.ingests.update(offline_at=timezone.now())
    assert stage(signed(anna).get(f"/studio/shows/{show.pk}/air")) == (200, "reconnecting")


def signal_of(browser, show: Show) -> dict[str, str]:
    text = browser.get(f"/studio/shows/{show.pk}/signal").content.decode()
    marks = dict(re.findall(r'data-(state|stage|online|key)="(\w*)"', text))
    return {**marks, "refused": str("signal-refused" in text)}


def test_a_media_process_that_is_away_is_said_and_the_page_stands(anna, show, settings):
    settings.MEDIA_PORT = 9
    found = signal_of(signed(anna), show)
    assert found == {"state": "away", "stage": "live", "online": "1", "key": "", "refused": "False"}
    assert signed(anna).get(f"/studio/shows/{show.pk}/").status_code == 200


def test_the_last_refusal_is_told_until_a_camera_gets_through(anna, planned):
    browser = signed(anna)
    IngestRefusal.objects.create(show=planned, code="audio_codec", at=timezone.now() - timedelta(minutes=2))
    assert signal_of(browser, planned)["refused"] == "True"
    camera_on(planned)
    assert signal_of(browser, planned)["refused"] == "False"
    IngestRefusal.objects.create(show=planned, code="key_interval", at=timezone.now())
    text = browser.get(f"/studio/shows/{planned.pk}/signal").content.decode()
    assert re.search(r"signal-refused.*?<b>([^<]+)</b>", text)[1] == "Ключевые кадры слишком редкие."


def test_a_code_nobody_has_words_for_is_still_told(anna, planned):
    IngestRefusal.objects.create(show=planned, code="sunspots", at=timezone.now())
    assert signal_of(signed(anna), planned)["refused"] == "True"


def test_a_moderator_does_not_learn_the_hint_of_the_key(anna, keeper, planned):
    signed(anna).post(f"/studio/shows/{planned.pk}/key")
    hint = StreamKey.objects.get().hint
    # A hint may hold "-", which the pattern above leaves out on purpose: what matters is that one of them sees none.
    texts = [signed(one).get(f"/studio/shows/{planned.pk}/signal").content.decode() for one in (anna, keeper)]
    assert [f'data-key="{hint}"' in text for text in texts] == [True, False]
    assert 'id="key"' not in signed(keeper).get(f"/studio/shows/{planned.pk}/").content.decode()
