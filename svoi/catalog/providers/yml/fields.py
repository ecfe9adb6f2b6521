"""The pieces of an offer, each judged by itself."""

from __future__ import annotations

from svoi.catalog.providers.yml.words import plain_text
from svoi.catalog.rules.feeds import (
    COUNT_DIGITS_MAX,
    DESCRIPTION_LENGTH_MAX,
    LINE_LENGTHS_MAX,
    PICTURE_ADDRESS_LENGTH_MAX,
    PICTURES_MAX,
)
from svoi.kernel.money import MINOR_PER_MAJOR, Money

ROUBLES = frozenset({"RUB", "RUR", ""})
WEB = ("https://", "http://")
Said = dict[str, str]  # the text of each element by its tag
Dropped = list[tuple[str, str]]  # reason and piece


class OfferBroken(Exception):
    """This offer cannot be taken: a reason and the piece at fault. The rest of the feed can."""

    def __init__(self, reason: str, detail: str = "") -> None:
        super().__init__(reason)
        self.reason = reason
        self.detail = detail[:80]


def identity(value: str | None, field: str, length_max: int) -> str:
    text = value.strip() if value else ""
    if len(text) > length_max:
        raise OfferBroken("too_long", field)
    return text


def line(said: Said, field: str) -> str:
    if field not in said:
        return ""
    text = " ".join(said[field].split())
    if len(text) > LINE_LENGTHS_MAX[field]:
        raise OfferBroken("too_long", field)
    return text


def name(said: Said) -> str:
    """The name, or in the older form the type, the vendor and the model together."""
    text = line(said, "name")
    if not text:
        said["name"] = " ".join(said.get(part, "") for part in ("typePrefix", "vendor", "model"))
        text = line(said, "name")
    if not text:
        raise OfferBroken("no_name")
    return text


def description(said: Said, field: str) -> str:
    if field not in said:
        return ""
    text = plain_text(said[field])
    if len(text) > DESCRIPTION_LENGTH_MAX:
        raise OfferBroken("too_long", field)
    return text


def price(said: Said) -> int:
    currency = said.get("currencyId", "").strip()
    if currency not in ROUBLES and currency.upper() not in ROUBLES:
        raise OfferBroken("currency_not_sold", currency)
    text = said.get("price", "").strip()
    if not text:
        raise OfferBroken("no_price")
    minor = _minor(text, "bad_price")
    if minor <= 0:
        raise OfferBroken("bad_price", text)
    return minor


def old_price(said: Said, price_minor: int, dropped: Dropped) -> int | None:
    """The crossed-out price. One that is not higher would be a lie, so it is left out."""
    text = said["oldprice"].strip() if "oldprice" in said else ""
    if not text:
        return None
    minor = _minor(text, "bad_old_price")
    if minor > price_minor:
        return minor
    dropped.append(("old_price_not_higher", text[:80]))
    return None


def _minor(text: str, reason: str) -> int:
    if len(text) < 10 and text.isascii() and text.isdigit():  # whole roubles, as nearly all prices are
        return int(text) * MINOR_PER_MAJOR
    try:
        return Money.parse(text).minor
    except ValueError:
        raise OfferBroken(reason, text) from None


def pieces(said: Said, *, available: bool) -> int | None:
    """Pieces in stock; none of what is said to be unavailable."""
    text = said["count"].strip() if "count" in said else ""
    if text and not (len(text) <= COUNT_DIGITS_MAX and text.isascii() and text.isdigit()):
        raise OfferBroken("bad_count", text)
    if not available:
        return 0
    return int(text) if text else None


def addresses(pictures: list[str], dropped: Dropped) -> list[str]:
    """Addresses in the feed's order, each once: of the web, or of a file beside the feed."""
    kept: list[str] = []
    for address in pictures:
        if address in kept:
            continue
        if len(kept) == PICTURES_MAX:
            dropped.append(("too_many_pictures", str(len(pictures))))
            break
        if len(address) <= PICTURE_ADDRESS_LENGTH_MAX and (address.startswith(WEB) or _is_path(address)):
            kept.append(address)
        else:
            dropped.append(("picture_address", address[:80]))
    return kept


def _is_path(text: str) -> bool:
    """Of a file: `data:`, `file:`, `javascript:` and the like are something else."""
    scheme, colon, _ = text.partition(":")
    return bool(text) and (not colon or "/" in scheme)
