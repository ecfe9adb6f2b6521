"""The studio after a show: debrief, clips, drafts, claims, cards of hosts; who sees them, and the stranger's 404."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone

from svoi.replays.actions import begin_draft, log_claim, write_note
from svoi.replays.models import ClaimSaid, Clip, DebriefNote, StoryDraft
from tests import cast
from tests.replays.stage import bought, ended_show, made_clip, watched
from tests.rundowns.desk import about, plan
from tests.studio.stage import signed

pytestmark = pytest.mark.django_db(transaction=True)  # a refused step has to leave nothing behind


@pytest.fixture
def anna(anna):
    """She reads English here, Boris reads Russian."""
    anna.language = "en"
    anna.save(update_fields=["language"])
    return anna


@pytest.fixture
def host(boris, table):
    return cast.joins(boris, table, "host")


@pytest.fixture
def over(table, host, mug, towel):
    """Boris's show of yesterday."""
    at = timezone.now() - timedelta(days=1)
    return ended_show(table, host, mug, towel, at=at.replace(microsecond=0))


@pytest.fixture
def clip(over, mug, host):
    return made_clip(over, mug, host)


@pytest.fixture
def note(over, host):
    return write_note(show_id=over.pk, kind="change", text="Свет", key=uuid4(), by=host, at=timezone.now())


def addresses(over, clip, note, host) -> dict[tuple[str, str], str]:
    of_show = {
        ("get", "debrief"): reverse("studio_debrief", args=[over.pk]),
        ("get", "debrief_csv"): reverse("studio_debrief_csv", args=[over.pk]),
        ("post", "notes"): reverse("studio_debrief_notes", args=[over.pk]),
        ("post", "note_closing"): reverse("studio_note_closing", args=[over.pk, note.pk]),
        ("get", "clips"): reverse("studio_clips", args=[over.pk]),
        ("post", "clips"): reverse("studio_clips", args=[over.pk]),
        ("get", "clips_made"): reverse("studio_clips_made", args=[over.pk]),
        ("get", "draft"): reverse("studio_draft", args=[over.pk, clip.pk]),
        ("post", "draft"): reverse("studio_draft", args=[over.pk, clip.pk]),
        ("get", "claims"): reverse("studio_claims_said", args=[over.pk]),
        ("post", "claims"): reverse("studio_claims_said", args=[over.pk]),
    }
    slug = over.community.slug
    return of_show | {
        ("get", "claims_log"): reverse("studio_claims_log", args=[slug]),
        ("get", "claims_csv"): reverse("studio_claims_csv", args=[slug]),
        ("get", "hosts"): reverse("studio_hosts", args=[slug]),
        ("get", "host"): reverse("studio_host", args=[slug, host.pk]),
    }


def test_nobody_but_the_crew_finds_any_of_it(over, clip, note, host, dmitri, vera, table, client):
    cast.joins(vera, table)
    for (method, _), address in addresses(over, clip, note, host).items():
        for person in (dmitri, vera):
            assert getattr(signed(person), method)(address).status_code == 404, address
        told = getattr(client, method)(address)
        assert (told.status_code, told.headers.get("Location", "").split("?")[0]) == (302, reverse("sign-in")), address
    assert (DebriefNote.objects.filter(closed_at=None).count(), ClaimSaid.objects.count()) == (1, 0)


def test_a_moderator_keeps_claims_and_sees_no_figures(over, clip, note, host, gleb, table):
    browser = signed(cast.joins(gleb, table, "moderator"))
    found = {
        name: getattr(browser, method)(address).status_code
        for (method, name), address in addresses(over, clip, note, host).items()
        if method == "get"
    }
    assert found == {
        "debrief": 404, "debrief_csv": 404, "clips": 404, "clips_made": 404, "draft": 404, "claims": 200,
        "claims_log": 200, "claims_csv": 200, "hosts": 404, "host": 404,
    }  # fmt: skip


def test_a_host_sees_her_own_show_and_card_and_nobody_elses(over, clip, note, host, anna, table, gleb, mug):
    other = cast.joins(gleb, table, "host")
    hers, browser = signed(host), signed(other)
    slug = table.slug
    assert hers.get(reverse("studio_debrief", args=[over.pk])).status_code == 200
    assert browser.get(reverse("studio_debrief", args=[over.pk])).status_code == 404
    assert browser.post(reverse("studio_note_closing", args=[over.pk, note.pk])).status_code == 404
    assert hers.get(reverse("studio_host", args=[slug, host.pk])).status_code == 200
    assert hers.get(reverse("studio_host", args=[slug, other.pk])).status_code == 404
    own = reverse("studio_host", args=[slug, other.pk])
    assert browser.get(reverse("studio_hosts", args=[slug])).headers["Location"] == own
    assert browser.get(own).status_code == 200
    assert signed(anna).get(own).status_code == 404
    assert signed(anna).get(reverse("studio_hosts", args=[slug])).status_code == 200


def test_a_note_of_another_community_is_not_closed_from_here(over, cellar, anna):
    far = ended_show(cellar, anna, at=timezone.now() - timedelta(days=1))
    note = write_note(show_id=far.pk, kind="keep", text="Там", key=uuid4(), by=anna, at=timezone.now())
    assert signed(anna).post(reverse("studio_note_closing", args=[over.pk, note.pk])).status_code == 404
    note.refresh_from_db()
    assert note.closed_at is None


def test_a_clip_of_another_show_has_no_draft_here(over, table, anna, mug):
    other = ended_show(table, anna, mug, at=timezone.now() - timedelta(days=2))
    clip = made_clip(other, mug, anna)
    assert signed(anna).get(reverse("studio_draft", args=[over.pk, clip.pk])).status_code == 404


def test_a_debrief_says_what_was_not_measured_and_that_shows_are_too_few(over, anna, mug, vera, table):
    watched(over)
    bought(over, vera, mug, cast.pickup_point(table))
    page = signed(anna).get(reverse("studio_debrief", args=[over.pk]))
    text = page.content.decode()
    assert text.count("not measured<") == 2  # CTR and CTOR have no telemetry
    assert "There were 0 shows in the 14 days before" in text
    assert page.context["told_of"].facts.net_minor == 149_000


def test_notes_are_written_closed_and_refused(over, host):
    browser, address = signed(host), reverse("studio_debrief_notes", args=[over.pk])
    key = str(uuid4())
    for _ in range(2):
        told = browser.post(address, {"kind": "keep", "text": "Ровный свет", "key": key})
        assert told.headers["Location"] == reverse("studio_debrief", args=[over.pk])
    note = DebriefNote.objects.get()
    for fields in (
        {"kind": "keep", "text": " ", "key": key[:-1] + "0"},
        {"kind": "boast", "text": "Да", "key": str(uuid4())},
    ):
        assert browser.post(address, fields).status_code == 422
    assert browser.post(address, {"kind": "keep", "text": "Да", "key": "no"}).status_code == 422
    assert DebriefNote.objects.count() == 1
    browser.post(reverse("studio_note_closing", args=[over.pk, note.pk]))
    note.refresh_from_db()
    assert note.closed_by == host


def test_a_clip_is_asked_for_from_a_chapter_and_refused_outside(over, host, mug):
    browser, address = signed(host), reverse("studio_clips", args=[over.pk])
    fields = {"product": mug.product_id, "begins": "0:30", "length": "20", "reference": str(uuid4())}
    assert browser.post(address, fields).headers["Location"] == address
    clip = Clip.objects.get()
    assert (clip.begins_at - over.went_live_at, clip.ends_at - clip.begins_at, clip.asked_by) == (
        timedelta(seconds=30), timedelta(seconds=20), host
    )  # fmt: skip
    for change in (
        {"begins": "1:50"}, {"begins": "soon"}, {"begins": "-5"}, {"length": "4"}, {"length": "91"}, {"length": "9e9"},
        {"product": "mug"}, {"product": str(2**70)[:19]}, {"reference": "x"},
    ):  # fmt: skip
        told = browser.post(address, {**fields, "reference": str(uuid4()), **change})
        assert told.status_code == 422, change
    assert Clip.objects.count() == 1


def test_clips_of_a_page_say_what_became_of_them(over, host, anna, mug, clip):
    Clip.objects.create(
        show=over, product=mug.product, reference=uuid4(), begins_at=clip.begins_at, ends_at=clip.ends_at,
        place_of_show=2, place_of_product=2, asked_by=host, asked_at=clip.asked_at,
    )  # fmt: skip
    Clip.objects.create(
        show=over, product=mug.product, reference=uuid4(), begins_at=clip.begins_at, ends_at=clip.ends_at,
        place_of_show=3, place_of_product=3, asked_by=host, asked_at=clip.asked_at, failed_at=clip.asked_at,
        failed_for="clip_broken_off",
    )  # fmt: skip
    page = signed(anna).get(reverse("studio_clips", args=[over.pk]))
    text = page.content.decode()
    assert [row.clip.state for row in page.context["clips"]] == ["made", "asked", "failed"]
    assert text.count("<video") == 1
    assert f"/clips/{clip.reference}.mp4" in text
    assert "The picture broke off within this stretch" in text
    assert reverse("studio_clips_made", args=[over.pk]) in text  # asks again while one is being made


def test_a_draft_begins_with_facts_in_the_hosts_language_and_is_published_nowhere(over, clip, host, mug, anna):
    log_claim(
        show_id=over.pk, product_id=mug.product_id, text="Держит тепло", evidence={"lab": "12"}, said_by=host,
        media_at=clip.begins_at + timedelta(seconds=1), by=anna, at=timezone.now(),
    )  # fmt: skip
    address, browser = reverse("studio_draft", args=[over.pk, clip.pk]), signed(anna)
    first = browser.get(address)
    assert first.context["text"].startswith("Кружка\n\nИз\u00a0эфира «Эфир»")
    assert first.context["text"].endswith("— Держит тепло")
    assert "published nowhere" in first.content.decode()
    assert StoryDraft.objects.count() == 0
    for step in ("save", "save", "hand_over"):
        assert browser.post(address, {"step": step, "text": "Слова"}).headers["Location"] == address
    assert browser.post(address, {"step": "save", "text": "Поздно"}).status_code == 409
    assert browser.post(address, {"step": "publish", "text": "Да"}).status_code == 422
    draft = StoryDraft.objects.get()
    assert (draft.text, draft.state, draft.language, draft.author) == ("Слова", "handed_over", "ru", anna)


def test_only_a_standing_draft_is_left(over, clip, host):
    address = reverse("studio_draft", args=[over.pk, clip.pk])
    assert signed(host).post(address, {"step": "leave"}).status_code == 422
    begin_draft(clip_id=clip.pk, text="Слова", language="ru", by=host, at=timezone.now())
    signed(host).post(address, {"step": "leave"})
    assert StoryDraft.objects.get().state == "left"


def test_a_claim_is_marked_at_a_place_of_the_recording(over, host, mug):
    browser, address = signed(host), reverse("studio_claims_said", args=[over.pk])
    fields = {"product": mug.product_id, "said_by": host.pk, "place": "1:05", "text": "Держит тепло", "evidence": ""}
    assert browser.post(address, fields).headers["Location"] == address
    claim = ClaimSaid.objects.get()
    assert (claim.media_at - over.went_live_at, claim.evidence, claim.marked_by) == (timedelta(seconds=65), {}, host)
    for change in (
        {"place": "later"}, {"place": "23:00:00"}, {"text": " "}, {"product": "0"}, {"said_by": "x"},
        {"said_by": "9" * 30},
    ):  # fmt: skip
        assert browser.post(address, {**fields, **change}).status_code == 422, change
    assert ClaimSaid.objects.count() == 1
    page = browser.get(address).content.decode()
    assert f"{reverse('show', args=[over.pk])}?at={round(claim.media_at.timestamp() * 1000)}" in page


def test_a_claim_of_the_rundown_goes_into_the_log_by_one_press(show, anna, mug, vera):
    _, claim = about(plan(show, anna), anna, mug, valid_until=timezone.now() + timedelta(days=1))
    address = reverse("studio_claim_said", args=[show.pk, claim.pk])
    page = signed(anna).get(f"/studio/shows/{show.pk}/plan").content.decode()
    assert f'action="{address}"' in page
    assert signed(vera).post(address).status_code == 404
    assert signed(anna).post(reverse("studio_claim_said", args=[show.pk, claim.pk + 1])).status_code == 404
    assert ClaimSaid.objects.count() == 0
    assert signed(anna).post(address, headers={"HX-Request": "true"}).status_code == 200
    kept = ClaimSaid.objects.get()
    proof = claim.evidence.get()
    assert (kept.text, kept.product_id, kept.said_by, kept.marked_by) == (claim.text, mug.product_id, show.host, anna)
    assert kept.evidence == {str(proof.pk): f"{proof.says} · {proof.reference}"}


def test_on_air_a_claim_without_a_place_is_said_now(show, anna, mug):
    fields = {"product": mug.product_id, "said_by": anna.pk, "place": "", "text": "Сейчас", "evidence": "Протокол"}
    signed(anna).post(reverse("studio_claims_said", args=[show.pk]), fields)
    claim = ClaimSaid.objects.get()
    assert timezone.now() - claim.media_at < timedelta(seconds=20)
    assert claim.evidence == {"words": "Протокол"}


def test_the_log_is_filtered_and_taken_away_without_formulas(over, host, anna, mug, towel, table):
    for variant, text in ((mug, "=1+1"), (towel, "Не линяет")):
        log_claim(
            show_id=over.pk, product_id=variant.product_id, text=text, evidence={"lab": "12"}, said_by=host,
            media_at=over.went_live_at + timedelta(seconds=30), by=anna, at=timezone.now(),
        )  # fmt: skip
    browser = signed(anna)
    page = browser.get(reverse("studio_claims_log", args=[table.slug]), {"product": towel.product_id})
    assert [row.claim.text for row in page.context["rows"]] == ["Не линяет"]
    for hostile in ({"product": "x" * 50}, {"since": "0001-01-01"}, {"until": "tomorrow"}, {"host": "٣"}):
        told = browser.get(reverse("studio_claims_log", args=[table.slug]), hostile)
        assert (told.status_code, len(told.context["rows"])) == (200, 2)
    file = browser.get(reverse("studio_claims_csv", args=[table.slug]))
    lines = b"".join(file.streaming_content).decode().splitlines()
    assert (len(lines), "'=1+1" in lines[2] or "'=1+1" in lines[1]) == (3, True)


def test_a_debrief_is_taken_away_with_empty_cells_for_what_was_not_measured(over, anna, note):
    told = signed(anna).get(reverse("studio_debrief_csv", args=[over.pk])).content.decode()
    lines = [line.split(",") for line in told.splitlines()]
    values = {line[1]: line[3] for line in lines if line[0] == "measure"}
    assert (values["viewers_counted"], values["ctor"], values["orders"], values["net_minor"]) == ("", "", "0", "0.00")
    assert [line[1] for line in lines if line[0] == "change"] == ["Свет"]


def test_cards_of_few_shows_say_so(over, host, anna, table, mug):
    page = signed(anna).get(reverse("studio_hosts", args=[table.slug]))
    assert "too few shows" in page.content.decode()
    for number in (2, 3):
        ended_show(table, host, mug, at=timezone.now() - timedelta(days=number))
    for by in ("name", "net_hour", "viewers_counted", "x" * 99):
        page = signed(anna).get(reverse("studio_hosts", args=[table.slug]), {"by": by})
        assert [row.name for row in page.context["table"]["rows"]] == ["Boris"]
        assert "too few shows" not in page.content.decode()


def test_a_show_that_is_not_over_has_no_figures_and_shows_notes_that_came_back(show, over, note, anna):
    page = signed(anna).get(reverse("studio_debrief", args=[show.pk]))
    assert (page.status_code, page.context["told_of"], list(page.context["came_back"])) == (200, None, [note])
    assert signed(anna).get(reverse("studio_debrief_csv", args=[show.pk])).status_code == 404
    assert signed(anna).get(reverse("studio_clips", args=[show.pk])).status_code == 200
