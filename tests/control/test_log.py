"""The action log: every act of the crew, by whom and when, read from facts that exist anyway."""

from __future__ import annotations

from uuid import uuid4

from django.db import connection
from django.test.utils import CaptureQueriesContext

from svoi.control.actions.cueing import cue_segment
from svoi.control.actions.duties import state_duties
from svoi.control.actions.keeping import change_policy, hide_message, mark_answered, move_in_tray, pin_message
from svoi.control.actions.noting import leave_note, report_incident
from svoi.control.actions.polling import arm_poll, close_poll, fire_poll
from svoi.control.actions.steering import release_control, steer
from svoi.control.queries.log import WHO, last_hand, log_of
from svoi.control.rules.stale import PolicyMoved, TrayMoved, policy_mark, tray_mark
from svoi.flash.rules import Terms
from svoi.kernel.money import Money
from svoi.shows.actions.airing import end_break, end_show, start_break
from svoi.shows.actions.allotting import allot_in_show
from svoi.shows.actions.chat import mute_member, unmute_member
from svoi.shows.actions.flashing import arm_in_show, call_off_in_show, fire_in_show
from svoi.shows.actions.gifting import send_into_show
from svoi.shows.actions.keys import issue_key
from svoi.shows.actions.pinning import pin_product, unpin_product
from svoi.shows.actions.tray import put_in_tray, take_from_tray
from svoi.shows.models import Show
from tests import cast
from tests.cast import NOON
from tests.control.room import after, refused
from tests.control.test_polls import WISH
from tests.envelopes.purse import SEED, fund, settle
from tests.studio.stage import said


def test_every_act_is_in_the_log_with_its_hand(show, table, anna, keeper, gleb, mug, towel, segments):
    settle(table, anna)
    fund(table, 300)
    cast.joins(gleb, table)
    message, other = said(show, gleb, "Где?", seq=1), said(show, gleb, "Тьфу", seq=2)
    here = {"show_id": show.pk, "by": anna, "at": NOON}
    issue_key(**here)
    steer(verb=start_break, **here)
    steer(verb=end_break, **here)
    unpin_product(**here)
    pin_product(**here, product_id=mug.product_id)
    take_from_tray(**here, product_id=towel.product_id)
    put_in_tray(**here, product_id=towel.product_id)
    allot_in_show(**here, product_id=mug.product_id, pieces=5, reason="plan")
    hide_message(**{**here, "by": keeper}, message_id=other.pk)
    mute_member(**{**here, "by": keeper}, member_id=gleb.pk)
    unmute_member(**here, member_id=gleb.pk)
    change_policy(**here, seen=None, slow_mode_s=5, length_max=100, open_=True)
    terms = {"variant_id": mug.pk, "price": Money(90_000), "terms": Terms(quantity=2), "key": uuid4()}
    deal = steer(verb=arm_in_show, **here, **terms)
    steer(verb=fire_in_show, **here, deal_id=deal.pk)
    call_off_in_show(**here, deal_id=deal.pk)
    gift = {"mode": "random", "total": 60, "shares": 2, "minutes": 0, "greeting": "К чаю", "seed": SEED}
    send_into_show(**here, **gift, key=uuid4())
    steer(verb=cue_segment, **here, segment_id=segments[1].pk, seen=None)
    leave_note(**here, audience="crew", text="Тайна", key=uuid4())
    report_incident(**{**here, "by": keeper}, kind="conduct", note="Ругань", key=uuid4())
    mark_answered(**here, message_ids=[message.pk])
    pin_message(**here, message_id=message.pk)
    hide_message(**here, message_id=message.pk)
    poll = arm_poll(**here, wish=WISH, key=uuid4())
    fire_poll(**here, poll_id=poll.pk, seen="armed")
    close_poll(**here, poll_id=poll.pk, seen="open")
    state_duties(**here, member_id=keeper.pk, acts=["hide"], everywhere=False)
    release_control(**here)
    steer(verb=end_show, **here)
    told = [(one.kind, one.who, one.about_ru) for one in log_of(show_id=show.pk)][::-1]
    assert told == [
        ("key_issued", "Anna", ""),
        ("control_taken", "Anna", ""),
        ("break_started", "Anna", ""),
        ("break_ended", "Anna", ""),
        ("product_unpinned", "Anna", "Кружка"),
        ("product_pinned", "Anna", "Кружка"),
        ("tray_changed", "Anna", "Полотенце"),
        ("tray_changed", "Anna", "Полотенце"),
        ("allotment_changed", "Anna", "Кружка"),
        ("message_hidden", "Vera", "Тьфу"),
        ("member_muted", "Vera", "Gleb"),
        ("member_unmuted", "Anna", "Gleb"),
        ("chat_policy_changed", "Anna", ""),
        ("flash_armed", "Anna", "Кружка"),
        ("flash_fired", "Anna", "Кружка"),
        ("flash_over", "Anna", "Кружка"),
        ("envelope_sent", "Anna", "К чаю"),
        ("segment_cued", "Anna", "Кружка"),
        ("note_left", "Anna", ""),
        ("incident_reported", "Vera", "Ругань"),
        ("question_answered", "Anna", "Где?"),
        ("message_pinned", "Anna", "Где?"),
        ("message_hidden", "Anna", "Где?"),
        ("message_unpinned", "Anna", "Где?"),
        ("poll_armed", "Anna", ""),
        ("poll_fired", "Anna", "Какой цвет?"),
        ("poll_closed", "Anna", ""),
        ("duties_set", "Anna", "Vera"),
        ("control_released", "Anna", ""),
        ("control_taken", "Anna", ""),
        ("product_unpinned", "Anna", "Кружка"),
        ("show_ended", "Anna", ""),
    ]
    assert set(WHO) - {kind for kind, _, _ in told} == {"show_started"}
    assert "Тайна" not in str([one.told for one in log_of(show_id=show.pk)])


def test_it_is_paged_and_read_in_the_same_number_of_queries(show, anna, mug):
    here = {"show_id": show.pk, "by": anna, "at": NOON}
    start_break(**here)
    with CaptureQueriesContext(connection) as one:
        (first,) = log_of(show_id=show.pk)
    for _ in range(2):
        end_break(**here)
        start_break(**here)
    with CaptureQueriesContext(connection) as five:
        told = log_of(show_id=show.pk, most=2)
    assert len(five) == len(one)
    assert [deed.kind for deed in told] == ["break_started", "break_ended", "break_started"]
    assert [deed.id for deed in log_of(show_id=show.pk, before=told[-2].id)][-1] == first.id


def test_another_show_has_a_log_of_its_own(show, table, anna):
    other = cast.live_show(table, anna)
    start_break(show_id=other.pk, by=anna, at=NOON)
    assert log_of(show_id=show.pk) == []


def test_facts_of_earlier_versions_that_name_nobody_stand_without_a_name(show):
    from svoi.db.models import OutboxEvent

    OutboxEvent.objects.create(
        event_id=uuid4(), kind="break_started", stream=f"show:{show.pk}", payload={"show_id": show.pk}
    )
    assert [(one.kind, one.who) for one in log_of(show_id=show.pk)] == [("break_started", "")]
    assert (last_hand(show_id=show.pk, kind="break_started"), last_hand(show_id=show.pk, kind="show_ended")) == ("", "")


def test_a_policy_over_an_unseen_policy_is_refused_with_who(show, anna, producer):
    seen = policy_mark(slow_mode_s=0, length_max=200, open_=True)
    rules = {"slow_mode_s": 30, "length_max": 200, "open_": True}
    change_policy(show_id=show.pk, seen=seen, by=producer, at=NOON, **rules)
    with refused(PolicyMoved) as told:
        change_policy(show_id=show.pk, seen=seen, by=anna, at=after(1), **{**rules, "slow_mode_s": 5})
    assert told.value.facts == {"who": "Boris"}
    assert Show.objects.get(pk=show.pk).slow_mode_s == 30


def test_a_move_in_an_unseen_tray_is_refused_with_who(show, anna, producer, mug, towel):
    seen = tray_mark([mug.product_id, towel.product_id])
    move_in_tray(show_id=show.pk, product_id=towel.product_id, position=0, seen=seen, by=producer, at=NOON)
    with refused(TrayMoved) as told:
        move_in_tray(show_id=show.pk, product_id=towel.product_id, position=1, seen=seen, by=anna, at=after(1))
    assert told.value.facts == {"who": "Boris"}
    assert list(show.tray.order_by("position").values_list("product_id", flat=True)) == [
        towel.product_id,
        mug.product_id,
    ]
