"""What an incident may ask for at once: prepared by one press, done by the next, by whoever may."""

from __future__ import annotations

import re

import pytest
from django.utils import timezone

from svoi.control.actions.duties import state_duties
from svoi.control.actions.steering import take_control
from svoi.db.models import OutboxEvent
from svoi.flash.models import FlashClosing
from svoi.shows.models import Break, Show
from tests import cast
from tests.flash.stall import arm
from tests.studio.stage import send, signed

pytestmark = pytest.mark.django_db(transaction=True)


def offered(answer) -> list[str]:
    return re.findall(r'name="do" value="(\w+)"', answer.content.decode())


def hidden(answer) -> dict[str, str]:
    """What the prepared form carries."""
    form = re.search(r"<form class=\"card.*?</form>", answer.content.decode(), re.DOTALL)
    return dict(re.findall(r'name="(\w+)" value="([^"]*)"', form[0])) if form else {}


@pytest.fixture
def sheet(show: Show) -> str:
    return f"/studio/shows/{show.pk}/incidents"


def twice(browser, sheet: str, do: str, **fields: str):
    armed = send(browser, "post", f"{sheet}/steps", {"do": do, **fields})
    assert armed.status_code == 200
    return send(browser, "post", f"{sheet}/steps", hidden(armed))


def test_the_first_press_changes_nothing_and_the_second_does_it(anna, show, sheet, mug, towel):
    browser = signed(anna)
    assert offered(browser.get(sheet)) == ["slow", "unpin", "unsell", "break", "end"]
    facts = OutboxEvent.objects.count()
    for do in ("slow", "unpin", "break", "end"):
        assert hidden(send(browser, "post", f"{sheet}/steps", {"do": do}))["sure"] == "1"
    assert OutboxEvent.objects.count() == facts
    done = twice(browser, sheet, "slow")
    assert (done.status_code, Show.objects.get(pk=show.pk).slow_mode_s) == (200, 30)
    twice(browser, sheet, "unpin")
    assert not show.pins.filter(unpinned_at=None).exists()
    twice(browser, sheet, "unsell", product=str(towel.product_id))
    assert list(show.tray.values_list("product_id", flat=True)) == [mug.product_id]
    answer = twice(browser, sheet, "break")
    assert (Break.objects.get().ended_at, answer["HX-Trigger"]) == (
        None,
        "studio:air, studio:stage, studio:tray, studio:flash",
    )
    assert offered(browser.get(sheet)) == ["unsell", "go_on", "end"]
    twice(browser, sheet, "end")
    assert Show.objects.get(pk=show.pk).stage() == "ended"
    kinds = set(OutboxEvent.objects.values_list("kind", flat=True))
    assert {"chat_policy_changed", "product_unpinned", "tray_changed", "break_started", "show_ended"} <= kinds


def test_a_deal_is_called_off(anna, show, sheet, mug):
    deal = arm(mug, anna, show_id=show.pk, at=timezone.now())
    twice(signed(anna), sheet, "call_off")
    assert FlashClosing.objects.get().deal_id == deal.pk


def test_the_lock_holds_here_too_and_what_moved_meanwhile_is_told(anna, boris, table, show, sheet):
    cast.joins(boris, table, "producer")
    browser = signed(anna)
    armed = hidden(send(browser, "post", f"{sheet}/steps", {"do": "slow"}))
    Show.objects.filter(pk=show.pk).update(slow_mode_s=5)
    moved = send(browser, "post", f"{sheet}/steps", armed)
    assert (moved.status_code, 'data-refused="policy_moved"' in moved.content.decode()) == (409, True)
    take_control(show_id=show.pk, seen=None, by=boris, at=timezone.now())
    held = twice(browser, sheet, "end")
    assert (held.status_code, "Boris" in held.content.decode()) == (409, True)
    assert Show.objects.get(pk=show.pk).ended_at is None


def test_everybody_gets_what_is_theirs(anna, keeper, dmitri, show, sheet):
    assert offered(signed(keeper).get(sheet)) == ["slow"]
    assert send(signed(keeper), "post", f"{sheet}/steps", {"do": "end", "sure": "1"}).status_code == 404
    state_duties(show_id=show.pk, member_id=keeper.pk, acts=["mute"], everywhere=False, by=anna, at=timezone.now())
    assert offered(signed(keeper).get(sheet)) == []
    assert send(signed(keeper), "post", f"{sheet}/steps", {"do": "slow", "sure": "1"}).status_code == 403
    assert send(signed(dmitri), "post", f"{sheet}/steps", {"do": "end", "sure": "1"}).status_code == 404
    for fields in ({"do": "dance"}, {"do": "dance", "sure": "1"}, {"do": "unsell", "product": "x"}):
        assert send(signed(anna), "post", f"{sheet}/steps", fields).status_code == 422
    assert Show.objects.get(pk=show.pk).stage() == "live"
