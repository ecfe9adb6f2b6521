"""The environment that the supervisor hands to every process, read once and checked."""

from __future__ import annotations

import os
import re
import secrets
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PORT_DEFAULT = 8000
PAYMENT_PROVIDERS = ("fake", "yookassa")
TILE_ADDRESS = re.compile(r"(?:https?://[\w.{}\[\]-]+(?::\d{1,5})?)?/(?!/)[^\s;,\"'<>]*")


def refused(english: str, russian: str) -> SystemExit:
    """Ends the start with a line in each language: whose terminal it is, is not known here."""
    return SystemExit(f"{english}\n{russian}")


def text(name: str, default: str = "") -> str:
    """A variable as text, or the default when it is unset or empty."""
    return os.environ.get(name) or default


def number(name: str, default: int) -> int:
    """A variable as a whole number; a sentence naming it when it is not one."""
    value = text(name, str(default))
    if not value.lstrip("-").isdigit():
        raise refused(f"{name} must be a whole number, not {value!r}", f"{name}: нужно целое число, а не {value!r}")
    return int(value)


def switch(name: str, default: bool = False) -> bool:  # noqa: FBT001, FBT002 - a default, read by position everywhere
    """A variable as yes or no: 1, true, yes, on."""
    return text(name, "1" if default else "0").lower() in {"1", "true", "yes", "on"}


def one_of(name: str, known: tuple[str, ...]) -> str:
    """A variable as one of a few words; the first of them when it is unset."""
    value = text(name, known[0])
    if value not in known:
        raise _not_among(name, known, value)
    return value


def _not_among(name: str, known: tuple[str, ...], value: str) -> SystemExit:
    words = ", ".join(known)
    return refused(f"{name} must be one of {words}, not {value!r}", f"{name}: одно из {words}, а не {value!r}")


def payment_provider(name: str, *, pretend: bool) -> str:
    """Who moves the money: none until it is chosen. The demo bank is only where everybody knows that nobody pays."""
    value = text(name, "fake" if pretend else "")
    if value not in {"", *PAYMENT_PROVIDERS}:
        raise _not_among(name, PAYMENT_PROVIDERS, value)
    if value == "fake" and not pretend:
        raise refused(
            f"{name}=fake would book sales that nobody pays for: it is for a demo or a rehearsal",
            f"{name}=fake записывал бы продажи, за которые никто не платит: он для учебного магазина и репетиций",
        )
    return value


def tile_address(name: str) -> str:
    """A variable as an address of map tiles with {z}, {x} and {y}; a sentence naming it when it is not one.

    Its host goes into the content policy, so nothing that would end a directive there may stand in it.
    """
    value = text(name)
    if value and not (TILE_ADDRESS.fullmatch(value) and all(part in value for part in ("{z}", "{x}", "{y}"))):
        raise refused(
            f"{name} must be an address with {{z}}, {{x}} and {{y}}, not {value!r}",
            f"{name}: нужен адрес с {{z}}, {{x}} и {{y}}, а не {value!r}",
        )
    return value


def shop_details(*, demo: bool) -> dict[str, str]:
    """Who sells here, for the legal pages. A demo is an invented shop and says so."""
    invented = {
        "name": "ООО «Кромка» (учебный магазин)",
        "inn": "0000000000",
        "ogrn": "0000000000000",
        "address": "Екатеринбург, ул. Примерная, 1",
        "email": "law@example.com",
    }
    return {
        "name": text("SVOI_SHOP_NAME", invented["name"] if demo else ""),
        "inn": text("SVOI_SHOP_INN", invented["inn"] if demo else ""),
        "ogrn": text("SVOI_SHOP_OGRN", invented["ogrn"] if demo else ""),
        "address": text("SVOI_SHOP_ADDRESS", invented["address"] if demo else ""),
        "email": text("SVOI_SHOP_EMAIL", invented["email"] if demo else ""),
    }


def secret() -> str:
    """The shop's secret. Without one, a passing secret that ends with the process: nothing signed survives it."""
    return text("SVOI_SECRET") or secrets.token_hex(32)


def data_dir() -> Path:
    """Where recordings, pictures and state are kept."""
    return Path(text("SVOI_DATA", str(ROOT / "var")))


def port(offset: int, name: str) -> int:
    """A port of its own variable, or so many above the base port."""
    return number(name, number("SVOI_PORT", PORT_DEFAULT) + offset)


def public_url(host: str, port: int) -> str:
    """The shop's address as people outside know it, for links in letters: without a slash at the end."""
    named = next((origin for origin in text("SVOI_ORIGINS").split() if "://" in origin), "")
    return (text("SVOI_URL") or named or f"http://{inner_host(host)}:{port}").rstrip("/")


def inner_host(bound: str) -> str:
    """Where our own processes find each other: the address they listen on, loopback for a wildcard."""
    host = "127.0.0.1" if bound in {"", "*", "0.0.0.0", "::"} else bound  # noqa: S104 - compared, never bound
    return f"[{host}]" if ":" in host else host
