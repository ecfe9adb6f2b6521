"""`PUT /api/stock`: closed to strangers, worded when it refuses, and the same twice changes nothing."""

from __future__ import annotations

import io
import json
from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from django.utils import timezone

from svoi.catalog.actions import forget_old_calls, hear_call, issue_token, revoke_token
from svoi.catalog.models import ApiCall, ApiToken, Stock
from svoi.catalog.rules.tokens import CALLS_PER_MINUTE_MAX, CallsTooMany, ScopeMissing, ScopeUnknown, TokenUnknown
from svoi.communities.models import Community
from tests import cast

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def secret(table: Community) -> str:
    return issue_token(community=table, name="1C", scopes=["stock"], at=cast.NOON)[1]


def put(client: Client, body: object, secret: str = "", **headers: str):  # type: ignore[no-untyped-def]
    text = body if isinstance(body, (str, bytes)) else json.dumps(body)
    sent = {"Authorization": f"Bearer {secret}", **headers} if secret else headers
    return client.put("/api/stock", text, content_type="application/json", headers=sent)


def test_counts_are_taken_and_the_rest_is_told(client: Client, table: Community, secret: str) -> None:
    mug = cast.product(table, stock=3)
    body = [{"code": mug.external_id, "count": 8}, {"code": "lost", "count": 1}, {"count": 1}, 7]

    first, second = put(client, body, secret), put(client, body, secret)

    refused = [
        {"place": 3, "reason": "no_code", "detail": ""},
        {"place": 4, "reason": "no_code", "detail": ""},
        {"place": 2, "reason": "unknown_code", "detail": "lost"},
    ]
    assert (first.status_code, first.json()) == (200, {"rows": 4, "changed": 1, "refused": refused})
    assert (second.status_code, second.json()) == (200, {"rows": 4, "changed": 0, "refused": refused})
    assert Stock.objects.get(variant=mug).on_hand == 8


@pytest.mark.parametrize("sent", ["", "Basic abc", "Bearer ", "Bearer svoi_x", "Bearer \ud800"])
def test_a_stranger_is_told_to_show_a_token(client: Client, table: Community, sent: str) -> None:
    answer = put(client, [], **({"Authorization": sent} if sent else {}))
    assert (answer.status_code, answer["WWW-Authenticate"]) == (401, 'Bearer realm="svoi"')
    assert answer.json()["code"] == "token_unknown"


def test_a_revoked_token_opens_nothing(client: Client, table: Community, secret: str) -> None:
    token = ApiToken.objects.get()
    for _ in range(2):
        revoke_token(token_id=token.pk, community=table, at=cast.NOON)
    assert put(client, [{"code": "a", "count": 1}], secret).status_code == 401
    assert [kind for kind, _ in cast.recorded()] == ["api_token_issued", "api_token_revoked"]


def test_a_token_of_one_shop_counts_nothing_of_another(
    client: Client, table: Community, cellar: Community, secret: str
) -> None:
    mug = cast.product(cellar, stock=3)
    answer = put(client, [{"code": mug.external_id, "count": 8}], secret)
    assert (answer.status_code, Stock.objects.get(variant=mug).on_hand) == (422, 3)
    with pytest.raises(TokenUnknown):
        revoke_token(token_id=ApiToken.objects.get().pk, community=cellar, at=cast.NOON)


def test_a_scope_is_needed(client: Client, table: Community, secret: str) -> None:
    ApiToken.objects.update(scopes=["orders"])
    answer = put(client, [], secret)
    assert (answer.status_code, answer.json()["code"]) == (403, "scope_missing")
    with pytest.raises(ScopeMissing):
        hear_call(secret=secret, scope="stock", at=cast.NOON)


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        ("", 422, "stock_list_refused"),
        ("{}", 422, "stock_list_refused"),
        ("[", 422, "stock_list_refused"),
        ("[" * 100_000, 422, "stock_list_refused"),
        (b"\xff\xfe", 422, "stock_list_refused"),
        ("[]", 422, "stock_list_refused"),
        ([[]] * 10_001, 413, "stock_list_refused"),
        ("[" + " " * 1024**2 + "]", 413, "stock_list_refused"),
    ],
)
def test_hostile_bodies_change_nothing(client: Client, secret: str, body: object, status: int, code: str) -> None:
    answer = put(client, body, secret)
    assert (answer.status_code, answer.json()["code"]) == (status, code)
    assert [kind for kind, _ in cast.recorded()] == ["api_token_issued"]


def test_other_methods_are_told_the_right_one(client: Client, secret: str) -> None:
    assert client.get("/api/stock", headers={"Authorization": f"Bearer {secret}"}).status_code == 405


def test_too_many_calls_wait(client: Client, table: Community, secret: str) -> None:
    now = timezone.now()
    token = ApiToken.objects.get()
    ApiCall.objects.bulk_create(
        ApiCall(token=token, scope="stock", at=now - timedelta(seconds=10)) for _ in range(CALLS_PER_MINUTE_MAX)
    )
    answer = put(client, [{"code": "a", "count": 1}], secret)
    assert answer.status_code == 429
    assert 45 <= int(answer["Retry-After"]) <= 50
    with pytest.raises(CallsTooMany):
        hear_call(secret=secret, scope="stock", at=now)
    hear_call(secret=secret, scope="stock", at=now + timedelta(seconds=51))
    assert forget_old_calls(at=now + timedelta(days=31)) == CALLS_PER_MINUTE_MAX + 1


def test_the_secret_is_told_once_and_kept_nowhere(table: Community) -> None:
    out, err = io.StringIO(), io.StringIO()
    call_command("issue_token", "  Склад  1С ", language="en", stdout=out, stderr=err)
    secret = out.getvalue().strip()
    token = ApiToken.objects.get()
    assert (token.name, token.scopes, len(secret), secret in err.getvalue()) == ("Склад 1С", ["stock"], 48, False)
    assert secret not in json.dumps(list(ApiToken.objects.values()), default=str) + json.dumps(cast.recorded())
    assert hear_call(secret=secret, scope="stock", at=cast.NOON) == token
    call_command("revoke_token", str(token.pk), language="en", stdout=out)
    with pytest.raises(CommandError, match="has no token 404"):
        call_command("revoke_token", "404", language="en")
    with pytest.raises(CommandError, match="Name the program"):
        call_command("issue_token", "  ", language="en")


def test_a_scope_nobody_knows_is_refused(table: Community) -> None:
    for scopes in ([], ["all"]):
        with pytest.raises(ScopeUnknown):
            issue_token(community=table, name="1C", scopes=scopes, at=cast.NOON)
    assert ApiToken.objects.count() == 0
