"""The fact checker's side: claims beside evidence, asked, approved, sent back; what is unsafe or stale is refused."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from svoi.rundowns.actions import edit_segment, open_rundown
from svoi.rundowns.models import Claim, Evidence, SegmentClaim, StoryStep
from svoi.rundowns.queries import rundown_by_id
from tests import cast
from tests.cast import recorded
from tests.rundowns.desk import about, coming_show, seen, version, words, written
from tests.studio.stage import signed

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def show(table, anna):
    return coming_show(table, anna, starts_at=timezone.now() + timedelta(days=7))


@pytest.fixture
def rundown(show, anna):
    return open_rundown(show_id=show.pk, by=anna, at=timezone.now())


@pytest.fixture
def editor(boris, table):
    return cast.joins(boris, table, "editor")


@pytest.fixture
def segment(rundown, anna, mug):
    return about(rundown, anna, mug)[0]


def home(segment) -> str:
    return f"/studio/shows/{segment.rundown.show_id}/rundown/segments/{segment.pk}"


def text(answer) -> str:
    return answer.content.decode()


def code(answer) -> str:
    return re.search(r'data-refused="(\w+)"', text(answer))[1]


def mark(segment) -> dict[str, str]:
    return {"seen": seen(segment).fingerprint}


def test_from_claim_to_approval_by_plain_forms(anna, editor, rundown, mug):
    segment = written(rundown, anna, kind="product", title_ru="Кружка", product_id=mug.product_id)
    writer, checker = signed(anna), signed(editor)
    writer.post(f"{home(segment)}/claims", {"text": "Держит тепло", "text_en": "Warm", "claim_kind": "property"})
    claim = Claim.objects.get()
    day = timezone.localdate() + timedelta(days=30)
    proof = {"evidence_kind": "link", "reference": "https://lab.example/7.pdf", "says": "Да", "valid_until": str(day)}
    back = writer.post(f"{home(segment)}/claims/{claim.pk}/evidence", proof)
    assert (back.status_code, back["Location"]) == (302, f"{home(segment)}/story")
    kept = Evidence.objects.get()
    assert timezone.localtime(kept.valid_until).date() == day + timedelta(days=1)  # to the end of the last day
    writer.post(f"{home(segment)}/check", mark(segment))
    listed = text(checker.get("/studio/fact-checks/"))
    assert f'href="{home(segment)}/story"' in listed
    page = text(checker.get(f"{home(segment)}/story"))
    assert ("https://lab.example/7.pdf" in page, 'rel="noopener noreferrer nofollow"' in page) == (True, True)
    checker.post(f"{home(segment)}/approval", mark(segment))
    assert (seen(segment).state, StoryStep.objects.last().by) == ("approved", editor)
    assert f'href="{home(segment)}/story"' not in text(checker.get("/studio/fact-checks/"))


def test_sent_back_with_a_reason_that_the_writer_reads(anna, editor, segment):
    signed(anna).post(f"{home(segment)}/check", mark(segment))
    empty = signed(editor).post(f"{home(segment)}/return", {**mark(segment), "reason": " "})
    assert (empty.status_code, code(empty)) == (422, "rundown_words_missing")
    reason = "<script>alert(1)</script> Проверьте"
    signed(editor).post(f"{home(segment)}/return", {**mark(segment), "reason": reason})
    page = text(signed(anna).get(f"/studio/shows/{segment.rundown.show_id}/rundown"))
    assert ("&lt;script&gt;alert(1)&lt;/script&gt; Проверьте" in page, reason in page) == (True, False)


@pytest.mark.parametrize(
    ("proof", "told"),
    [
        ({"reference": "javascript:alert(1)"}, "не\u00a0адрес сайта"),
        ({"reference": "data:text/html,x"}, "не\u00a0адрес сайта"),
        ({"reference": "https://a@b.ru"}, "не\u00a0адрес сайта"),
        ({"reference": ""}, "field-error"),
        ({"says": "я" * 10_000}, "Слишком длинно"),
        ({"evidence_kind": "rumour"}, "field-error"),
        ({"valid_until": "31.02.2027"}, "field-error"),
        ({"valid_until": "9999-12-31"}, "Проверьте год"),
    ],
)
def test_evidence_that_is_none_comes_back_as_typed(anna, segment, proof, told):
    before = recorded()
    good = {"evidence_kind": "link", "reference": "https://a.ru", "says": "x", "valid_until": ""}
    answer = signed(anna).post(f"{home(segment)}/claims/{Claim.objects.get().pk}/evidence", {**good, **proof})
    assert (answer.status_code, told in text(answer)) == (422, True)
    assert 'href="javascript' not in text(answer)
    assert (Evidence.objects.count(), recorded()) == (1, before)


def test_a_claim_that_is_none_comes_back(anna, segment):
    before = recorded()
    for changes in ({"text": ""}, {"text": "я" * 10_000}, {"claim_kind": "x"}):
        answer = signed(anna).post(f"{home(segment)}/claims", {"text": "x", "claim_kind": "origin", **changes})
        assert answer.status_code == 422
    assert (Claim.objects.count(), recorded()) == (1, before)


def test_a_segment_without_a_product_claims_nothing(anna, rundown):
    segment = written(rundown, anna)
    answer = signed(anna).post(f"{home(segment)}/claims", {"text": "x", "claim_kind": "origin"})
    assert (answer.status_code, Claim.objects.count()) == (422, 0)


def test_what_was_said_before_is_said_again_and_dropped(anna, rundown, segment, mug):
    other = written(rundown, anna, kind="product", product_id=mug.product_id)
    claim = Claim.objects.get()
    browser = signed(anna)
    assert f'name="claim" value="{claim.pk}"' in text(browser.get(f"{home(other)}/story"))
    browser.post(f"{home(other)}/claims", {"claim": claim.pk})
    assert SegmentClaim.objects.filter(segment=other).count() == 1
    browser.post(f"{home(other)}/claims/{claim.pk}/drop")
    assert SegmentClaim.objects.filter(segment=other).count() == 0
    browser.post(f"{home(segment)}/evidence/{Evidence.objects.get().pk}/withdrawal")
    assert rundown_by_id(rundown_id=rundown.pk).segment(segment.pk).claims[0].evidence == ()


@pytest.mark.parametrize("why", ["own", "unproven", "moved"])
def test_an_approval_that_would_lie_is_refused(anna, editor, segment, rundown, why):
    signed(anna).post(f"{home(segment)}/check", mark(segment))
    read, approver, expected = mark(segment), editor, {"moved": "story_moved"}
    if why == "own":
        approver, expected = anna, {"own": "own_story"}
    if why == "unproven":
        Evidence.objects.update(withdrawn_at=timezone.now(), withdrawn_by=anna)
        signed(anna).post(f"{home(segment)}/check", mark(segment))
        read, expected = mark(segment), {"unproven": "claim_unproven"}
    if why == "moved":
        edit_segment(
            rundown_id=rundown.pk,
            segment_id=segment.pk,
            seen=version(rundown),
            wording=words(kind="product", title_ru="Иначе", product_id=segment.product_id),
            by=anna,
            at=timezone.now(),
        )
    refused = signed(approver).post(f"{home(segment)}/approval", read)
    assert (refused.status_code, code(refused)) == (409, expected[why])
    assert StoryStep.objects.filter(step="approved").count() == 0


def test_what_waits_is_read_in_the_same_queries_for_one_and_for_three(anna, editor, table, segment):
    browser = signed(editor)
    signed(anna).post(f"{home(segment)}/check", mark(segment))

    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            page = text(browser.get("/studio/fact-checks/"))
        rows.append(page.count('class="show-row"'))
        return len(queries)

    rows: list[int] = []
    first = asked()
    for _ in range(2):
        show = coming_show(table, anna, starts_at=timezone.now() + timedelta(days=3))
        other = about(open_rundown(show_id=show.pk, by=anna, at=timezone.now()), anna, cast.product(table))[0]
        signed(anna).post(f"{home(other)}/check", mark(other))
    assert (asked(), rows) == (first, [1, 3])


def test_nothing_waits_says_so(editor, segment):
    assert "Ничего не\u00a0ждёт проверки" in text(signed(editor).get("/studio/fact-checks/"))
