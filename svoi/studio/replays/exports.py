"""A debrief and the log of claims as files: column names are the same in every language, since programs read them."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator
from datetime import datetime

from django.db.models import QuerySet
from django.http import HttpResponse, StreamingHttpResponse
from django.utils import timezone

from svoi.replays.models import ClaimSaid, DebriefNote
from svoi.replays.queries import Debrief
from svoi.replays.rules import MEASURES
from svoi.studio.shop.exports import BOM, Cell, plain
from svoi.ui.typography import decimal_text

CLAIM_COLUMNS = (
    "show",
    "title",
    "product",
    "name",
    "said_by",
    "media_at",
    "claim",
    "evidence",
    "marked_by",
    "marked_at",
)
DEBRIEF_COLUMNS = ("kind", "name", "counts", "value", "usual", "planned_s", "by", "at")


def claims_file(claims: QuerySet[ClaimSaid], *, name: str) -> StreamingHttpResponse:
    """All claims that were asked for, row by row."""
    rows = (_claim(one) for one in claims.iterator(chunk_size=500))
    answer = StreamingHttpResponse(_lines([CLAIM_COLUMNS], rows), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


def debrief_file(told: Debrief, notes: Iterable[DebriefNote]) -> HttpResponse:
    """A row for each measure, product and note; what was not measured has an empty value."""
    body = "".join(_lines([DEBRIEF_COLUMNS], _debrief(told, notes)))
    answer = HttpResponse(body, content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="show-{told.show.pk}-debrief.csv"'
    return answer


def _debrief(told: Debrief, notes: Iterable[DebriefNote]) -> Iterator[tuple[Cell, ...]]:
    usual = {one.name: one.usual for one in told.judgement.worst}
    for measure in MEASURES:
        value, was = told.values[measure.name], usual.get(measure.name)
        yield (
            "measure",
            measure.name,
            measure.counts,
            _number(measure.name, value),
            _number(measure.name, was),
            "",
            "",
            "",
        )
    for one in told.plan.products:
        name = told.products[one.product_id].name if one.product_id in told.products else str(one.product_id)
        yield "product", name, "time", one.actual_s, "", one.planned_s, "", ""
    for note in notes:
        yield note.kind, note.text, "", "", "", "", note.author.name, _at(note.written_at)


def _claim(one: ClaimSaid) -> tuple[Cell, ...]:
    evidence = json.dumps(one.evidence, ensure_ascii=False) if one.evidence else ""
    return (
        one.show_id, one.show.title_ru, one.product_id, one.product.name, one.said_by.name, _at(one.media_at), one.text,
        evidence, one.marked_by.name, _at(one.marked_at),
    )  # fmt: skip


def _number(name: str, value: float | None) -> Cell:
    if value is None:
        return ""
    if name.endswith("_minor"):
        return _Number(decimal_text(round(value)))
    return _Number(f"{round(value, 4):g}" if value != round(value) else f"{round(value)}")


class _Number(str):
    """A number of our own making: its minus is no formula."""

    __slots__ = ()


def _at(moment: datetime) -> str:
    return timezone.localtime(moment).isoformat(timespec="seconds")


def _lines(head: list[tuple[str, ...]], rows: Iterable[tuple[Cell, ...]]) -> Iterator[str]:
    for number, row in enumerate([*head]):
        yield (BOM if not number else "") + _line(row)
    for cells in rows:
        yield _line(tuple(cell if isinstance(cell, _Number) else plain(cell) for cell in cells))


def _line(cells: tuple[Cell, ...]) -> str:
    written = io.StringIO()
    csv.writer(written).writerow(cells)
    return written.getvalue()
