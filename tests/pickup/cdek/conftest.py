"""A fake CDEK that the shop talks to, and the door its news come in by."""

from __future__ import annotations

from collections.abc import Iterator

import httpx
import pytest

from svoi.pickup.providers.cdek import client
from svoi.pickup.queries import carrier_door
from tests.pickup.cdek.fake import FakeCdek, serve


@pytest.fixture
def fake(settings, monkeypatch) -> Iterator[FakeCdek]:
    carrier = FakeCdek()
    server = serve(carrier)
    settings.CDEK_URL = f"http://127.0.0.1:{server.server_port}/v2"
    settings.CDEK_ACCOUNT, settings.CDEK_PASSWORD, settings.CDEK_SHIPMENT_POINT = "shop", "secret", "MSK5"
    monkeypatch.setattr(client, "PAUSE_S", 0.01)
    monkeypatch.setattr(client, "PAGE_ROWS", 3)
    monkeypatch.setattr(client, "WAIT", httpx.Timeout(10))  # a busy machine is no carrier that is away
    yield carrier
    server.shutdown()
    server.server_close()


@pytest.fixture
def door(settings) -> str:
    return f"/carriers/cdek/{carrier_door(settings.SECRET_KEY, 'cdek')}/notices"


@pytest.fixture
def impatient(monkeypatch) -> None:
    """The shop waits less long than a fake that times out."""
    monkeypatch.setattr(client, "WAIT", httpx.Timeout(0.3))
