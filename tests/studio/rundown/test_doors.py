"""Who finds what of the rundown."""

from __future__ import annotations

import pytest
from django.utils import timezone

from svoi.rundowns.actions import make_template
from svoi.rundowns.models import SegmentClaim
from tests import cast
from tests.cast import recorded
from tests.rundowns.desk import about
from tests.studio.rundown.board import filled, home, text
from tests.studio.stage import signed

pytestmark = pytest.mark.django_db(transaction=True)


def addresses(show, segment, claim, evidence, template) -> list[tuple[str, str, dict[str, str]]]:
    """Method, address and what it carries."""
    at = f"{home(show)}/segments/{segment.pk}"
    return [
        ("get", home(show), {}),
        ("get", f"{home(show)}/print", {}),
        ("post", f"{home(show)}/slot", {"seen": "1", "slot": "1:00"}),
        ("post", f"{home(show)}/copy", {"from": "1"}),
        ("post", f"{home(show)}/template", {"name_ru": "x"}),
        ("get", f"{home(show)}/segments", {}),
        ("post", f"{home(show)}/segments", filled()),
        ("get", at, {}),
        ("post", at, filled()),
        ("post", f"{at}/place", {"seen": "1", "step": "up"}),
        ("post", f"{at}/removal", {"seen": "1"}),
        ("get", f"{at}/story", {}),
        ("post", f"{at}/claims", {"text": "x", "claim_kind": "origin"}),
        ("post", f"{at}/claims/{claim.pk}/drop", {}),
        ("post", f"{at}/claims/{claim.pk}/evidence", {"evidence_kind": "document", "reference": "1", "says": "x"}),
        ("post", f"{at}/evidence/{evidence.pk}/withdrawal", {}),
        ("post", f"{at}/check", {"seen": "x"}),
        ("post", f"{at}/approval", {"seen": "x"}),
        ("post", f"{at}/return", {"seen": "x", "reason": "x"}),
        ("post", f"/studio/rundown-templates/{template.pk}/retirement", {}),
        ("get", "/studio/fact-checks/", {}),
    ]


@pytest.fixture
def everything(anna, show, rundown, mug):
    segment, claim = about(rundown, anna, mug)
    template = make_template(rundown_id=rundown.pk, name_ru="x", name_en="", by=anna, at=timezone.now())
    return addresses(show, segment, claim, claim.evidence.get(), template)


def test_a_stranger_finds_nothing_and_changes_nothing(everything, dmitri):
    from svoi.studio.rundown_urls import urlpatterns

    assert len({address for _, address, _ in everything}) == len(urlpatterns)
    before = recorded()
    browser = signed(dmitri)
    assert [getattr(browser, method)(address, fields).status_code for method, address, fields in everything] == [
        404
    ] * len(everything)
    assert (recorded(), SegmentClaim.objects.count()) == (before, 2)


def test_a_moderator_reads_and_a_host_does_not_check(everything, vera, gleb, table, show):
    keeper, host = cast.joins(vera, table, "moderator"), cast.joins(gleb, table, "host")
    read = {f"{home(show)}", f"{home(show)}/print"}
    before = recorded()
    for method, address, fields in everything:
        found = getattr(signed(keeper), method)(address, fields).status_code
        assert found == (200 if address in read or address.endswith("/story") else 404), address
        if address.endswith(("/approval", "/return")) or address == "/studio/fact-checks/":
            assert getattr(signed(host), method)(address, fields).status_code == 404
    assert recorded() == before
    page = text(signed(keeper).get(home(show)))
    assert (page.count("data-grip"), page.count('class="segment-place"')) == (0, 0)


def test_a_visitor_is_sent_to_sign_in(everything, client):
    for method, address, fields in everything:
        answer = getattr(client, method)(address, fields)
        assert (answer.status_code, answer["Location"].startswith("/sign-in")) == (302, True)


def test_a_story_editor_finds_her_shows_and_no_console(editor, show):
    page = text(signed(editor).get("/studio/"))
    assert (home(show) in page, f'href="/studio/shows/{show.pk}/"' in page) == (True, False)
    assert signed(editor).get(f"/studio/shows/{show.pk}/").status_code == 404
