"""Every state of a hand-over at the counter."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from svoi.orders.actions import drop_return
from svoi.pickup.actions import prepare_parcel, send_back
from svoi.pickup.models import Parcel, ReturnTaken, WrongCode
from svoi.pickup.queries import pickup_code
from tests import cast
from tests.studio.points.counter import at, bought, home, say_code
from tests.studio.shop import shelf
from tests.studio.stage import signed


@pytest.mark.django_db(transaction=True)
class TestHandOver:
    """Every state of the screen."""

    def test_right_code(self, clerk, parcel):
        browser = signed(clerk)
        page = browser.get(at(parcel)).content.decode()
        assert 'inputmode="numeric"' in page
        assert "× 2" in page
        assert pickup_code(parcel) not in page
        answer = say_code(browser, parcel, pickup_code(parcel))
        assert answer["Location"] == f"{at(parcel)}?done=1"
        done = browser.get(answer["Location"]).content.decode()
        assert "parcel-done" in done
        assert "code-form" not in done

    @pytest.mark.parametrize("code", ["", "x", "000", "1234567890", "𝟙" * 6, "\x00", "' or 1=1 --", "\ud83d"])
    def test_wrong_code(self, clerk, parcel, code):
        answer = say_code(signed(clerk), parcel, code.encode("utf-8", "ignore").decode())
        page = answer.content.decode()
        assert (answer.status_code, 'data-refused="code_wrong"' in page) == (422, True)
        assert ("4." in page, WrongCode.objects.count()) == (True, 1)
        parcel.refresh_from_db()
        assert parcel.stage == "here"

    def test_locked(self, clerk, parcel):
        browser = signed(clerk)
        told = [say_code(browser, parcel, "x").status_code for _ in range(6)]
        assert told == [422] * 5 + [429]
        page = say_code(browser, parcel, pickup_code(parcel)).content.decode()
        assert 'data-refused="code_locked"' in page
        assert " disabled" in page

    def test_twice(self, clerk, parcel):
        browser, code = signed(clerk), pickup_code(parcel)
        say_code(browser, parcel, code)
        again = say_code(browser, parcel, code)
        assert (again.status_code, 'data-refused="already_handed_over"' in again.content.decode()) == (409, True)
        assert [kind for kind, _ in cast.recorded() if kind == "parcel_handed_over"] == ["parcel_handed_over"]

    def test_days_are_over(self, clerk, parcel):
        Parcel.objects.update(keep_until=timezone.now() - timedelta(minutes=1))
        browser = signed(clerk)
        assert "code-form" not in browser.get(at(parcel)).content.decode()
        late = say_code(browser, parcel, pickup_code(parcel))
        assert (late.status_code, 'data-refused="storage_over"' in late.content.decode()) == (409, True)

    def test_not_there_yet(self, clerk, vera, mug, point):
        order = bought(vera, mug, point, "LATER234")
        made = prepare_parcel(subject=f"order:{order.pk}", pickup_point_id=point.pk, at=timezone.now())
        browser = signed(clerk)
        assert "code-form" not in browser.get(at(made)).content.decode()
        assert say_code(browser, made, "123456").status_code == 409
        assert browser.post(at(made, "arrival"), {"from": "list"})["Location"] == f"{home(point)}?section=coming"
        assert browser.post(at(made, "arrival"))["Location"] == at(made)
        assert "code-form" in browser.get(at(made)).content.decode()

    def test_given_back(self, clerk, parcel, point):
        browser = signed(clerk)
        assert browser.post(at(parcel, "giving-back")).status_code == 409
        send_back(parcel_id=parcel.pk, at=timezone.now())
        assert browser.post(at(parcel, "giving-back"))["Location"] == f"{home(point)}?section=to_give_back"
        assert Parcel.objects.get().stage == "came_back"
        assert browser.get(at(parcel)).status_code == 200

    def test_a_return_is_taken_in_once(self, clerk, vera, mug, point):
        order = shelf.collected(shelf.paid(vera, mug, point, quantity=3), clerk)
        parcel = Parcel.objects.get(subject=order.subject)
        first, second = shelf.asked_back(order, pieces=2), shelf.asked_back(order)
        browser = signed(clerk)
        page = browser.get(at(parcel)).content.decode()
        assert (page.count("parcel-return"), page.count("× 2"), "С\u00a0браком" in page) == (2, 1, True)
        told = [browser.post(at(parcel, "returns"), {"return": first.pk}).status_code for _ in range(2)]
        assert (told, list(ReturnTaken.objects.values_list("claim", flat=True))) == ([302, 302], [first.claim])
        assert [payload["claim"] for _, payload in cast.recorded("parcel_came_back")] == [first.claim]
        page = browser.get(at(parcel)).content.decode()
        assert (page.count("parcel-return"), f'value="{second.pk}"' in page) == (1, True)

    def test_a_return_that_nobody_asked_for_is_not_taken_in(self, clerk, vera, mug, point, parcel):
        browser = signed(clerk)
        assert browser.post(at(parcel, "returns"), {"return": "1"}).status_code == 409
        order = shelf.collected(shelf.paid(vera, mug, point), clerk)
        other = shelf.asked_back(shelf.collected(shelf.paid(vera, mug, point), clerk))
        mine = Parcel.objects.get(subject=order.subject)
        assert "parcel-return" not in browser.get(at(mine)).content.decode()
        told = [browser.post(at(mine, "returns"), {"return": n}).status_code for n in ("", "x", other.pk, "9" * 30)]
        assert (told, ReturnTaken.objects.count()) == ([404] * 4, 0)

    @pytest.mark.parametrize("late", [True, False])
    def test_a_return_that_is_not_accepted_or_is_over_is_not_taken_in(self, clerk, vera, mug, point, late):
        order = shelf.collected(shelf.paid(vera, mug, point), clerk)
        asked = shelf.asked_back(order, late=late)
        if not late:
            drop_return(return_id=asked.pk, at=timezone.now())
        mine, browser = Parcel.objects.get(subject=order.subject), signed(clerk)
        assert "parcel-return" not in browser.get(at(mine)).content.decode()
        answer = browser.post(at(mine, "returns"), {"return": asked.pk})
        assert (answer.status_code, 'data-refused="return_closed"' in answer.content.decode()) == (409, True)
        assert ReturnTaken.objects.count() == 0
