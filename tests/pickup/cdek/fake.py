"""A carrier of our own that keeps CDEK's contract: points over real city centres, orders, tokens, and its bad days."""

from __future__ import annotations

import json
import threading
import time
from collections import Counter
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from random import Random
from typing import Any
from urllib.parse import parse_qs, urlsplit
from uuid import UUID, uuid4

CENTRES = {
    44: ("Москва", 81, "Московская область", 55.7558, 37.6176),
    137: ("Санкт-Петербург", 82, "Ленинградская область", 59.9386, 30.3141),
    250: ("Екатеринбург", 13, "Свердловская область", 56.8389, 60.6057),
    270: ("Новосибирск", 23, "Новосибирская область", 55.0302, 82.9204),
    424: ("Казань", 61, "Татарстан", 55.7961, 49.1064),
}
ZONES = {44: "Europe/Moscow", 137: "Europe/Moscow", 250: "Asia/Yekaterinburg", 270: "Asia/Novosibirsk"}
STREETS = ("Лесная", "Садовая", "Ленина", "Мира", "Арбат", "Гагарина", "Полевая", "Школьная")
STATIONS = ("Сокол", "Белорусская", "Парк культуры", "Площадь Ленина", "")
WEEKS = (
    [{"day": day, "time": "10:00/20:00"} for day in range(1, 8)],
    [*({"day": day, "time": "09:00/21:00"} for day in range(1, 6)), {"day": 6, "time": "10:00/16:00"}],
    [{"day": day, "time": "00:00/23:59"} for day in range(1, 8)],
)
NOON = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)


class FakeCdek:
    """`faults` holds, for a path, what the next answers to it are instead; `None` among them is a sound answer."""

    def __init__(self, *, points: int = 40, seed: int = 7) -> None:
        dice = Random(seed)
        self.offices = [_office(number, dice) for number in range(points)]
        self.orders: dict[str, dict[str, Any]] = {}
        self.webhooks: list[dict[str, Any]] = []
        self.faults: dict[str, list[int | str | None]] = {}
        self.asked: Counter[str] = Counter()
        self.tokens: set[str] = set()
        self.token_life_s = 3600
        self.page_hook: Callable[[int], None] = lambda page: None

    # --- what happens at the carrier ---------------------------------------------------------------------------

    def close(self, code: str) -> None:
        self.offices = [office for office in self.offices if office["code"] != code]

    def accept(self, number: str, body: dict[str, Any] | None = None) -> str:
        uuid = str(uuid4())
        self.orders[uuid] = {
            "uuid": uuid,
            "type": 1,
            "number": number,
            "tariff_code": 136,
            "cdek_number": 1_100_000_000 + len(self.orders),
            "recipient": {"name": "Вера", "phones": [{"number": "+79120000000"}]},
            "delivery_point": (body or {}).get("delivery_point", "MSK1"),
            "packages": [],
            "statuses": [],
        }
        self.happen(uuid, "CREATED", 0)
        return uuid

    def happen(self, uuid: str, code: str, hours: float, **more: Any) -> dict[str, Any]:
        """A status, and the notice that tells of it."""
        at = (NOON + timedelta(hours=hours)).strftime("%Y-%m-%dT%H:%M:%S+0000")
        status = {"code": code, "name": code.title(), "date_time": at, "city": "Москва", **more}
        self.orders[uuid]["statuses"].insert(0, status)  # the newest first, as CDEK lists them
        return {
            "type": "ORDER_STATUS",
            "date_time": at,
            "uuid": uuid,
            "attributes": {
                "is_return": False,
                "is_reverse": False,
                "is_client_return": False,
                "cdek_number": str(self.orders[uuid]["cdek_number"]),
                "number": self.orders[uuid]["number"],
                "code": "10",
                "status_code": code,
                "status_date_time": at,
                "city_name": "Москва",
            },
        }

    # --- the contract ------------------------------------------------------------------------------------------

    def answer(self, method: str, path: str, query: dict[str, str], body: bytes, token: str) -> tuple[int, Any]:
        if path == "/v2/oauth/token":
            return self._token(parse_qs(body.decode()))
        if token not in self.tokens:
            return 401, {"requests": [{"errors": [{"code": "v2_token_expired", "message": "Token expired"}]}]}
        match method, path.removeprefix("/v2").split("/")[1:]:
            case "GET", ["deliverypoints"]:
                return 200, self._points(query)
            case "GET", ["location", "cities"]:
                return 200, self._cities(query)
            case "GET", ["orders"]:
                found = [one for one in self.orders.values() if one["number"] == query.get("im_number")]
                return self._order(found[0] if found else None)
            case "GET", ["orders", uuid]:
                return self._order(self.orders.get(uuid))
            case "POST", ["orders"]:
                return self._create(json.loads(body))
            case "POST", ["webhooks"]:
                self.webhooks.append(json.loads(body))
                return 200, _accepted(str(uuid4()))
        return 404, {"errors": [{"code": "v2_not_found", "message": path}]}

    def _token(self, form: dict[str, list[str]]) -> tuple[int, Any]:
        wanted = {"grant_type": ["client_credentials"], "client_id": ["shop"], "client_secret": ["secret"]}
        if form != wanted:
            return 401, {"error": "invalid_client"}
        token = uuid4().hex
        self.tokens.add(token)
        told = {"access_token": token, "token_type": "bearer", "expires_in": self.token_life_s, "scope": "order:all"}
        return 200, told

    def _points(self, query: dict[str, str]) -> list[dict[str, Any]]:
        found = [
            office
            for office in self.offices
            if query.get("city_code") in (None, str(office["location"]["city_code"]))
            and query.get("code") in (None, office["code"])
            and (query.get("is_handout") != "true" or office["is_handout"])
        ]
        page, size = int(query.get("page", 0)), int(query.get("size", 1000))
        self.page_hook(page)
        return found[page * size : (page + 1) * size]

    def _cities(self, query: dict[str, str]) -> list[dict[str, Any]]:
        return [_city(code) for code in CENTRES if str(code) == query.get("code")]

    def _order(self, order: dict[str, Any] | None) -> tuple[int, Any]:
        if order is None:
            return 400, {"requests": [{"errors": [{"code": "v2_entity_not_found", "message": "Entity is not found"}]}]}
        return 200, {"entity": order, "requests": [_request("CREATE", "SUCCESSFUL")], "related_entities": []}

    def _create(self, body: dict[str, Any]) -> tuple[int, Any]:
        if any(one["number"] == body["number"] for one in self.orders.values()):
            return 400, {"requests": [_request("CREATE", "INVALID", "v2_order_number_exists")]}
        return 202, _accepted(self.accept(body["number"], body))


def serve(fake: FakeCdek) -> ThreadingHTTPServer:
    """Start answering on a port of the loopback."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def _answer(self) -> None:
            parts = urlsplit(self.path)
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            fake.asked[f"{self.command} {parts.path}"] += 1
            queue = fake.faults.get(parts.path, [])
            fault = queue.pop(0) if queue else None
            if fault == "timeout":
                time.sleep(0.6)
            if fault == "hang up":
                self.close_connection = True
                return
            query = {name: values[0] for name, values in parse_qs(parts.query).items()}
            token = self.headers.get("Authorization", "").removeprefix("Bearer ")
            status, told = fake.answer(self.command, parts.path, query, body, token)
            content = json.dumps(told).encode()
            if isinstance(fault, int):
                status, content = fault, b"{}" if fault != 502 else b"<html>Bad gateway</html>"
            if fault == "lost":  # done, and the answer never arrives
                self.close_connection = True
                return
            if fault == "not json":
                content = b"<html>"
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        do_GET = do_POST = _answer  # noqa: N815

        def log_message(self, *words: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
    return server


def office_news(code: str, *, available: bool) -> dict[str, Any]:
    kind = "AVAILABLE_OFFICE" if available else "UNAVAILABLE_OFFICE"
    told = {"type": kind, "code": code}
    return {"type": "OFFICE_AVAILABILITY", "date_time": "2026-11-22T12:00:00+0000", "uuid": str(UUID(int=7)),
            "attributes": told}  # fmt: skip


def _city(code: int) -> dict[str, Any]:
    city, region_code, region, latitude, longitude = CENTRES[code]
    told = {
        "code": code,
        "city": city,
        "city_uuid": str(UUID(int=code)),
        "fias_guid": str(UUID(int=code)),
        "country_code": "RU",
        "country": "Россия",
        "region": region,
        "region_code": region_code,
        "longitude": longitude,
        "latitude": latitude,
        "payment_limit": -1.0,
    }
    return told | ({"time_zone": ZONES[code]} if code in ZONES else {})


def _office(number: int, dice: Random) -> dict[str, Any]:
    city_code = list(CENTRES)[number % len(CENTRES)]
    city, region_code, region, latitude, longitude = CENTRES[city_code]
    is_locker, week = number % 4 == 3, dice.choice(WEEKS)
    address = f"ул. {dice.choice(STREETS)}, {dice.randint(1, 200)}"
    return {
        "code": f"{city[:3].upper()}{number}",
        "name": f"На {address}",
        "uuid": str(UUID(int=dice.getrandbits(128), version=4)),
        "nearest_metro_station": dice.choice(STATIONS),
        "work_time": "Пн-Вс 10:00-20:00",
        "phones": [{"number": "+79001234567"}],
        "email": "point@cdek.example",
        "type": "POSTAMAT" if is_locker else "PVZ",
        "owner_code": "cdek",
        "take_only": is_locker,
        "is_handout": number % 10 != 9,
        "is_reception": not is_locker,
        "is_dressing_room": not is_locker and dice.random() < 0.5,
        "is_ltl": False,
        "have_cashless": dice.random() < 0.8,
        "have_cash": dice.random() < 0.5,
        "have_fast_payment_system": dice.random() < 0.5,
        "allowed_cod": not is_locker,
        "work_time_list": week,
        "work_time_exception_list": [],
        "weight_min": 0.0,
        "weight_max": 30.0,
        "location": {
            "country_code": "RU",
            "region_code": region_code,
            "region": region,
            "city_code": city_code,
            "city": city,
            "city_uuid": str(UUID(int=city_code)),
            "postal_code": "101000",
            "longitude": longitude + dice.uniform(-0.2, 0.2),
            "latitude": latitude + dice.uniform(-0.1, 0.1),
            "address": address,
            "address_full": f"Россия, {region}, {city}, {address}",
        },
        "fulfillment": False,
    }


def _request(kind: str, state: str, error: str = "") -> dict[str, Any]:
    told = {"request_uuid": str(uuid4()), "type": kind, "date_time": "2026-11-22T12:00:00+0000", "state": state}
    return {**told, "errors": [{"code": error, "message": error}]} if error else told


def _accepted(uuid: str) -> dict[str, Any]:
    return {"entity": {"uuid": uuid}, "requests": [_request("CREATE", "ACCEPTED")], "related_entities": []}
