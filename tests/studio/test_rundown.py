"""The rundown in the studio: written by plain forms and in place, moved, refused when stale, printed, copied."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from svoi.control.models import Cue
from svoi.rundowns.actions import edit_segment, make_template
from svoi.rundowns.models import Rundown, Segment, SegmentClaim
from svoi.rundowns.queries import rundown_of
from svoi.shows.models import Show
from tests import cast
from tests.cast import recorded
from tests.rundowns.desk import about, coming_show, order, version, words, written
from tests.studio.stage import send, signed

pytestmark = pytest.mark.django_db(transaction=True)
HOSTILE = "<script>alert(1)</script>"


@pytest.fixture
def show(table, anna) -> Show:
    return coming_show(table, anna, starts_at=timezone.now() + timedelta(days=7))


@pytest.fixture
def rundown(show, anna) -> Rundown:
    from svoi.rundowns.actions import open_rundown

    return open_rundown(show_id=show.pk, by=anna, at=timezone.now())


@pytest.fixture
def editor(boris, table):
    return cast.joins(boris, table, "editor")


def home(show) -> str:
    return f"/studio/shows/{show.pk}/rundown"


def text(answer) -> str:
    return answer.content.decode()


def code(answer) -> str:
    return re.search(r'data-refused="(\w+)"', text(answer))[1]


def titles(answer) -> list[str]:
    return re.findall(r'<h3 class="segment-title">([^<]*)</h3>', text(answer))


def filled(**changes) -> dict[str, str]:
    good = {"seen": "0", "kind": "talk", "length": "5:30", "title_ru": "Разговор"}
    return {**good, **{name: str(value) for name, value in changes.items()}}


def test_an_empty_plan_says_how_to_begin(anna, show):
    page = text(signed(anna).get(home(show)))
    assert (page.count("Пока ничего не\u00a0запланировано"), page.count('id="rundown-add"')) == (1, 1)


def test_a_plain_form_adds_a_segment_and_leads_back_to_it(anna, show, mug):
    browser = signed(anna)
    assert browser.get(f"{home(show)}/segments").status_code == 200
    answer = browser.post(
        f"{home(show)}/segments",
        filled(
            kind="product",
            product=mug.product_id,
            beats_ru="Раз\r\nДва",
            beats_en="One",
            flash_variant=mug.pk,
            flash_price="990",
            flash_quantity="5",
            envelope_mode="equal",
            envelope_total="50",
            envelope_shares="5",
            target="7",
            target_unit="orders",
        ),
    )
    made = Segment.objects.get()
    assert (answer.status_code, answer["Location"]) == (302, f"{home(show)}#segment-{made.pk}")
    assert (made.length_s, made.beats, made.flash_price_minor, made.envelope_total, made.target) == (
        330,
        [["Раз", "One"], ["Два", ""]],
        99_000,
        50,
        7,
    )
    page = text(browser.get(home(show)))
    assert titles(browser.get(home(show))) == ["Разговор"]
    assert page.count("Добавлено: Разговор.") == 1


def test_in_place_the_answer_is_the_board(anna, show, rundown):
    segment = written(rundown, anna)
    browser = signed(anna)
    form = browser.get(f"{home(show)}/segments/{segment.pk}", headers={"HX-Request": "true"})
    assert ("<html" in text(form), f'value="{version(rundown)}"' in text(form)) == (False, True)
    saved = send(
        browser, "post", f"{home(show)}/segments/{segment.pk}", filled(seen=version(rundown), title_ru="Иначе")
    )
    assert (saved.status_code, saved["HX-Retarget"], saved["HX-Reswap"]) == (200, "#rundown", "outerMorph")
    assert (titles(saved), "<html" in text(saved)) == (["Иначе"], False)


@pytest.mark.parametrize("way", ["plain", "in place"])
def test_two_who_write_one_segment_both_keep_their_words(anna, editor, show, rundown, way):
    segment = written(rundown, anna)
    saw = version(rundown)
    edit_segment(
        rundown_id=rundown.pk,
        segment_id=segment.pk,
        seen=saw,
        wording=words(title_ru="Борис написал"),
        by=editor,
        at=timezone.now(),
    )
    browser, address = signed(anna), f"{home(show)}/segments/{segment.pk}"
    mine = filled(seen=saw, title_ru="Анна написала")
    answer = browser.post(address, mine) if way == "plain" else send(browser, "post", address, mine)
    page = text(answer)
    assert (answer.status_code, code(answer)) == (409, "rundown_stale")
    assert ('value="Анна написала"' in page, "Борис написал" in page, "Boris" in page) == (True, True, True)
    assert Segment.objects.get().title_ru == "Борис написал"
    seen = re.search(r'name="seen" value="(\d+)"', page)[1]
    browser.post(address, {**mine, "seen": seen})
    assert Segment.objects.get().title_ru == "Анна написала"


def test_buttons_move_and_say_where(anna, show, rundown):
    one, two = written(rundown, anna, title_ru="Один"), written(rundown, anna, title_ru="Два")
    browser = signed(anna)
    moved = send(browser, "post", f"{home(show)}/segments/{two.pk}/place", {"seen": version(rundown), "step": "up"})
    assert titles(moved) == ["Два", "Один"]
    said = re.search(r'aria-live="polite">([^<]+)</p>', text(moved))[1]
    assert said == "«Два»: место 1 из\u00a02, начало через 0:00."
    dropped = browser.post(f"{home(show)}/segments/{two.pk}/place", {"seen": version(rundown), "before": ""})
    assert (dropped["Location"], order(rundown)) == (f"{home(show)}#segment-{two.pk}", [one.pk, two.pk])


def test_a_stale_order_is_refused_in_the_notice(anna, show, rundown):
    one, two = written(rundown, anna), written(rundown, anna)
    saw = version(rundown)
    browser, address = signed(anna), f"{home(show)}/segments/{two.pk}/place"
    send(browser, "post", address, {"seen": saw, "step": "up"})
    stale = send(browser, "post", address, {"seen": saw, "before": str(one.pk)})
    assert (stale.status_code, stale["HX-Retarget"], code(stale)) == (409, "#studio-notice", "rundown_stale")
    plain = browser.post(address, {"seen": saw, "before": str(one.pk)})
    assert (plain.status_code, code(plain), order(rundown)) == (409, "rundown_stale", [two.pk, one.pk])


def test_the_total_stands_against_the_slot(anna, show, rundown):
    written(rundown, anna, length_s=2400)
    browser = signed(anna)
    assert "осталось 20:00" in text(browser.get(home(show)))
    answer = send(browser, "post", f"{home(show)}/slot", {"seen": version(rundown), "slot": "30:00"})
    assert ("лишние 10:00" in text(answer), 'max="2400" value="1800"' in text(answer)) == (True, True)
    refused = send(browser, "post", f"{home(show)}/slot", {"seen": version(rundown), "slot": "час"})
    assert (refused.status_code, code(refused)) == (422, "rundown_number_unfit")


def test_a_removed_segment_leaves_the_board(anna, show, rundown):
    segment = written(rundown, anna)
    answer = send(signed(anna), "post", f"{home(show)}/segments/{segment.pk}/removal", {"seen": str(version(rundown))})
    assert (titles(answer), Segment.objects.count()) == ([], 1)
    gone = send(signed(anna), "post", f"{home(show)}/segments/{segment.pk}/removal", {"seen": "99"})
    assert (gone.status_code, code(gone)) == (404, "segment_unknown")


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("title_ru", ""),
        ("title_ru", "я" * 141),
        ("length", "час"),
        ("length", "0"),
        ("length", "5:99"),
        ("length", "9" * 12),
        ("kind", "sermon"),
        ("product", "0"),
        ("product", "' or 1=1"),
        ("beats_ru", "я" * 10_000),
        ("beats_ru", "\n".join(["я"] * 41)),
        ("props", "я" * 501),
        ("target", "-1"),
        ("target_unit", "orders"),
        ("flash_price", "990"),
        ("envelope_total", "10"),
    ],
)
def test_what_does_not_fit_comes_back_with_the_reason_and_changes_nothing(anna, show, rundown, field, value):
    before = recorded()
    answer = send(signed(anna), "post", f"{home(show)}/segments", filled(**{field: value}))
    assert (answer.status_code, "field-error" in text(answer) or "banner-warn" in text(answer)) == (422, True)
    assert (Segment.objects.count(), recorded()) == (0, before)


@pytest.mark.parametrize("value", ["", "0x1", "-1", "١", "9" * 40, "\x00"])
def test_a_number_that_is_none_is_refused_before_anything_happens(anna, show, rundown, value):
    segment = written(rundown, anna)
    before, browser = recorded(), signed(anna)
    asked = [
        send(browser, "post", f"{home(show)}/segments/{segment.pk}/place", {"seen": value, "step": "up"}),
        send(browser, "post", f"{home(show)}/segments/{segment.pk}/removal", {"seen": value}),
        send(browser, "post", f"{home(show)}/slot", {"seen": value, "slot": "1:00:00"}),
    ]
    assert [(answer.status_code, code(answer)) for answer in asked] == [(422, "unreadable")] * 3
    assert recorded() == before


def test_words_are_written_as_words(anna, show, rundown, mug):
    written(
        rundown, anna, title_ru=HOSTILE, beats=((HOSTILE, HOSTILE),), props=HOSTILE, offer=HOSTILE, fallback=HOSTILE
    )
    browser = signed(anna)
    for address in (home(show), f"{home(show)}/print"):
        page = text(browser.get(address))
        assert ("alert(1)</script>" in page, "&lt;script&gt;" in page) == (False, True)


def test_paper_leaves_nothing_out(anna, show, rundown, mug):
    about(rundown, anna, mug)
    written(rundown, anna, props="Кипяток", offer="Скидка", fallback="Лёд", beats=(("Раз", "One"),))
    page = text(signed(anna).get(f"{home(show)}/print"))
    for words_ in ("Держит тепло", "РОСС RU", "Остывает", "Кипяток", "Скидка", "Лёд", "Раз", "One"):
        assert words_ in page


def test_a_show_that_is_over_shows_plan_and_actual_and_no_tools(anna, show, rundown, mug):
    about(rundown, anna, mug)
    began = timezone.now() - timedelta(hours=1)
    show.went_live_at, show.ended_at = began, began + timedelta(minutes=50)
    show.save()
    show.pins.create(product=mug.product, pinned_by=anna, pinned_at=began + timedelta(seconds=75))
    page = text(signed(anna).get(home(show)))
    assert (page.count('<b class="figures">+1:15</b>'), page.count("data-grip"), page.count('id="rundown-add"')) == (
        1,
        0,
        0,
    )
    refused = send(signed(anna), "post", f"{home(show)}/segments", filled())
    assert (refused.status_code, code(refused), Segment.objects.count()) == (409, "show_ended", 1)


def test_what_the_crew_cued_goes_before_what_pins_suggest(anna, show, rundown, mug):
    segment, _ = about(rundown, anna, mug)
    began = timezone.now() - timedelta(hours=1)
    show.went_live_at, show.ended_at = began, began + timedelta(minutes=50)
    show.save()
    show.pins.create(product=mug.product, pinned_by=anna, pinned_at=began + timedelta(seconds=75))
    first = Cue.objects.create(show=show, segment=segment, by=anna, at=began + timedelta(seconds=40))
    Cue.objects.create(show=show, segment=segment, after=first, by=anna, at=began + timedelta(seconds=900))
    page = text(signed(anna).get(home(show)))
    assert (page.count('<b class="figures">+0:40</b>'), page.count("+1:15"), page.count("+15:00")) == (1, 0, 0)


def test_templates_and_other_plans_begin_a_show(anna, show, rundown, table):
    written(rundown, anna, title_ru="Один")
    browser = signed(anna)
    browser.post(f"{home(show)}/template", {"name_ru": "Утро", "name_en": "Morning"})
    template = Rundown.objects.get(show=None)
    for source in (template.pk, rundown.pk):
        other = coming_show(table, anna)
        page = text(browser.get(home(other)))
        assert f'value="{source}"' in page
        browser.post(f"{home(other)}/copy", {"from": source})
        assert [one.title_ru for one in rundown_of(show_id=other.pk).segments] == ["Один"]
    browser.post(f"/studio/rundown-templates/{template.pk}/retirement", {"show": show.pk})
    template.refresh_from_db()
    assert template.retired_at is not None


def test_the_plan_of_another_community_is_not_copied(anna, vera, show, rundown, cellar, table):
    written(rundown, anna)
    place = cast.community(vera, slug="attic")
    hers = coming_show(place, vera)
    refused = signed(vera).post(f"{home(hers)}/copy", {"from": rundown.pk})
    assert (refused.status_code, code(refused), rundown_of(show_id=hers.pk)) == (404, "rundown_unknown", None)


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


def test_the_board_asks_the_same_with_one_segment_and_with_three(anna, show, rundown, table):
    browser = signed(anna)

    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert browser.get(home(show)).status_code == 200
        return len(queries)

    about(rundown, anna, cast.product(table))
    browser.get(home(show))
    first = asked()
    for _ in range(2):
        about(rundown, anna, cast.product(table))
    assert asked() == first


def test_the_console_leads_to_the_rundown(anna, show):
    assert f'href="{home(show)}"' in text(signed(anna).get(f"/studio/shows/{show.pk}/"))


def test_a_story_editor_finds_her_shows_and_no_console(editor, show):
    page = text(signed(editor).get("/studio/"))
    assert (home(show) in page, f'href="/studio/shows/{show.pk}/"' in page) == (True, False)
    assert signed(editor).get(f"/studio/shows/{show.pk}/").status_code == 404
