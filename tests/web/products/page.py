"""A page as its words."""

from __future__ import annotations


def words(response: object) -> str:
    return response.content.decode()  # type: ignore[attr-defined]
