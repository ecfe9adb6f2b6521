"""Forgetting: asked with the password, cooled down, done once, and nobody signs in afterwards."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import DatabaseError, connection, transaction
from django.test import Client

from svoi.communities.models import Invitation, Membership, RoleGrant
from svoi.db.models import OutboxEvent
from svoi.law.actions.consents import Document, give_consent
from svoi.law.actions.erasures import ask_erasure, carry_out_erasures, recall_erasure
from svoi.law.actions.exports import ask_export, export_file, make_export
from svoi.law.models import Consent, ConsentWithdrawal, Erasure
from svoi.law.rules import ErasureWaitsForCommunity, ErasureWaitsForOrders
from svoi.letters.actions import keep_letter
from svoi.letters.models import Letter
from svoi.members.actions import check_sign_in, sign_up
from svoi.members.models import Member, MemberSession
from svoi.members.rules import PasswordWrong, SignInRefused
from svoi.orders.events import OrderPaid
from svoi.shows.models import ChatMessage
from tests import cast
from tests.cast import NOON, PASSWORD, recorded

pytestmark = pytest.mark.django_db(transaction=True)
DUE = NOON + timedelta(days=3)


@pytest.fixture
def vera(db, settings, tmp_path) -> Member:
    settings.DATA_DIR = tmp_path
    return sign_up(name="Vera", identity="vera@example.com", password=PASSWORD, language="ru", at=NOON)


def asks(member: Member) -> Erasure:
    return ask_erasure(member=member, password=PASSWORD, at=NOON)


def test_it_takes_the_password(vera):
    with pytest.raises(PasswordWrong):
        ask_erasure(member=vera, password="a guess at it", at=NOON)
    assert (Erasure.objects.count(), recorded("erasure_asked")) == (0, [])
    assert asks(vera).pk == asks(vera).pk
    assert recorded("erasure_asked") == [("erasure_asked", {"member_id": vera.pk, "due_at": DUE.isoformat()})]


def test_she_may_change_her_mind(vera):
    asks(vera)
    assert carry_out_erasures(at=DUE - timedelta(seconds=1)) == 0
    assert [recall_erasure(member=vera, at=NOON) for _ in range(2)] == [True, False]
    assert carry_out_erasures(at=DUE) == 0
    assert check_sign_in(identity="vera@example.com", password=PASSWORD, at=NOON) == vera
    asks(vera)


def test_everything_goes_and_the_books_stay(vera, anna, table):
    cup, point = cast.product(table), cast.pickup_point(table)
    cast.joins(vera, table, "moderator")
    Invitation.objects.create(community=table, token_hash="h", invited_by=vera, expires_at=DUE)
    order = cast.unpaid_order(vera, cup, point, paid_at=NOON, collected_at=NOON)
    show = cast.live_show(table, anna, cup)
    said = ChatMessage.objects.create(show=show, author=vera, seq=1, text="Hello", key=uuid4())
    told = {"order_id": order.pk, "buyer_id": vera.pk, "origin_kind": "show", "origin_id": show.pk}
    paid = OrderPaid(**told, total_minor=5, product_id=1, quantity=1, name="Vera")
    event = OutboxEvent.objects.create(event_id=uuid4(), kind=paid.kind, payload=paid.payload())
    other = OutboxEvent.objects.create(event_id=uuid4(), kind=paid.kind, payload={"buyer_id": anna.pk, "name": "Anna"})
    keep_letter(key="e", kind="k", subject="", member=vera, language="ru", title="t", text="Vera", html="", at=NOON)
    text = Document("marketing", "ru", "t", "b")
    give_consent(member=vera, kind="marketing", document=text, channel="own_page", at=NOON)
    export = ask_export(member=vera, key=uuid4(), at=NOON)
    make_export(export_id=export.pk, at=NOON)
    browser = Client()
    browser.force_login(vera)

    asks(vera)
    assert carry_out_erasures(at=DUE) == 1
    assert carry_out_erasures(at=DUE) == 0

    vera.refresh_from_db()
    assert (vera.name, vera.email, vera.phone, vera.is_active) == ("Бывший участник", None, None, False)
    assert (vera.has_usable_password(), MemberSession.objects.count()) == (False, 0)
    assert (Letter.objects.count(), Membership.objects.filter(member=vera).count()) == (0, 0)
    assert (RoleGrant.objects.filter(member=vera).count(), Invitation.objects.get().uses_left) == (0, 0)
    assert not export_file(key=export.key).exists()
    order.refresh_from_db()
    said.refresh_from_db()
    assert (order.buyer_id, order.paid_at, said.author_id, said.text) == (vera.pk, NOON, vera.pk, "Hello")
    assert (Consent.objects.count(), ConsentWithdrawal.objects.get().channel) == (1, "erasure")
    event.refresh_from_db()
    other.refresh_from_db()
    assert (event.payload, other.payload["name"]) == ({**paid.payload(), "name": None}, "Anna")
    assert recorded("member_erased") == [("member_erased", {"member_id": vera.pk})]
    assert browser.get("/me").status_code == 303
    with pytest.raises(SignInRefused):
        check_sign_in(identity="vera@example.com", password=PASSWORD, at=DUE)
    again = sign_up(name="Vera", identity="vera@example.com", password=PASSWORD, language="ru", at=DUE)
    assert again.pk != vera.pk


def test_it_waits_for_orders_and_for_a_community_left_alone(vera, anna, table):
    order = cast.unpaid_order(vera, cast.product(table), cast.pickup_point(table))
    with pytest.raises(ErasureWaitsForOrders):
        asks(vera)
    order.cancelled_at = NOON
    order.save()
    asks(vera)
    RoleGrant.objects.create(community=cast.joins(vera, table) and table, member=vera, role="owner")
    RoleGrant.objects.filter(member=anna).delete()
    assert carry_out_erasures(at=DUE) == 0
    Erasure.objects.all().delete()
    with pytest.raises(ErasureWaitsForCommunity):
        asks(vera)
    RoleGrant.objects.create(community=table, member=anna, role="owner")
    asks(vera)
    assert carry_out_erasures(at=DUE) == 1


@pytest.mark.parametrize(
    "change",
    [
        "delete from svoi_event",
        "update svoi_event set payload = '{}'",
        'update svoi_event set payload = payload || \'{"name": null, "total_minor": 1}\'',
        'update svoi_event set payload = payload || \'{"name": "Gleb"}\'',
        "update svoi_event set payload = payload || '{\"name\": null}', kind = 'other'",
    ],
)
def test_facts_lose_a_name_and_nothing_else(db, change):
    OutboxEvent.objects.create(event_id=uuid4(), kind="order_paid", payload={"name": "Vera", "total_minor": 5})
    with pytest.raises(DatabaseError, match="keeps facts"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(change)
    assert OutboxEvent.objects.get().payload == {"name": "Vera", "total_minor": 5}
