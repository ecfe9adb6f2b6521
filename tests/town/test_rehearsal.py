"""What a rehearsal takes along, and what it leaves at home."""

from __future__ import annotations

import json
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from svoi.communities.models import Community
from svoi.members.models import Member
from svoi.shows.models import ChatMessage, Show, TrayItem
from svoi.town.rehearsal.bundle import NotRehearsed, opened, packed
from tests import cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def planned(table: Community, anna: Member) -> Show:
    """A show that has not begun, with a mug in its tray."""
    mug = cast.product(table)
    show = Show.objects.create(community=table, title_ru="Примерка", host=anna, starts_at=cast.NOON)
    TrayItem.objects.create(show=show, product=mug.product, position=0)
    return show


def taken(show: Show) -> dict[str, list[dict[str, Any]]]:
    """Rows by table; the first line tells of no row."""
    rows: dict[str, list[dict[str, Any]]] = {}
    for one in map(json.loads, list(packed(show.pk))[1:]):
        rows.setdefault(one["table"], []).append(one["row"])
    return rows


def test_the_show_comes_with_its_goods_and_its_crew_alone(planned: Show, table: Community, anna: Member, vera: Member):
    cast.product(table, name="Тарелка")
    ChatMessage.objects.create(show=planned, author=vera, seq=1, text="hello", key="0" * 32)
    rows = taken(planned)
    assert [row["id"] for row in rows["svoi_show"]] == [planned.pk]
    assert [row["product_id"] for row in rows["svoi_trayitem"]] == [row["id"] for row in rows["svoi_product"]]
    crew = set(table.role_grants.values_list("member_id", flat=True)) | {anna.pk}
    assert {row["id"] for row in rows["svoi_member"]} == crew
    assert vera.pk not in crew
    assert {row["member_id"] for row in rows["svoi_membership"]} <= crew
    assert not {"svoi_chatmessage", "svoi_order", "svoi_entry", "svoi_event"} & set(rows)


def test_its_doors_stand_open_there_and_stay_shut_here(planned: Show, table: Community):
    Community.objects.filter(pk=table.pk).update(doors="closed")
    assert [row["doors"] for row in taken(planned)["svoi_community"]] == ["open"]
    table.refresh_from_db()
    assert table.doors == "closed"


def test_a_show_that_began_or_is_not_there_is_not_rehearsed(planned: Show, anna: Member, table: Community):
    with pytest.raises(NotRehearsed, match="no_such_show"):
        list(packed(planned.pk + 1))
    on_air = cast.live_show(table, anna, cast.product(table))
    with pytest.raises(NotRehearsed, match="show_has_begun"):
        list(packed(on_air.pk))
    with pytest.raises(CommandError, match=str(planned.pk + 1_000)):
        call_command("pack_rehearsal", planned.pk + 1_000, stdout=StringIO())


def test_a_house_where_somebody_lives_takes_nothing(planned: Show, tmp_path):
    lines = list(packed(planned.pk))
    with pytest.raises(NotRehearsed, match="somebody_lives_here"):
        opened(lines, tmp_path)
    with pytest.raises(NotRehearsed, match="nothing_packed"):
        opened([], tmp_path)
    with pytest.raises(CommandError):
        call_command("open_rehearsal")
    assert Show.objects.count() == 1


def test_every_page_says_what_it_is(client, settings):
    assert 'class="rehearsal"' not in client.get("/sign-in").content.decode()
    settings.REHEARSAL = True
    told = client.get("/sign-in", headers={"accept-language": "en"}).content.decode()
    assert "<title>Rehearsal: Sign in" in told
    assert "Everything here is pretend" in told
