"""Envelopes for a room: who has been there long enough, and who may send one."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import transaction

from svoi.envelopes.actions import claim_share
from svoi.envelopes.models import Envelope
from svoi.kernel.refused import Refused
from svoi.members.models import Member
from svoi.shows.actions.gifting import send_into_show
from svoi.shows.models import Show, WatchBeat
from svoi.shows.queries.tea import members_seen
from tests import cast
from tests.cast import NOON
from tests.envelopes.purse import SEED, balance, fund, settle

pytestmark = pytest.mark.django_db
LATER = NOON + timedelta(minutes=30)


@pytest.fixture
def show(table, anna) -> Show:
    fund(table, 500)
    return cast.live_show(table, anna)


def watches(show: Show, member: Member, seconds: Iterable[int], *, viewer: str = "", counted: bool = True) -> None:
    WatchBeat.objects.bulk_create(
        WatchBeat(
            show=show, viewer=viewer or member.name, member_id=member.pk, at=NOON + timedelta(seconds=second),
            playing=True, visible=True, counted=counted,
        )
        for second in seconds
    )  # fmt: skip


def gives(show: Show, by: Member, **changes: Any) -> Envelope:
    told = {"mode": "random", "total": 100, "shares": 5, "minutes": 0, "greeting": "К чаю", "key": uuid4(), "at": LATER}
    return send_into_show(show_id=show.pk, by=by, seed=SEED, **{**told, **changes})


def refusal(show: Show, by: Member, **changes: Any) -> str:
    with pytest.raises(Refused) as refused, transaction.atomic():
        gives(show, by, **changes)
    assert Envelope.objects.count() == 0
    return refused.value.code


def test_minutes_are_counted_and_not_beats(show, table, boris, vera, gleb, dmitri):
    settle(table, boris, vera, gleb)
    watches(show, boris, range(0, 180, 10))  # three minutes
    watches(show, vera, [0, 1, 2, 3, 59, 60])  # two, however many beats
    watches(show, vera, [30, 61], viewer="another page")  # the same two
    watches(show, gleb, range(0, 600, 10), counted=False)
    watches(show, dmitri, range(0, 600, 10))  # does not belong
    watches(cast.live_show(table, boris), vera, range(0, 600, 10))  # another show
    assert members_seen(show=show, minutes=2) == sorted([boris.pk, vera.pk])
    assert members_seen(show=show, minutes=3) == [boris.pk]
    assert members_seen(show=show, minutes=4) == []
    assert members_seen(show=show, minutes=0) == sorted([boris.pk, vera.pk])


def test_an_envelope_for_tea_is_for_those_who_were_there(show, table, anna, boris, vera):
    settle(table, boris, vera)
    watches(show, boris, range(0, 180, 10))
    envelope = gives(show, anna, mode="tea", minutes=3)
    watches(show, vera, range(0, 600, 10))  # too late to be a guest
    assert (envelope.place, envelope.place_id, envelope.minutes, envelope.purse) == ("show", show.pk, 3, "budget")
    assert list(envelope.guests.values_list("member_id", flat=True)) == [boris.pk]
    claim_share(envelope_id=envelope.pk, member_id=boris.pk, key=uuid4(), at=LATER)
    with pytest.raises(Refused) as refused:
        claim_share(envelope_id=envelope.pk, member_id=vera.pk, key=uuid4(), at=LATER)
    assert refused.value.code == "not_a_guest"
    kind, facts = cast.recorded("envelope_sent")[-1]
    assert (kind, facts["place"], facts["place_id"], facts["reference"]) == (
        "envelope_sent",
        "show",
        show.pk,
        str(envelope.reference),
    )


def test_the_same_key_is_the_same_envelope(show, table, anna):
    key = uuid4()
    assert gives(show, anna, key=key) == gives(show, anna, key=key)
    assert balance(f"budget:{table.pk}") == 400


def test_nobody_there_is_no_envelope(show, anna):
    assert refusal(show, anna, mode="tea", minutes=5) == "guests_missing"


def test_only_those_who_speak_for_the_brand_send_into_the_room(show, table, boris, vera):
    assert refusal(show, cast.joins(boris, table, "moderator")) == "role_missing"
    settle(table, vera)
    assert refusal(show, vera) == "role_missing"
    assert balance(f"budget:{table.pk}") == 500


def test_a_host_may(show, table, boris):
    assert gives(show, cast.joins(boris, table, "host")).sender == boris


@pytest.mark.parametrize(
    ("changes", "code"), [({"went_live_at": None}, "show_not_live"), ({"ended_at": LATER}, "show_ended")]
)
def test_only_while_the_show_is_on(show, anna, changes, code):
    Show.objects.filter(pk=show.pk).update(**changes)
    assert refusal(show, anna) == code
