"""Is it ready? Asked over a real connection, the way its users will come."""

import asyncio
import contextlib
import json
from collections.abc import Awaitable, Callable
from typing import Any

import psycopg

Question = Callable[[float], Awaitable[bool]]  # told how long the program has been running
ANSWER_WITHIN_S = 3.0


def http_answers(host: str, port: int, *, statuses: tuple[int, ...] = (200,)) -> Question:
    async def question(_age_s: float) -> bool:
        try:
            async with asyncio.timeout(ANSWER_WITHIN_S):
                return await _status_of(reachable(host), port) in statuses
        except (OSError, ValueError, TimeoutError):
            return False

    return question


def health_says(host: str, port: int, holds: Callable[[dict[str, Any]], bool]) -> Question:
    """For a program seen through another one's health page."""

    async def question(_age_s: float) -> bool:
        try:
            async with asyncio.timeout(ANSWER_WITHIN_S):
                page = await _health_of(reachable(host), port)
            told = json.loads(page.partition(b"\r\n\r\n")[2])
            return isinstance(told, dict) and holds(told)
        except (OSError, ValueError, TimeoutError):
            return False

    return question


async def _status_of(host: str, port: int) -> int:
    words = (await _health_of(host, port)).split(maxsplit=2)
    return int(words[1]) if len(words) == 3 else 0


async def _health_of(host: str, port: int) -> bytes:
    reader, writer = await asyncio.open_connection(host, port)
    try:
        writer.write(f"GET /healthz HTTP/1.1\r\nHost: localhost:{port}\r\nConnection: close\r\n\r\n".encode())
        return await reader.read()
    finally:
        writer.close()
        with contextlib.suppress(OSError):
            await writer.wait_closed()


def database_answers(url: str) -> Question:
    async def question(_age_s: float) -> bool:
        try:
            async with asyncio.timeout(ANSWER_WITHIN_S):
                connection = await psycopg.AsyncConnection.connect(url)
                await connection.close()
        except (psycopg.OperationalError, TimeoutError):
            return False
        return True

    return question


def database_says(url: str, query: str) -> Question:
    """Ready when the query, given how many seconds the program has been running, finds a row."""

    async def question(age_s: float) -> bool:
        try:
            async with asyncio.timeout(ANSWER_WITHIN_S):
                async with await psycopg.AsyncConnection.connect(url) as connection:
                    found = await connection.execute(query, [age_s])
                    return await found.fetchone() is not None
        except (psycopg.Error, TimeoutError):
            return False

    return question


def lives_for(seconds: float) -> Question:
    """For a program that nobody connects to: it is ready when it has not died at once."""

    async def question(age_s: float) -> bool:
        return age_s >= seconds

    return question


def reachable(host: str) -> str:
    return {"0.0.0.0": "127.0.0.1", "::": "::1", "": "127.0.0.1"}.get(host, host)  # noqa: S104  (compared, not bound)
