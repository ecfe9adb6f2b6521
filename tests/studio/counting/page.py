"""The pages of honest counting: their addresses, the forms filled in, and the words of an answer."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from svoi.communities.models import Community
from svoi.members.models import Member
from svoi.trust.models import FoundGroup, RuleMode
from tests.cast import NOON
from tests.trust.village import key_of

HOME = "/studio/table/honest-count/"


def words(answer: Any) -> str:
    return " ".join(answer.content.decode().replace("\u00a0", " ").replace("\u202f", " ").split())


def page_of(group: FoundGroup) -> str:
    return f"{HOME}groups/{group.pk}/"


def verdict(**changes: str) -> dict[str, str]:
    return {"verdict": "dismissed", "reason": "Это кружок", "key": str(uuid4()), **changes}


def switch(**changes: str) -> dict[str, str]:
    return {"rule": "groups", "mode": "off", "why": "Проверяем", "key": str(uuid4()), **changes}


def live(table: Community, anna: Member) -> None:
    RuleMode.objects.create(community=table, rule="groups", mode="live", by=anna, why="x", key=key_of(7), at=NOON)
