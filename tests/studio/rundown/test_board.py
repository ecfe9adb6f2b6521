"""The board of the rundown: moved, counted, printed, copied, and beside what really happened."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from svoi.control.models import Cue
from svoi.rundowns.models import Rundown, Segment
from svoi.rundowns.queries import rundown_of
from tests import cast
from tests.rundowns.desk import about, coming_show, order, version, written
from tests.studio.rundown.board import code, filled, home, text, titles
from tests.studio.stage import send, signed

pytestmark = pytest.mark.django_db(transaction=True)


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
