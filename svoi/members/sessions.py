"""Sessions kept in PostgreSQL with their member, so that a person can see and end each of them."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from django.contrib.sessions.backends.db import SessionStore as DatabaseStore

from svoi.members.models import MemberSession

BROWSER_KEY = "browser"
BEGAN_KEY = "began_at"  # Unix seconds; the row is written anew on every save, so the beginning travels in the data
MEMBER_KEY = "_auth_user_id"  # where django.contrib.auth keeps the signed-in person


class SessionStore(DatabaseStore):
    """Django's database sessions, with the member and the browser as columns."""

    @classmethod
    def get_model_class(cls) -> type[MemberSession]:
        return MemberSession

    def create_model_instance(self, data: dict[str, Any]) -> MemberSession:
        session = super().create_model_instance(data)
        assert isinstance(session, MemberSession)
        member_id, began_at = data.get(MEMBER_KEY), data.get(BEGAN_KEY)
        session.member_id = int(member_id) if member_id else None
        session.browser = str(data.get(BROWSER_KEY, ""))[:200]
        if began_at:
            session.began_at = datetime.fromtimestamp(began_at, tz=UTC)
        return session
