"""Clips, drafts, claims and notes on a real database: the row, the fact, twice is once, refused is unchanged."""

from __future__ import annotations

import json
import threading
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from uuid import uuid4

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.utils import DatabaseError

from svoi.kernel.refused import SentBefore
from svoi.replays.actions import (
    ask_clip,
    begin_draft,
    change_draft,
    close_note,
    forget_claims,
    forget_drafts,
    hand_over_draft,
    leave_draft,
    log_claim,
    make_clip,
    write_note,
)
from svoi.replays.models import ClaimSaid, Clip, DebriefNote, StoryDraft
from svoi.replays.rules import (
    ClaimNotOnAir,
    ClipNotMade,
    ClipsOfProductFull,
    DraftClosed,
    DraftUnworded,
    NoteKindUnknown,
    NoteUnworded,
    NotExplained,
    NotOfThisShow,
    RecordingNotOver,
    SpeakerUnknown,
)
from svoi.shows.providers.media import MediaAway
from tests import cast
from tests.cast import NOON, recorded
from tests.replays.stage import ended_show, made_clip, span_of

LATER = NOON + timedelta(hours=3)


@contextmanager
def refuses(refusal):
    """In a transaction of its own, as each request has one: what a refused action did is undone."""
    with pytest.raises(refusal), transaction.atomic():
        yield


@pytest.fixture
def mug(table):
    return cast.product(table)


@pytest.fixture
def show(table, anna, mug):
    return ended_show(table, anna, mug)


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


def ask(show, variant, by, begin_s=10.0, end_s=30.0, **fields):
    told = {"reference": uuid4(), "at": LATER, **fields}
    return ask_clip(show_id=show.pk, product_id=variant.product_id, span=span_of(show, begin_s, end_s), by=by, **told)


def claim(show, variant, **fields):
    told = {
        "text": "Держит тепло шесть часов",
        "evidence": {"lab": "Протокол 12"},
        "said_by": show.host,
        "by": show.host,
    }
    told |= {"media_at": show.went_live_at + timedelta(minutes=1), "at": LATER, **fields}
    return log_claim(show_id=show.pk, product_id=variant.product_id, **told)


# Clips


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


# Drafts


def test_a_clip_has_one_draft_that_is_changed_and_handed_over_once(show, mug, anna, boris):
    clip = made_clip(show, mug, anna)
    draft = begin_draft(clip_id=clip.pk, text="Кружка", language="ru", by=anna, at=LATER)
    assert begin_draft(clip_id=clip.pk, text="Другое", language="ru", by=boris, at=LATER).pk == draft.pk
    change_draft(draft_id=draft.pk, text=" Кружка, что держит тепло \r\nи цвет ", at=LATER + timedelta(minutes=1))
    hand_over_draft(draft_id=draft.pk, by=boris, at=LATER)
    for verb in (leave_draft, hand_over_draft):
        with refuses(DraftClosed):
            verb(draft_id=draft.pk, by=anna, at=LATER)
    with refuses(DraftClosed):
        change_draft(draft_id=draft.pk, text="Поздно", at=LATER)
    draft.refresh_from_db()
    assert (draft.state, draft.text, draft.author) == ("handed_over", "Кружка, что держит тепло \nи цвет", anna)
    assert [kind for kind, _ in recorded()] == ["story_draft_begun", "story_draft_handed_over"]


def test_a_draft_needs_a_clip_that_is_made_and_words(show, mug, anna):
    asked = ask(show, mug, anna)
    with refuses(ClipNotMade):
        begin_draft(clip_id=asked.pk, text="Кружка", language="ru", by=anna, at=LATER)
    clip = made_clip(show, mug, anna, place=2)
    for text in (" \n ", "x" * 4001):
        with refuses(DraftUnworded):
            begin_draft(clip_id=clip.pk, text=text, language="ru", by=anna, at=LATER)
    assert StoryDraft.objects.count() == 0


def test_drafts_of_somebody_forgotten_go_but_for_those_handed_over(show, mug, anna, boris):
    drafts = [
        begin_draft(clip_id=made_clip(show, mug, anna, place=n + 1).pk, text="Слова", language="ru", by=who, at=LATER)
        for n, who in enumerate((boris, boris, anna))
    ]
    hand_over_draft(draft_id=drafts[0].pk, by=boris, at=LATER)
    assert forget_drafts(member=boris) == 1
    assert set(StoryDraft.objects.values_list("pk", flat=True)) == {drafts[0].pk, drafts[2].pk}


# Claims


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


# Notes


def test_a_note_is_written_once_and_closed_by_a_person(show, anna, boris):
    key = uuid4()
    for _ in range(2):
        note = write_note(show_id=show.pk, kind="change", text=" Свет  слева ", key=key, by=anna, at=LATER)
    for closer in (boris, anna):
        close_note(note_id=note.pk, by=closer, at=LATER + timedelta(days=1))
    kept = DebriefNote.objects.get()
    assert (kept.text, kept.author, kept.closed_by) == ("Свет слева", anna, boris)
    assert [kind for kind, _ in recorded()] == ["debrief_note_written", "debrief_note_closed"]


def test_a_note_needs_a_kind_words_and_a_show_that_is_over(show, table, anna, mug):
    for refusal, kind, text in (
        (NoteKindUnknown, "praise", "Да"),
        (NoteUnworded, "keep", " "),
        (NoteUnworded, "keep", "x" * 501),
    ):
        with refuses(refusal):
            write_note(show_id=show.pk, kind=kind, text=text, key=uuid4(), by=anna, at=LATER)
    live = cast.live_show(table, anna, mug)
    with refuses(RecordingNotOver):
        write_note(show_id=live.pk, kind="keep", text="Рано", key=uuid4(), by=anna, at=LATER)
    assert DebriefNote.objects.count() == 0


def test_a_note_closed_by_nobody_is_not_closed(show, anna):
    note = write_note(show_id=show.pk, kind="keep", text="Да", key=uuid4(), by=anna, at=LATER)
    for half in ({"closed_at": LATER}, {"closed_by": anna}, {"closed_by": anna, "closed_at": NOON}):
        with refuses(IntegrityError):
            DebriefNote.objects.filter(pk=note.pk).update(**half)
