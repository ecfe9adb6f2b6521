"""`PUT /api/stock`: a shop's own books say how much of each thing there is."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.utils.translation import override
from django.views.decorators.csrf import csrf_exempt

from svoi.api.doors import refused, secret_of
from svoi.catalog.actions import Taken, hear_call, set_counts
from svoi.catalog.rules.stock_lists import CALL_BYTES_MAX, CALL_ROWS_MAX, Counted, RowBroken, StockListRefused, read_row
from svoi.kernel.refused import Refused
from svoi.ui.refusals import say

TOO_LARGE = 413


@csrf_exempt
def stock(request: HttpRequest) -> HttpResponse:
    """A JSON list of `{"code": …, "count": …}`: sound rows are taken, the others told by their place, from 1.

    200 when at least one row was sound, 422 when none was; 401, 403, 413 and 429 change nothing.
    """
    if request.method != "PUT":
        return refused("method", "PUT a JSON list of codes and counts.", status=405)
    try:
        token = hear_call(secret=secret_of(request), scope="stock", at=timezone.now())
        rows = _rows(request)
        taken = set_counts(community=token.community, rows=_read(rows), source=f"api: {token.name}")
    except Refused as no:
        return _told(no)
    status = 200 if taken.refused < taken.rows else 422
    return JsonResponse(_summary(taken), status=status, headers={"Cache-Control": "no-store"})


def _rows(request: HttpRequest) -> list[Any]:
    length = request.headers.get("Content-Length") or "0"
    if not (length.isascii() and length.isdigit()) or int(length) > CALL_BYTES_MAX:
        raise StockListRefused(reason="too_large", bytes_max=CALL_BYTES_MAX)
    try:
        rows = json.loads(request.body)
    except (ValueError, RecursionError):
        raise StockListRefused(reason="not_a_list") from None
    if not isinstance(rows, list):
        raise StockListRefused(reason="not_a_list")
    if len(rows) > CALL_ROWS_MAX:
        raise StockListRefused(reason="too_many", most=CALL_ROWS_MAX)
    return rows


def _read(rows: list[Any]) -> Iterator[Counted | RowBroken]:
    for place, row in enumerate(rows, 1):
        told = row if isinstance(row, dict) else {}
        yield read_row(place=place, code=told.get("code"), count=told.get("count"))


def _summary(taken: Taken) -> dict[str, Any]:
    return {
        "rows": taken.rows,
        "changed": taken.changed,
        "refused": [{"place": each.place, "reason": each.reason, "detail": each.detail} for each in taken.kept],
    }


def _told(no: Refused) -> JsonResponse:
    with override("en"):
        words = say(no)
    status = TOO_LARGE if no.facts.get("reason") in {"too_large", "too_many"} else words.status
    answer = refused(no.code, words.sentence(), status=status)
    if status == 401:
        answer["WWW-Authenticate"] = 'Bearer realm="svoi"'
    if "wait_s" in no.facts:
        answer["Retry-After"] = str(no.facts["wait_s"])
    return answer
