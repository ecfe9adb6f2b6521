"""Clips on a real database: asked for once, cut by the worker once, refused is unchanged."""

from __future__ import annotations

import json
import threading
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from uuid import uuid4

import pytest
from django.db import IntegrityError

from svoi.kernel.refused import SentBefore
from svoi.replays.actions import make_clip
from svoi.replays.models import Clip
from svoi.replays.rules import ClipsOfProductFull, NotExplained, RecordingNotOver
from svoi.shows.providers.media import MediaAway
from tests import cast
from tests.cast import NOON, recorded
from tests.replays.stage import LATER, ask, refuses, span_of


@pytest.fixture
def media(settings):
    """Answers as the media process does; `said` is what it was asked, `answer` what it will say."""
    said, answers = [], {"status": 200, "body": {}}

    class Answering(BaseHTTPRequestHandler):
        def do_PUT(self):
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            said.append((self.path, body))
            told = json.dumps(answers["body"]).encode()
            self.send_response(answers["status"])
            self.send_header("Content-Length", str(len(told)))
            self.end_headers()
            self.wfile.write(told)

        def log_message(self, *_):
            pass

    server = HTTPServer(("127.0.0.1", 0), Answering)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    settings.INNER_HOST, settings.MEDIA_PORT = "127.0.0.1", server.server_port
    yield said, answers
    server.shutdown()
    server.server_close()
    thread.join()


def test_a_clip_is_asked_for_once_however_often_the_form_is_sent(show, mug, anna):
    reference = uuid4()
    first, again = ask(show, mug, anna, reference=reference), ask(show, mug, anna, reference=reference)
    assert (first.pk, first.state, first.place_of_show, first.place_of_product) == (again.pk, "asked", 1, 1)
    assert Clip.objects.count() == 1
    assert recorded() == [
        ("clip_asked", {"show_id": show.pk, "by_id": anna.pk, "clip_id": first.pk, "product_id": mug.product_id})
    ]


def test_somebody_elses_reference_is_refused(show, mug, anna, boris):
    reference = uuid4()
    ask(show, mug, anna, reference=reference)
    with refuses(SentBefore):
        ask(show, mug, boris, reference=reference)
    assert Clip.objects.count() == 1


def test_what_was_not_explained_is_not_cut(show, mug, anna, table):
    towel = cast.product(table)
    for variant, begin_s, end_s in ((towel, 10, 30), (mug, 110, 130), (mug, 600, 620)):
        with refuses(NotExplained):
            ask(show, variant, anna, begin_s, end_s)
    assert (Clip.objects.count(), recorded()) == (0, [])


def test_a_show_on_air_gives_no_clips(table, anna, mug):
    live = cast.live_show(table, anna, mug)
    with refuses(RecordingNotOver):
        ask(live, mug, anna)
    assert Clip.objects.count() == 0


def test_a_product_gives_three_clips_and_a_failed_one_gives_its_place_back(show, mug, anna):
    clips = [ask(show, mug, anna, 10 + n, 30 + n) for n in range(3)]
    with refuses(ClipsOfProductFull):
        ask(show, mug, anna)
    Clip.objects.filter(pk=clips[1].pk).update(failed_at=LATER, failed_for="clip_not_on_air")
    assert ask(show, mug, anna).place_of_product == 2


def test_the_database_knows_the_bounds_by_itself(show, mug, anna):
    clip = ask(show, mug, anna)
    for change in (
        {"place_of_show": 21},
        {"place_of_product": 4},
        {"ends_at": clip.begins_at + timedelta(seconds=91)},
        {"ends_at": clip.begins_at + timedelta(seconds=4)},
        {"made_at": LATER},
        {"made_at": LATER, "failed_at": LATER, "cut_from": NOON, "cut_until": LATER, "size_bytes": 1},
    ):
        with refuses(IntegrityError):
            Clip.objects.filter(pk=clip.pk).update(**change)


def test_the_worker_has_a_clip_cut_once(show, mug, anna, media):
    said, answers = media
    clip, span = ask(show, mug, anna), span_of(show, 10, 30)
    answers["body"] = {"begin_ms": span.begin_ms + 400, "end_ms": span.end_ms - 200, "size_bytes": 5_000}
    for _ in range(2):
        make_clip(clip_id=clip.pk, at=LATER)
    clip.refresh_from_db()
    assert said == [
        (f"/control/shows/{show.pk}/clips/{clip.reference}", {"begin_ms": span.begin_ms, "end_ms": span.end_ms})
    ]
    assert (clip.state, clip.made_at, clip.size_bytes) == ("made", LATER, 5_000)
    assert (clip.cut_from, clip.cut_until) == (NOON + timedelta(seconds=10.4), NOON + timedelta(seconds=29.8))
    assert recorded("clip_made") == [("clip_made", {"show_id": show.pk, "clip_id": clip.pk, "size_bytes": 5_000})]


def test_a_refusal_of_the_recording_is_final_and_a_silence_is_not(show, mug, anna, media, settings):
    _, answers = media
    clip = ask(show, mug, anna)
    answers["status"] = 503
    with pytest.raises(MediaAway):
        make_clip(clip_id=clip.pk, at=LATER)
    clip.refresh_from_db()
    assert clip.state == "asked"
    answers |= {"status": 422, "body": {"code": "clip_broken_off"}}
    make_clip(clip_id=clip.pk, at=LATER)
    clip.refresh_from_db()
    assert (clip.state, clip.failed_for, clip.size_bytes) == ("failed", "clip_broken_off", None)
    assert [kind for kind, _ in recorded()] == ["clip_asked", "clip_failed"]
